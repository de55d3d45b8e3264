import type { Signal } from '../../model/evidence.ts';
import { STATUSES, type Genre, type Status } from '../../model/verdict.ts';
import type { ThreadView } from '../../model/view.ts';
import type { TieKey } from '../../ports/ties.ts';
import { toOpening } from '../opening.ts';
import { toRegression } from '../regression/to-regression.ts';
import { toLinkedId } from './linked-id.ts';

/** Commits are compared by so many digits: fewer name none. */
export const MIN_COMMIT = 7;
/** Rows of one thread: a thread of more mails, or a mail of more tags, is found by its first ones. */
const MOST_KEYS = 500;

/** By what a tag of a patch finds its report; `null` for other tags. */
export function toTieKey({ name, value }: Signal): (TieKey & { readonly kind: 'link' | 'commit' | 'reporter' }) | null {
  const text = value ?? '';
  if (name === 'tag:link') {
    const key = toLinkedId(text);
    return key === null ? null : { side: 'patch', kind: 'link', key };
  }
  if (name === 'tag:fixes') {
    const key = text.slice(0, MIN_COMMIT).toLowerCase();
    return key.length < MIN_COMMIT ? null : { side: 'patch', kind: 'commit', key };
  }
  if (name !== 'tag:reported-by') return null;
  const address = /<(?<address>[^<>\s]{3,100})/.exec(text)?.groups?.['address'];
  return address === undefined ? null : { side: 'patch', kind: 'reporter', key: address.toLowerCase() };
}

/**
 * What ties a thread to others: of a report its mails, the commit that it blames and its reporter; of patches, whatever
 * the thread is about, the tags of theirs.
 */
export function toTieKeys(
  view: ThreadView,
  { genre, status }: { readonly genre: Genre; readonly status: Status },
): TieKey[] {
  const patch = toPatchKeys(view);
  const { id } = view.thread;
  return [
    ...(genre === 'report' ? toReportKeys(view) : []),
    // A report tells whether its patch was taken, so that it is judged again when that changes.
    ...(patch.length === 0 ? [] : [...patch, { side: 'patch', kind: 'self', key: `${status} ${id}` } as const]),
  ];
}

/** How far a patch is by its own thread alone, out of its row of the kind `self`; so reports never move each other in a circle. */
export function readSelf(key: string): Status | null {
  const word = key.split(' ')[0];
  return STATUSES.find((status) => status === word) ?? null;
}

function toReportKeys(view: ThreadView): TieKey[] {
  const commit = toRegression(view).regression?.commit?.slice(0, MIN_COMMIT).toLowerCase();
  const reporter = toOpening(view)?.reporter?.address;
  const mails = [view.thread.id, ...view.thread.messages.map(({ message }) => message.id)].slice(0, MOST_KEYS);
  return [
    { side: 'report', kind: 'self', key: view.thread.id },
    ...[...new Set(mails)].map((key): TieKey => ({ side: 'report', kind: 'link', key })),
    ...(commit === undefined ? [] : [{ side: 'report', kind: 'commit', key: commit } as const]),
    ...(reporter === undefined || reporter === ''
      ? []
      : [{ side: 'report', kind: 'reporter', key: reporter.toLowerCase() } as const]),
  ];
}

function toPatchKeys(view: ThreadView): TieKey[] {
  const keys = new Map<string, TieKey>();
  for (const { message } of view.thread.messages) {
    const signals = view.evidence.get(message.id)?.signals ?? [];
    if (!signals.some(({ name, depth }) => name === 'diff' && depth === 0)) continue;
    for (const signal of signals) {
      const key = signal.depth === 0 ? toTieKey(signal) : null;
      if (key && keys.size < MOST_KEYS) keys.set(`${key.kind} ${key.key}`, key);
    }
  }
  return [...keys.values()];
}
