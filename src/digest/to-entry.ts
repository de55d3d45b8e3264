import type { DigestSource, Snapshot } from '../model/digest.ts';
import type { Address } from '../model/message.ts';
import { toShownTitle } from './trace-lines.ts';
import type { TriageThread, TriageTrace } from '../model/triage.ts';
import { daysBetween } from '../lib/days.ts';
import { toLink } from '../lib/markup.ts';
import { toSafeLine, toSafeText } from '../lib/safe-text.ts';
import type { DigestEntry, Turn } from './digest.ts';
import { writeEnvironmentLine, writeRegression } from './environment-line.ts';
import { findFreshMails, toMark, writeNews } from './news.ts';
import { toReference } from './reference.ts';
import { toldOf } from './snapshot.ts';
import { bestOf } from './suggested.ts';
import { lastMessage, toTurn, writeLastWord } from './turn.ts';
import { findUrgent } from './urgent.ts';
import { findYours } from './yours.ts';

/** Who reads, and what they were told before. */
export interface Reading {
  readonly previous: Snapshot | null;
  /** The reader's addresses, lower case; none for a digest that is for everybody. */
  readonly reader: readonly string[];
}

/** What a digest says of one thread, as of the end of the window. Takes everything from the thread, asks nobody. */
export function toEntry(thread: TriageThread, source: DigestSource, { previous, reader }: Reading): DigestEntry {
  const { window, statusBefore } = source;
  const fresh = findFreshMails(thread, source, previous);
  const turn = toTurn(thread, window.to);
  const urgent = findUrgent({ thread, window, arrived: fresh.length });
  const urgentRules = urgent.map(({ rule }) => rule);
  const before = toldOf(previous, toSafeLine(thread.id, 500))?.status ?? statusBefore?.get(thread.id) ?? null;
  const standing = { status: thread.status, mails: thread.messages.length, turn: turn.who, urgent: urgentRules };
  const mark = toMark(thread, { fresh, previous, standing });
  return {
    ...describeThread(thread, window.to),
    mark,
    brief: previous !== null && mark === null,
    statusBefore: before,
    news: mark === 'changed' ? writeNews(thread, { before, fresh }) : '',
    arrived: fresh.length,
    turn: withLastWord(turn, writeLastWord(thread, window.to)),
    urgent: urgent.map(({ text }) => text),
    urgentRules,
    yours: findYours(thread, turn, reader),
  };
}

function withLastWord(turn: Turn, lastWord: string | null): Turn {
  return lastWord === null || turn.who === 'nobody' ? turn : { ...turn, text: `${turn.text}; last word: ${lastWord}` };
}

/** What is said of a thread whoever reads. */
function describeThread(thread: TriageThread, end: string) {
  const root = thread.messages[0];
  return {
    id: toSafeLine(thread.id, 500),
    ref: toReference(thread.id),
    url: toLink(root?.url ?? thread.messages.find(({ url }) => url !== null)?.url ?? null),
    title: writeTitle(thread),
    genre: thread.genre,
    status: thread.status,
    symptoms: thread.symptoms,
    severity: thread.severity,
    reporter: writeName(root?.from),
    startedAt: thread.startedAt,
    lastActivityAt: thread.lastActivityAt,
    age: daysBetween(thread.startedAt, end),
    mails: thread.messages.length,
    people: thread.people.participants.length,
    lastSpeaker: writeName(lastMessage(thread)?.from),
    regression: writeRegression(thread.regression),
    environment: writeEnvironmentLine(thread.environment),
    crash: writeCrash(thread.traces[0]),
    summary: toSafeText(thread.summary).slice(0, 600),
    fixedBy: thread.fixedBy,
    suggestions: bestOf(thread.routing),
    unreached: thread.people.asked.filter(({ reached }) => !reached),
    missing: thread.missing.map((one) => toSafeLine(one, 120)),
  };
}

/** The subject on one safe line; a mail without one is named as such. */
export function writeTitle(thread: Pick<TriageThread, 'subject'>): string {
  return toSafeLine(thread.subject, 200) || '(no subject)';
}

function writeName(from: Address | undefined): string {
  return toSafeLine(from?.name ?? from?.address ?? '', 100) || 'somebody unknown';
}

function writeCrash(trace: TriageTrace | undefined): DigestEntry['crash'] {
  if (trace === undefined) return null;
  const { culprit } = trace;
  const where = culprit === null || trace.title.includes(culprit) ? '' : ` in ${toSafeLine(culprit, 120)}`;
  return {
    text: `${trace.project} ${trace.kind}${where}`,
    title: toSafeLine(toShownTitle(trace.title), 300),
    headline: toSafeLine(trace.headline),
  };
}
