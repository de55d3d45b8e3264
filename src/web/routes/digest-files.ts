import type { Hono } from 'hono';
import { writeAtom } from '../../digest/write-atom.ts';
import { writeText } from '../../digest/write-text.ts';
import { digestOfDay, newestDay } from '../day-digest.ts';
import { maskData } from '../mask.ts';
import { NotThere } from '../page.ts';
import type { PagePorts } from '../ports.ts';
import type { Variables } from '../shell.tsx';

/** The other forms of a day's digest. */
const FORMS = {
  txt: { type: 'text/plain; charset=utf-8', write: writeText },
  atom: { type: 'application/atom+xml; charset=utf-8', write: writeAtom },
} as const;

/** `/digests/2024-05-15.atom`, `.txt`, and `/today.atom` for feed readers that come every day. */
export function addDigestFiles(app: Hono<{ Variables: Variables }>, ports: PagePorts): void {
  for (const [ending, { type, write }] of Object.entries(FORMS)) {
    const give = async (day: string, filter: string, isPublic: boolean): Promise<Response> => {
      const { digest, wrong } = await digestOfDay(day, filter, ports);
      if (wrong !== null) throw new NotThere(`The filter cannot be read: ${wrong}`);
      const text = write(isPublic ? maskData(digest) : digest);
      return new Response(text, { headers: { 'content-type': type, 'cache-control': 'private, no-cache' } });
    };
    app.get(`/digests/:file{\\d{4}-\\d\\d-\\d\\d\\.${ending}}`, (context) => {
      const filter = (context.req.query('filter') ?? '').trim();
      return give(context.req.param('file').slice(0, 10), filter, context.get('session') === null);
    });
    app.get(`/today.${ending}`, async (context) => {
      const filter = (context.req.query('filter') ?? '').trim();
      return give((await newestDay(ports)) ?? today(ports), filter, context.get('session') === null);
    });
  }
}

function today({ clock }: PagePorts): string {
  return clock.now().toISOString().slice(0, 10);
}
