import type { Address } from '../model/message.ts';
import type { TriageMessage, TriageThread } from '../model/triage.ts';
import type { Genre, Status } from '../model/verdict.ts';
import { daysBetween, writeDays, writeTime } from '../lib/days.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Turn } from './digest.ts';

const NOBODY: Address = { name: null, address: '' };
const CLOSED: ReadonlySet<Status> = new Set(['fixed', 'duplicate', 'not-a-bug']);

const NAMES: Readonly<Record<Turn['who'], string>> = {
  maintainer: 'a maintainer',
  reporter: 'the reporter',
  tester: 'somebody to review or test the patch',
  nobody: 'nobody',
};

/** Whether somebody still has to do something about a thread. */
export function isOpen(thread: Pick<TriageThread, 'status'>): boolean {
  return !CLOSED.has(thread.status);
}

/** What tells whoever began the thread from others: the address, or the name on saved pages that hide addresses. */
export function reporterOf(thread: TriageThread): string {
  return toKey(thread.messages[0]?.from ?? { name: null, address: '' });
}

function toKey({ name, address }: Address): string {
  return address === '' ? (name ?? '').trim().toLowerCase() : address;
}

/** The newest mail by date; undated mails count as older than all others. */
export function lastMessage(thread: TriageThread): TriageMessage | undefined {
  return thread.messages.reduce<TriageMessage | undefined>(
    (last, one) => (last === undefined || (one.date ?? '') > (last.date ?? '') ? one : last),
    undefined,
  );
}

/** Whether anybody but the reporter has written. */
export function isAnswered(thread: TriageThread): boolean {
  const reporter = reporterOf(thread);
  return thread.messages.some(({ from }) => toKey(from) !== reporter);
}

/**
 * Who has to move next, from the status and from who spoke last. The days count from the last mail to `asOf` (ISO);
 * without `asOf` none are told.
 */
export function toTurn(thread: TriageThread, asOf?: string): Turn {
  const who = whoIsNext(thread);
  const days = asOf === undefined || who === 'nobody' ? null : daysBetween(thread.lastActivityAt, asOf);
  const waits = days === null ? '' : days === 0 ? ', since today' : `, for ${writeDays(days)}`;
  const unanswered = who === 'maintainer' && !isAnswered(thread) ? ' (nobody has answered)' : '';
  return { who, text: `${NAMES[who]}${waits}${unanswered}`, days };
}

/**
 * Who of the maintainers spoke last: `Jan Beulich, maintainer of X86 ARCHITECTURE, 3 days ago`; the day where there is no `asOf`
 * to count from. `null` where none did.
 */
export function writeLastWord({ people: { lastMaintainer } }: TriageThread, asOf?: string): string | null {
  if (lastMaintainer === undefined) return null;
  const { name, address, role, section, date } = lastMaintainer;
  const days = asOf === undefined ? null : daysBetween(date, asOf);
  const when = days === null ? writeTime(date) : days === 0 ? 'today' : `${writeDays(days)} ago`;
  return `${toSafeLine(name ?? address, 100)}, ${role} of ${toSafeLine(section, 100)}, ${when}`;
}

/** Threads of these kinds ask nobody for an answer. */
const TURNLESS: ReadonlySet<Genre> = new Set(['ci', 'announcement', 'security', 'spam', 'pull-request']);

function whoIsNext(thread: TriageThread): Turn['who'] {
  if (!isOpen(thread) || TURNLESS.has(thread.genre)) return 'nobody';
  if (thread.status === 'patch-proposed') return 'tester';
  const reporterSpokeLast = toKey(lastMessage(thread)?.from ?? NOBODY) === reporterOf(thread);
  return thread.status === 'needs-info' && !reporterSpokeLast ? 'reporter' : 'maintainer';
}
