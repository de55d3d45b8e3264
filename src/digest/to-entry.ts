import type { DigestSource } from '../model/digest.ts';
import { toShownTitle } from './trace-lines.ts';
import type { TriageThread, TriageTrace } from '../model/triage.ts';
import { daysBetween } from '../lib/days.ts';
import { toLink } from '../lib/markup.ts';
import { toSafeLine, toSafeText } from '../lib/safe-text.ts';
import type { DigestEntry } from './digest.ts';
import { writeEnvironmentLine, writeRegression } from './environment-line.ts';
import { bestOf } from './suggested.ts';
import { lastMessage, toTurn } from './turn.ts';
import { findUrgent } from './urgent.ts';

/** What a digest says of one thread, as of the end of the window. Takes everything from the thread, asks nobody. */
export function toEntry(thread: TriageThread, { window, arrived, statusBefore }: DigestSource): DigestEntry {
  const root = thread.messages[0];
  const came = thread.messages.filter(({ id }) => arrived.has(id)).length;
  const isNew = root !== undefined && arrived.has(root.id);
  return {
    id: toSafeLine(thread.id, 500),
    url: toLink(root?.url ?? thread.messages.find(({ url }) => url !== null)?.url ?? null),
    title: writeTitle(thread),
    mark: isNew ? 'new' : came > 0 ? 'changed' : null,
    genre: thread.genre,
    status: thread.status,
    statusBefore: statusBefore?.get(thread.id) ?? null,
    symptoms: thread.symptoms,
    severity: thread.severity,
    reporter: writeName(root?.from),
    startedAt: thread.startedAt,
    lastActivityAt: thread.lastActivityAt,
    age: daysBetween(thread.startedAt, window.to),
    mails: thread.messages.length,
    arrived: came,
    people: thread.people.participants.length,
    lastSpeaker: writeName(lastMessage(thread)?.from),
    turn: toTurn(thread, window.to),
    urgent: findUrgent({ thread, window, arrived: came }),
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

function writeName(from: { readonly name: string | null; readonly address: string } | undefined): string {
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
