import type { TriageThread } from '../model/triage.ts';
import { toTime, workingDaysBetween } from '../lib/days.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { writeRegression } from './environment-line.ts';
import { bestOf } from './suggested.ts';
import { isAnswered, isOpen } from './turn.ts';
import type { Window } from '../model/digest.ts';

/** A first answer normally comes within a day; three working days of silence are worth a word, a month is another list. */
const SILENT_DAYS = 3;
const FORGOTTEN_DAYS = 20;

interface Situation {
  readonly thread: TriageThread;
  readonly window: Window;
  /** Mails of the thread that arrived in the window. */
  readonly arrived: number;
}

interface UrgentRule {
  readonly name: string;
  /** One clause for a person, or `null` where the rule does not hold. */
  readonly says: (situation: Situation) => string | null;
}

/** Why a report needs a human now. All that hold are told, in this order. */
const RULES: readonly UrgentRule[] = [
  { name: 'unaddressed', says: sayUnaddressed },
  { name: 'unreached', says: sayUnreached },
  { name: 'new-regression', says: sayRegression },
  { name: 'silence', says: saySilence },
];

/** Why a person should look at a thread now, with the rules that say so; none for what is closed or is no report. */
export function findUrgent(situation: Situation): { readonly rule: string; readonly text: string }[] {
  if (situation.thread.genre !== 'report' || !isOpen(situation.thread)) return [];
  return RULES.flatMap(({ name, says }) => {
    const text = says(situation);
    return text === null ? [] : [{ rule: name, text }];
  });
}

function sayUnaddressed({ thread, arrived }: Situation): string | null {
  if (arrived === 0 && isAnswered(thread)) return null;
  const maintainers = bestOf(thread.routing).filter(({ role }) => role === 'maintainer' || role === 'reviewer');
  return maintainers.length > 0 && maintainers.every(({ addressed }) => !addressed)
    ? 'no maintainer of the code in question is addressed'
    : null;
}

function sayUnreached({ thread, arrived }: Situation): string | null {
  const names = thread.people.asked.filter(({ reached }) => !reached).map(({ name }) => toSafeLine(name, 60));
  if (arrived === 0 || names.length === 0) return null;
  return `${[...new Set(names)].join(', ')} ${names.length === 1 ? 'was' : 'were'} asked and not reached`;
}

function sayRegression({ thread, window }: Situation): string | null {
  const started = toTime(thread.startedAt);
  const regression = writeRegression(thread.regression);
  const isNew = started !== null && started >= (toTime(window.from) ?? 0);
  return regression !== null && isNew ? 'a new regression' : null;
}

function saySilence({ thread, window }: Situation): string | null {
  if (isAnswered(thread)) return null;
  const days = workingDaysBetween(thread.startedAt, window.to);
  return days !== null && days >= SILENT_DAYS && days <= FORGOTTEN_DAYS ? `no answer for ${days} working days` : null;
}
