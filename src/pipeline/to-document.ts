import type { Fact, Trace } from '../model/evidence.ts';
import type { Address } from '../model/message.ts';
import type { Suggestion } from '../model/routing.ts';
import type { Thread } from '../model/thread.ts';
import type { TriageFact, TriageMessage, TriagePeople, TriageThread, TriageTrace } from '../model/triage.ts';
import type { Verdict } from '../model/verdict.ts';
import { findLastMaintainer } from './last-maintainer.ts';

const NOBODY: Address = { name: null, address: '' };

/** The parts of a document, as the steps made them. */
export interface Judged {
  readonly verdict: Verdict;
  readonly traces: readonly Trace[];
  readonly facts: readonly Fact[];
  readonly people: TriagePeople;
  readonly routing: readonly Suggestion[];
}

/** Puts what the steps found into the form of the contract (`heddle.triage/1`), and nothing else. */
export function toDocument(thread: Thread, { verdict, traces, facts, people, routing }: Judged): TriageThread {
  const lastMaintainer = findLastMaintainer(thread, routing);
  const dates = thread.messages.flatMap(({ message }) => (message.date === null ? [] : [message.date])).sort();
  return {
    id: thread.id,
    subject: toSubject(thread),
    startedAt: dates[0] ?? null,
    lastActivityAt: dates.at(-1) ?? null,
    messages: toMessages(thread),
    genre: verdict.genre,
    symptoms: verdict.symptoms,
    regression: verdict.regression,
    status: verdict.status,
    fixedBy: verdict.fixedBy,
    duplicateOf: verdict.duplicateOf,
    summary: verdict.summary,
    classifiedBy: verdict.classifiedBy,
    traces: traces.map(toTrace),
    environment: facts.map(toFact),
    people: lastMaintainer === null ? people : { ...people, lastMaintainer },
    routing,
    severity: verdict.severity,
    missing: verdict.missing,
  };
}

function toMessages(thread: Thread): TriageMessage[] {
  return thread.messages.map(({ message, parent }) => ({
    id: message.id,
    parent,
    from: message.from ?? NOBODY,
    date: message.date,
    subject: message.subject,
    url: message.url,
  }));
}

function toTrace(trace: Trace): TriageTrace {
  const { message, lines, part, project, kind, title, headline, cpu, pid, comm, version, tainted } = trace;
  const { frames, fingerprint, notes, culprit, damage } = trace;
  const said = { message, lines, part, project, kind, title, headline, cpu, pid, comm, version, tainted };
  return { ...said, frames, fingerprint, notes, culprit, damage };
}

function toFact({ key, value, role, message, line, quote }: Fact): TriageFact {
  return { key, value, role, message, line, quote };
}

/** Reply marks and list tags in front of a subject; `[PATCH …]`, `[BUG]` and the like stay. */
const IN_FRONT =
  /^\s*(?:(?:re|aw|antw|sv|fw|fwd|vs|odp)(?:\[\d{1,3}\])?\s*:|\[(?:xen-(?:devel|users|announce)|oss-security|external|ext|minios-devel|pv-drivers|dm-devel|intel-gfx|linux-nvdimm|spice-devel|qemu-devel|qemu-block)\])\s*/i;

/** The root's subject (or that of the first mail at hand) without reply marks and list tags. */
export function toSubject(thread: Thread): string {
  let subject = thread.messages[0]?.message.subject ?? '';
  for (let match = IN_FRONT.exec(subject); match !== null; match = IN_FRONT.exec(subject)) {
    subject = subject.slice(match[0].length);
  }
  return subject.replace(/\s+/g, ' ').trim();
}
