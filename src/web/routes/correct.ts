import type { Context, Hono } from 'hono';
import { judgePending } from '../../pipeline/judge-pending.ts';
import { readAssignment, type Assignment } from '../../verdict/corrections/correction-values.ts';
import type { TriageThread } from '../../model/triage.ts';
import { hasMark, readForm } from '../guard.ts';
import { threadPath } from '../links.ts';
import { NotThere } from '../page.ts';
import type { PagePorts } from '../ports.ts';
import { tellTrouble, type Variables } from '../shell.tsx';

type Asked = Context<{ Variables: Variables }>;

/** `POST /thread/ID/correct` and `POST /undo`, for whoever has logged in. */
export function addCorrecting(app: Hono<{ Variables: Variables }>, ports: PagePorts): void {
  const { store } = ports;
  app.post('/thread/:id/correct', async (context) => {
    const form = await readForm(context);
    const user = findUser(context, form);
    if (user === null) return refuse(context, ports);
    const thread = await store.thread(context.req.param('id'));
    if (thread === null) throw new NotThere('There is no thread of that Message-ID here.');
    const read = await readValue(`${form['field'] ?? ''}=${form['value'] ?? ''}`, thread, ports);
    if (typeof read === 'string') return tellTrouble(context, ports, { status: 400, text: read });
    const message = thread.messages[0]?.id ?? thread.id;
    await store.correct({ message, ...read, by: user, at: ports.clock.now().toISOString() });
    await judge(ports);
    return context.redirect(`${threadPath(thread.id)}#corrected`, 303);
  });
  app.post('/undo', async (context) => {
    const form = await readForm(context);
    const user = findUser(context, form);
    if (user === null) return refuse(context, ports);
    const id = Number(form['id']);
    const undone = Number.isSafeInteger(id)
      ? await store.undoCorrection(id, { by: user, at: ports.clock.now().toISOString() })
      : null;
    if (undone === null) throw new NotThere('There is no such correction, or it was taken back already.');
    await judge(ports);
    return context.redirect(`${threadPath(undone.message)}#corrected`, 303);
  });
}

function findUser(context: Asked, form: Readonly<Record<string, string>>): string | null {
  return hasMark(context, form) ? (context.get('session')?.user ?? null) : null;
}

function refuse(context: Asked, ports: PagePorts): Response | Promise<Response> {
  return context.get('session') === null
    ? tellTrouble(context, ports, { status: 401, text: 'Log in first.' })
    : tellTrouble(context, ports, { status: 403, text: 'This form is no longer good: load the page again.' });
}

/** Judges what waits now, so that whoever corrects sees what it did. */
async function judge({ store, trees, clock, memory }: PagePorts): Promise<void> {
  await judgePending({ store, trees: trees(), asOf: clock.now() });
  memory.clear();
}

/** What a form says, checked; or one line that says what is wrong with it. */
async function readValue(
  text: string,
  thread: TriageThread,
  { store, trees }: PagePorts,
): Promise<Assignment | string> {
  const titles = new Set(trees().all.flatMap((tree) => tree.maintainers().sections.map(({ title }) => title)));
  const read = readAssignment(text, [...titles]);
  if (read.kind === 'bad') return read.problem;
  if (read.assignment.field !== 'duplicate-of') return read.assignment;
  const other = await store.thread(read.assignment.value);
  if (other?.id === thread.id) return 'duplicate-of cannot be the thread itself';
  return { field: 'duplicate-of', value: other?.id ?? read.assignment.value };
}
