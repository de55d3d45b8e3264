/** A web server that misbehaves as it is told, and writes down what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ArchivePorts } from '../../../src/mailbox/archive/archive-ports.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly at: number;
  /** Requests that were open at the same time, this one included. */
  readonly open: number;
}

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

export interface FaultyServer {
  readonly base: string;
  readonly asked: Asked[];
  /** How the next requests are answered: by path, without the list's part, or whatever comes by `*`. */
  readonly answers: Map<string, Answering>;
  readonly close: () => Promise<void>;
}

export async function startFaultyServer(): Promise<FaultyServer> {
  const asked: Asked[] = [];
  const answers = new Map<string, Answering>();
  let open = 0;
  const server = createServer((request, response) => {
    open += 1;
    response.on('close', () => (open -= 1));
    response.on('error', () => undefined);
    const path = (request.url ?? '').replace(/^\/list\//, '');
    asked.push({ method: request.method ?? '', path, headers: request.headers, at: Date.now(), open });
    const answer = answers.get(path) ?? answers.get('*') ?? notFound;
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    base: `http://127.0.0.1:${address.port}/list/`,
    asked,
    answers,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export const notFound: Answering = (_request, response) => {
  response.writeHead(404).end('no such page');
};

export function answer(
  body: string | Buffer,
  {
    status = 200,
    headers = {},
  }: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Answering {
  return (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** The outside of archives in tests: the real network, short waits. */
export function toPorts(limits: ArchivePorts['limits'], others: Partial<ArchivePorts> = {}): ArchivePorts {
  return {
    fetch: (url, init) => fetch(url, init),
    lookup: (host) => Promise.resolve([host === 'localhost' ? '127.0.0.1' : host]),
    clock: { now: () => new Date() },
    random: () => 0.5,
    folder: 'unused',
    env: process.env,
    agent: 'heddle/test',
    limits: {
      pollMs: 40,
      gapMs: 0,
      silentMs: 300,
      answerMs: 400,
      longAnswerMs: 800,
      pageBytes: 100_000,
      threadBytes: 200_000,
      listBytes: 400_000,
      backOffMs: { first: 20, most: 100 },
      ...limits,
    },
    ...others,
  };
}

export interface FakeMail {
  readonly id: string;
  /** Seconds of Unix time. */
  readonly received: number;
  readonly parent?: string;
}

/** A feed as public-inbox writes it, newest first. */
export function writeFeed(mails: readonly FakeMail[]): string {
  const entries = mails.map(({ id, received, parent }) => {
    const updated = `${new Date(received * 1000).toISOString().slice(0, 19)}Z`;
    const reply =
      parent === undefined
        ? ''
        : `<thr:in-reply-to\nref="urn:uuid:0"\nhref="http://elsewhere.example.org/list/${parent}/"/>`;
    return `<entry><author><name>A</name></author><title>t &amp; u</title><updated>${updated}</updated><link\nhref="http://elsewhere.example.org/list/${encodeURIComponent(id)}/"/><id>urn:uuid:1</id>${reply}<content\ntype="xhtml"><div>&lt;x&gt;</div></content></entry>`;
  });
  return `<?xml version="1.0" encoding="us-ascii"?>\n<feed\nxmlns="http://www.w3.org/2005/Atom"><title>a list</title><updated>2024-05-15T00:00:00Z</updated>${entries.join('')}</feed>`;
}

/** Mails as an mbox of public-inbox. */
export function writeMbox(mails: readonly Pick<FakeMail, 'id'>[]): Buffer {
  const texts = mails.map(
    ({ id }) =>
      `From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: A <a@example.org>\nTo: list@example.org\nSubject: ${id}\nMessage-ID: <${id}>\n\nText of ${id}.\n\n`,
  );
  return Buffer.from(texts.join(''));
}
