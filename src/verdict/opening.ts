import type { Fact, RegressionClaim, Signal, Trace } from '../model/evidence.ts';
import type { Address, MessageId } from '../model/message.ts';
import type { Head, ThreadMessage } from '../model/thread.ts';
import type { ThreadView } from '../model/view.ts';

/** What opens a thread: its first mail, or, where that is missing, what the replies quote. */
export interface Opening {
  /** The mail by which the subject and sender are judged. */
  readonly mail: ThreadMessage;
  /** True where the first mail is not at hand. */
  readonly missing: boolean;
  /** Who opened the thread; `null` where the first mail is missing. */
  readonly reporter: Address | null;
  readonly signals: readonly Signal[];
  readonly traces: readonly Trace[];
  readonly claims: readonly RegressionClaim[];
  readonly facts: readonly Fact[];
}

/**
 * The opening of a thread, or `null` for a thread without a mail.
 *
 * Quoted text of a first mail counts as part of it, for there is nothing in the thread that it could repeat: so a
 * forwarded report is read. Where the first mail is itself a reply (a branch of another thread), its own words count
 * alone. Of a missing first mail the replies' quotations count, and the header of the first of them.
 */
export function toOpening(view: ThreadView): Opening | null {
  const first = view.thread.messages[0];
  if (!first) return null;
  const missing = first.parent !== null || first.message.id !== view.thread.id;
  const mails: readonly MessageId[] = missing
    ? view.thread.messages.map(({ message }) => message.id)
    : [first.message.id];
  const evidence = mails.flatMap((id) => view.evidence.get(id) ?? []);
  const reply = hasSignal(view.evidence.get(first.message.id)?.signals ?? [], 'subject:reply');
  const counts = ({
    depth,
    part,
    message,
  }: {
    readonly depth: number;
    readonly part: string;
    readonly message: MessageId;
  }): boolean => {
    if (part === 'header') return message === first.message.id;
    return missing ? depth > 0 : !reply || depth === 0;
  };
  return {
    mail: first,
    missing,
    reporter: missing ? null : first.message.from,
    signals: evidence.flatMap(({ signals }) => signals.filter(counts)),
    traces: evidence.flatMap(({ traces }) => traces.filter(counts)),
    claims: evidence.flatMap(({ regressions }) => regressions.filter(counts)),
    facts: evidence.flatMap(({ facts }) => facts.filter(counts)),
  };
}

/** A branch of a thread as a thread of its own: a mail and all that answers it. */
export function toBranchView(view: ThreadView, branch: readonly MessageId[]): ThreadView {
  const ids = new Set(branch);
  const [first] = branch;
  if (first === undefined) return view;
  const messages = view.thread.messages
    .filter(({ message }) => ids.has(message.id))
    .map((mail) => (mail.message.id === first ? { ...mail, parent: null, depth: 0 } : mail));
  return { ...view, thread: { id: first, messages, ghosts: view.thread.ghosts } };
}

/** The mails of a thread by date, oldest first; mails without a date stand where they were read. */
export function byDate(view: ThreadView): readonly ThreadMessage[] {
  return [...view.thread.messages].sort((a, b) => toTime(a.message) - toTime(b.message));
}

function toTime(head: Head): number {
  return head.date === null ? 0 : Date.parse(head.date);
}

/** Whether two people are the same, as far as address and name tell; a saved page of an archive has names alone. */
export function isSame(a: Address | null, b: Address | null): boolean {
  if (!a || !b) return false;
  if (a.address !== '' && a.address === b.address) return true;
  return a.name !== null && b.name !== null && a.name.toLowerCase() === b.name.toLowerCase();
}

/** Whether one of the signals has this name. */
export function hasSignal(signals: readonly Signal[], name: string): boolean {
  return signals.some((signal) => signal.name === name);
}
