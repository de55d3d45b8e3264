import type { Hono } from 'hono';
import { writeAddingBody, writeDraft } from '../../digest/write-draft.ts';
import { dropMasked, maskData } from '../mask.ts';
import { NotThere } from '../page.ts';
import type { PagePorts } from '../ports.ts';
import type { Variables } from '../shell.tsx';

/**
 * `/thread/ID/draft.eml`: an answer that adds whoever is missing, for a mail program. Whoever has not logged in is given one
 * with the people of the entries alone: addresses of the thread are not told, and the mail program knows them.
 */
export function addDraftFile(app: Hono<{ Variables: Variables }>, { store }: PagePorts): void {
  app.get('/thread/:id/draft.eml', async (context) => {
    const thread = await store.thread(context.req.param('id'));
    const body = thread === null ? null : writeAddingBody(thread);
    if (thread === null || body === null) throw new NotThere('Nobody is missing there: nothing has to be added.');
    const draft = writeDraft(
      context.get('session') === null ? { ...dropMasked(maskData(thread)), subject: thread.subject } : thread,
      body,
    );
    return context.body(draft, 200, {
      'content-type': 'message/rfc822',
      'content-disposition': 'attachment; filename="draft.eml"',
      'cache-control': 'private, no-cache',
    });
  });
}
