import type { Fact } from '../../model/evidence.ts';
import type { TriagePeople } from '../../model/triage.ts';
import type { Status } from '../../model/verdict.ts';
import type { ThreadView } from '../../model/view.ts';
import { byDate } from '../opening.ts';

const MAX_VALUE = 80;

/** What works around it, whom it misses, and how it stands; empty where there is nothing to say. */
export function describeStanding(
  {
    facts,
    people,
    status,
    fixedBy,
  }: {
    readonly facts: readonly Fact[];
    readonly people: TriagePeople;
    readonly status: Status;
    readonly fixedBy: string | null;
  },
  view: ThreadView,
): string {
  const workaround = facts.find(({ key, value }) => key === 'workaround' && value.length <= MAX_VALUE);
  const missed = [...new Set(people.asked.filter(({ reached }) => !reached).map(({ name }) => name))];
  const parts = [
    workaround ? `workaround: ${workaround.value}` : '',
    missed.length > 0
      ? `${missed.join(' and ')} ${missed.length > 1 ? 'were' : 'was'} to be brought in and ${missed.length > 1 ? 'were' : 'was'} not reached`
      : '',
    describeStatus(status, fixedBy, view),
  ].filter((text) => text !== '');
  if (parts.length === 0) return '';
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function describeStatus(status: Status, fixedBy: string | null, view: ThreadView): string {
  const last = byDate(view).at(-1)?.message.from;
  const name = last?.name ?? last?.address ?? 'somebody';
  const texts: Readonly<Record<Status, string>> = {
    new: 'nobody has answered yet',
    acknowledged: `${name} wrote last`,
    'needs-info': 'the reporter was asked for more',
    'patch-proposed': 'a patch is proposed',
    fixed: fixedBy === null ? 'it is said to be fixed' : `it is said to be fixed by ${fixedBy.slice(0, 12)}`,
    duplicate: 'it is said to be known from another thread',
    'not-a-bug': 'it is said to be no bug',
    stale: 'nobody has written for long',
  };
  return texts[status];
}
