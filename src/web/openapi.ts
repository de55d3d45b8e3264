import type { AnyPage } from './page.ts';

/** Where the JSON of a page is found, as hono writes paths: `/thread/:id.json`, `/today.json`. */
export function jsonPath(path: string): string {
  return path === '/' ? '/today.json' : `${path}.json`;
}

/** What is no page, and answers a program all the same. */
const OTHERS = [
  { path: '/digests/{day}.txt', type: 'text/plain', summary: 'The digest of a day as text', names: ['day'] },
  {
    path: '/digests/{day}.atom',
    type: 'application/atom+xml',
    summary: 'The digest of a day as a feed',
    names: ['day'],
  },
  { path: '/today.txt', type: 'text/plain', summary: 'The newest digest as text', names: [] },
  { path: '/today.atom', type: 'application/atom+xml', summary: 'The newest digest as a feed', names: [] },
  { path: '/thread/{id}/draft.eml', type: 'message/rfc822', summary: 'A draft that adds the missing', names: ['id'] },
  { path: '/openapi.json', type: 'application/json', summary: 'This document', names: [] },
] as const;

const TROUBLE = {
  description: 'What is wrong, in one line',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Trouble' } } },
};

/** The OpenAPI 3.1 document of the JSON that pages answer with, from their own rows. */
export function toOpenApi(
  pages: readonly AnyPage[],
  { list, origin }: { readonly list: string; readonly origin: string },
): Readonly<Record<string, unknown>> {
  const ofPages = pages.map(({ path, summary, query }) => [
    toTemplate(jsonPath(path)),
    {
      get: {
        summary,
        parameters: [...namesOf(path).map(inPath), ...query.map(({ name, description }) => inQuery(name, description))],
        responses: { 200: answer('application/json'), 401: TROUBLE, 404: TROUBLE },
      },
    },
  ]);
  const ofOthers = OTHERS.map(({ path, type, summary, names }) => [
    path,
    { get: { summary, parameters: names.map(inPath), responses: { 200: answer(type), 404: TROUBLE } } },
  ]);
  const check = {
    post: {
      summary: 'What a pasted log or a draft mail says and lacks; nothing is stored',
      requestBody: { required: true, content: { 'text/plain': { schema: { type: 'string', maxLength: 1_048_576 } } } },
      responses: { 200: answer('application/json'), 400: TROUBLE, 413: TROUBLE, 429: TROUBLE },
    },
  };
  return {
    openapi: '3.1.0',
    info: {
      title: `heddle: ${list}`,
      version: '1',
      description: 'The pages of heddle as data. POST /check wants Accept: application/json.',
    },
    ...(origin === '' ? {} : { servers: [{ url: origin }] }),
    paths: { ...Object.fromEntries([...ofPages, ...ofOthers]), '/check': check },
    components: {
      schemas: { Trouble: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } } },
    },
  };
}

function toTemplate(path: string): string {
  return path.replace(/:(?<name>\w+)/g, '{$<name>}');
}

function namesOf(path: string): readonly string[] {
  return [...path.matchAll(/:(?<name>\w+)/g)].map(({ groups }) => groups?.['name'] ?? '');
}

function inPath(name: string) {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}

function inQuery(name: string, description: string) {
  return { name, in: 'query', required: false, description, schema: { type: 'string' } };
}

function answer(type: string) {
  return {
    description: 'as asked',
    content: { [type]: { schema: type === 'application/json' ? { type: 'object' } : { type: 'string' } } },
  };
}
