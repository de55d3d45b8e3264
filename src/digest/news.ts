import type { DigestSource, Snapshot, Told } from '../model/digest.ts';
import type { TriageMessage, TriageThread } from '../model/triage.ts';
import type { Status } from '../model/verdict.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { DigestEntry, Turn } from './digest.ts';
import { toldOf } from './snapshot.ts';

/** How a thread stands now, as far as a change of it is news. */
interface Standing {
  readonly status: Status;
  readonly mails: number;
  readonly turn: Turn['who'];
  readonly urgent: readonly string[];
}

/** Mails that the reader has not been told of: of the window, or since the last digest where that is known. */
export function findFreshMails(
  thread: TriageThread,
  { arrived }: Pick<DigestSource, 'arrived'>,
  previous: Snapshot | null,
): TriageMessage[] {
  const since = previous?.to;
  return thread.messages.filter(
    ({ id, date }) => arrived.has(id) || (since !== undefined && date !== null && date >= since),
  );
}

/** Whether a thread is new to the reader, or has changed: against what was told, else against the day before. */
export function toMark(
  thread: TriageThread,
  {
    fresh,
    previous,
    standing,
  }: { readonly fresh: readonly TriageMessage[]; readonly previous: Snapshot | null; readonly standing: Standing },
): DigestEntry['mark'] {
  const root = thread.messages[0];
  if (previous === null) return fresh.some(({ id }) => id === root?.id) ? 'new' : fresh.length > 0 ? 'changed' : null;
  const told = toldOf(previous, toSafeLine(thread.id, 500));
  if (told === null) return 'new';
  return isChanged(told, standing) ? 'changed' : null;
}

function isChanged(told: Told, { status, mails, turn, urgent }: Standing): boolean {
  return (
    status !== told.status ||
    mails > told.mails ||
    turn !== told.turn ||
    urgent.some((rule) => !told.urgent.includes(rule))
  );
}

const MOST_NAMES = 3;

/** `acknowledged → fixed; 2 mails by Felix Arden, Mara Quist`; empty where nothing came and nothing moved. */
export function writeNews(
  { status }: Pick<TriageThread, 'status'>,
  { before, fresh }: { readonly before: Status | null; readonly fresh: readonly TriageMessage[] },
): string {
  const names = [...new Set(fresh.map(({ from }) => toSafeLine(from.name ?? from.address, 60) || 'somebody unknown'))];
  const more = names.length > MOST_NAMES ? ' and others' : '';
  return [
    ...(before === null || before === status ? [] : [`${before} → ${status}`]),
    ...(fresh.length === 0
      ? []
      : [
          `${fresh.length === 1 ? '1 mail' : `${fresh.length} mails`} by ${names.slice(0, MOST_NAMES).join(', ')}${more}`,
        ]),
  ].join('; ');
}
