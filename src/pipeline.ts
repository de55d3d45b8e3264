/**
 * The whole product, minus its plumbing: raw mail in, one document for each thread out.
 *
 * `ingest` is the work on one mail, done once; `judgeThread` is the work on a thread, done again whenever a mail joins it.
 * No step knows another: they meet here, and hand each other nouns of the model.
 */
import { createHash } from 'node:crypto';
import type { Evidence, ReadPart, Trace } from './model/evidence.ts';
import type { Message, MessageId, Part } from './model/message.ts';
import { toLines } from './model/message.ts';
import type { Testimony } from './model/testimony.ts';
import type { Thread } from './model/thread.ts';
import type { TriageThread } from './model/triage.ts';
import type { ThreadView } from './model/view.ts';
import type { Correction, Ingested, RawMail } from './ports.ts';
import { findAreas } from './evidence/areas/find-areas.ts';
import { findFacts } from './evidence/environment/find-facts.ts';
import { looksLikeLog, repairLog } from './evidence/log/repair-log.ts';
import { findMentions } from './evidence/mentions/find-mentions.ts';
import { findAsked } from './evidence/people/find-asked.ts';
import { findCommitPeople } from './evidence/people/find-commit-people.ts';
import { findRegressions } from './evidence/regression/find-regressions.ts';
import { findSignals } from './evidence/signals/find-signals.ts';
import { findTraces } from './evidence/trace/find-traces.ts';
import { readMessage } from './message/read-message.ts';
import { route } from './routing/route.ts';
import { findEntryPeople } from './routing/entry-people.ts';
import { findPerson } from './routing/find-person.ts';
import type { Trees } from './routing/trees/trees.ts';
import { applyCorrections, findCorrectedGenre } from './verdict/corrections/apply-corrections.ts';
import { judgeAs } from './verdict/corrections/judge-as.ts';
import { gatherEnvironment } from './verdict/gather/gather-environment.ts';
import { gatherPeople } from './verdict/gather/gather-people.ts';
import { gatherTraces } from './verdict/gather/gather-traces.ts';
import { applyTestimony, findDecidedGenre } from './verdict/llm/apply-testimony.ts';
import { findMissing } from './verdict/missing/find-missing.ts';
import { toDocument } from './pipeline/to-document.ts';
import { withTrueLines } from './pipeline/true-lines.ts';

/** Evidence carries this; evidence of another version is made anew from the mail. Raise it when an extractor changes. */
export const EXTRACTOR = '2';

/** Verdicts carry this; threads that other rules judged are judged again. Raise it when verdict or routing change. */
export const RULES = '2';

/**
 * One raw mail → the message made clean, with all that it says. It depends on that mail alone.
 * Never throws on what a mail holds: what could not be read is told in `message.problems`.
 */
export function ingest(mail: RawMail): Ingested {
  const message = readMessage(mail);
  return { message, evidence: extract(message), digest: toDigest(mail) };
}

/** sha256 of the raw bytes, hex: the name by which a mail that came before is known without parsing it again. */
export function toDigest(mail: RawMail): string {
  return createHash('sha256').update(mail.bytes).digest('hex');
}

/** What one message says: traces, environment, people, regression, signals, each with its place. */
export function extract(message: Message): Evidence {
  const parts = message.parts.map(toReadPart);
  const found = parts.map(({ part, log }) => ({ part, ...findTraces(log) }));
  const toTrace = (part: Part) => (trace: Omit<Trace, 'message' | 'part'>) => ({
    ...trace,
    message: message.id,
    part: part.name,
  });
  const regressions = findRegressions(message, parts);
  const evidence: Evidence = {
    version: EXTRACTOR,
    message: message.id,
    traces: found.flatMap(({ part, traces }) => traces.map(toTrace(part))),
    facts: findFacts(message, parts, regressions),
    asked: findAsked(message, parts),
    regressions,
    signals: [...findSignals(message, parts), ...findAreas(message, parts), ...findCommitPeople(message, parts)],
    mentions: findMentions(message, parts),
    nearMisses: found.reduce((sum, one) => sum + one.nearMisses, 0),
  };
  return withTrueLines(evidence, message.parts);
}

/** A part with its lines; the log is repaired only where a cheap look says that there is one. */
export function toReadPart(part: Part): ReadPart {
  return { part, lines: toLines(part.text), log: looksLikeLog(part.text) ? repairLog(part) : [] };
}

/** What judging needs besides the mails. */
export interface Knowledge {
  readonly trees: Trees;
  readonly asOf: Date;
  readonly today?: Date;
  /** What people said of the thread, oldest first: it wins over everything else. */
  readonly corrections?: readonly Correction[];
  /** What a model said of the thread. */
  readonly testimony?: Testimony;
}

/**
 * Everything that heddle says about a thread.
 *
 * Status and summary speak as of the thread's last mail, so that the same mails always give the same document; where
 * `today` is given, a thread that nobody moves goes stale by then. `asOf` is the day for which the maintainers hold.
 */
export function judgeThread(
  thread: Thread,
  evidence: ReadonlyMap<MessageId, Evidence>,
  { trees, asOf, today, corrections = [], testimony }: Knowledge,
): TriageThread {
  const view: ThreadView = { thread, evidence, asOf: today ?? lastActivity(thread) ?? asOf };
  const traces = gatherTraces(view);
  const facts = gatherEnvironment(view);
  const people = gatherPeople(view, (name) => findPerson(trees, name));
  const missing = findMissing(view, { traces, facts });
  const genre = findCorrectedGenre(corrections) ?? findDecidedGenre(testimony);
  const verdict = judgeAs(view, { traces, facts, people, missing }, genre);
  const judged = { genre: verdict.genre, symptoms: verdict.symptoms, traces, facts };
  const routing = route({ ...view, asOf }, judged, trees);
  const document = toDocument(thread, { verdict, traces, facts, people, routing });
  return applyCorrections(applyTestimony(document, testimony), corrections, (title) =>
    findEntryPeople(title, { trees, asOf }),
  );
}

/** The date of the newest mail that has one. */
export function lastActivity(thread: Thread): Date | null {
  const dates = thread.messages.flatMap(({ message }) => (message.date === null ? [] : [message.date])).sort();
  const last = dates.at(-1);
  return last === undefined ? null : new Date(last);
}
