import type { MessageId } from '../model/message.ts';
import type { Head, Thread, ThreadMessage } from '../model/thread.ts';
import { findComponents } from './components.ts';
import { findParents, type Parents } from './parents.ts';
import { uniteHeads } from './unite-copies.ts';

/** Sorts behind every date. */
const NO_DATE = '9999';

/**
 * Sorts mails into reply trees: every mail once, oldest thread first. The same mails give the same threads in whatever
 * order they come. Mails with one id (copies through several lists) are united. Loops and self-references survive.
 *
 * @example
 * buildThreads([reply, root]) // one thread, its id that of `root`, messages: root (depth 0), reply (depth 1)
 */
export function buildThreads<H extends Head>(heads: readonly H[]): Thread<H>[] {
  const threads = findComponents([...byId(heads).values()]).map((group) => buildThread(group));
  const keys = new Map(threads.map((thread) => [thread, startOf(thread)]));
  return threads.sort((a, b) => compare(keys.get(a) ?? '', keys.get(b) ?? '') || compare(a.id, b.id));
}

/**
 * The tree of one connected component (see {@link buildThreads}), which must hold at least one mail.
 *
 * Where a component has several roots (a mail that answers two threads), the thread takes the id of the one whose tree is
 * the oldest, and the trees follow one another.
 */
export function buildThread<H extends Head>(heads: readonly H[]): Thread<H> {
  const mails = byId(heads);
  const parents = findParents(mails);
  const starts = findStarts(parents, mails);
  const children = sortChildren(parents, starts);
  const roots = children.get(null) ?? [];
  const messages: ThreadMessage<H>[] = [];
  const todo = roots.map((id) => ({ id, depth: 0 })).reverse();
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { id, depth } = next;
    const message = mails.get(id);
    if (message) messages.push({ message, parent: parents.get(id) ?? null, depth });
    for (const child of (children.get(id) ?? []).toReversed()) todo.push({ id: child, depth: depth + 1 });
  }
  const ghosts = [...parents.keys()].filter((id) => !mails.has(id)).sort(compare);
  return { id: roots[0] ?? ghosts[0] ?? ('' as MessageId), messages, ghosts };
}

function byId<H extends Head>(heads: readonly H[]): Map<MessageId, H> {
  const mails = new Map<MessageId, H>();
  for (const head of heads) {
    const known = mails.get(head.id);
    mails.set(head.id, known ? uniteHeads(known, head) : head);
  }
  return mails;
}

/** When each tree below an id starts: for a mail its own date, for a ghost the oldest of the mails below it. */
function findStarts(parents: Parents, mails: ReadonlyMap<MessageId, Head>): Map<MessageId, string> {
  const starts = new Map<MessageId, string>();
  for (const mail of mails.values()) {
    starts.set(mail.id, mail.date ?? NO_DATE);
    // Upwards through ghosts only: the next mail has a date of its own.
    let above = parents.get(mail.id) ?? null;
    while (above !== null && !mails.has(above) && (starts.get(above) ?? '~') > (mail.date ?? NO_DATE)) {
      starts.set(above, mail.date ?? NO_DATE);
      above = parents.get(above) ?? null;
    }
  }
  return starts;
}

/** Children by parent, roots under `null`, each list by date and then by id. Ghosts without any mail below are left out. */
function sortChildren(parents: Parents, starts: ReadonlyMap<MessageId, string>): Map<MessageId | null, MessageId[]> {
  const children = new Map<MessageId | null, MessageId[]>();
  for (const [id, parent] of parents) {
    if (!starts.has(id)) continue;
    const list = children.get(parent);
    if (list) list.push(id);
    else children.set(parent, [id]);
  }
  for (const list of children.values()) {
    list.sort((a, b) => compare(starts.get(a) ?? NO_DATE, starts.get(b) ?? NO_DATE) || compare(a, b));
  }
  return children;
}

function startOf(thread: Thread): string {
  return thread.messages.reduce(
    (start, { message }) => (message.date !== null && message.date < start ? message.date : start),
    NO_DATE,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
