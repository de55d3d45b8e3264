import type { Fact, Trace } from '../../model/evidence.ts';
import type { TriagePeople } from '../../model/triage.ts';
import type { Genre, Regression, Status, Symptom } from '../../model/verdict.ts';
import type { Component } from '../../model/evidence.ts';
import type { ThreadMessage } from '../../model/thread.ts';
import type { ThreadView } from '../../model/view.ts';
import { readSubjectLine } from './subject-line.ts';
import { describeTrace, describeWhere } from './describe-trace.ts';
import { describeStanding } from './describe-standing.ts';

export interface SummaryInput {
  readonly genre: Genre;
  readonly symptoms: readonly Symptom[];
  readonly regression: Regression | null;
  readonly component: Component;
  readonly status: Status;
  readonly fixedBy: string | null;
  readonly traces: readonly Trace[];
  readonly facts: readonly Fact[];
  readonly people: TriagePeople;
  /** A reply that is a report, in a thread of another kind. */
  readonly embedded: ThreadMessage | null;
}

const PROGRAMS: Readonly<Record<Exclude<Component, null>, string>> = {
  xen: 'Xen',
  linux: 'the kernel',
  qemu: 'QEMU',
  libvirt: 'libvirt',
  firmware: 'the firmware',
};
const WORDS: Readonly<Record<Symptom, string>> = {
  crash: 'a crash',
  warning: 'a warning',
  hang: 'a hang',
  'boot-failure': 'a failure to boot',
  'build-failure': 'a build failure',
  performance: 'bad performance',
  'data-loss': 'lost data',
  misbehaviour: 'a problem',
};
const KINDS: Readonly<Record<Exclude<Genre, 'report'>, string>> = {
  patch: 'sent a patch',
  'pull-request': 'asks to pull',
  question: 'asks',
  ci: 'reports',
  announcement: 'announces',
  discussion: 'discusses',
  security: 'published',
  spam: 'sent',
};
/** What the first mail at hand does where that which it answers is missing. */
const ANSWERS: Readonly<Record<Exclude<Genre, 'report'>, string>> = {
  patch: 'answers a patch',
  'pull-request': 'answers a pull request',
  question: 'answers a question',
  ci: 'answers a report of a test machine',
  announcement: 'answers an announcement',
  discussion: 'discusses',
  security: 'answers an advisory',
  spam: 'sent',
};

/**
 * One to three sentences for a digest, composed from evidence: who reports what, since when, where it happens, what works
 * around it, and how it stands. Nothing is in it that the document does not hold.
 */
export function toSummary(view: ThreadView, input: SummaryInput): string {
  const first = view.thread.messages[0];
  const missing = first !== undefined && first.message.id !== view.thread.id && /^\s*re:/i.test(first.message.subject);
  const who = toName(first);
  const subject = readSubjectLine(first?.message.subject ?? '');
  const opens = missing ? 'The first mail is missing.' : '';
  if (input.genre !== 'report')
    return [
      `${who} ${missing ? ANSWERS[input.genre] : KINDS[input.genre]}: ${subject}.`,
      opens,
      describeEmbedded(input),
    ]
      .filter((text) => text !== '')
      .join(' ');
  const under = /^\[[^\]]*patch[^\]]*\]/i.test(subject) ? ' under' : '';
  const opening = `${who} ${missing ? 'answers a report of' : 'reports'} ${describeProblem(input)}${under}: ${subject}`;
  const details = [describeTrace(input.traces), describeWhere(input.facts, input.regression)]
    .filter((text) => text !== '')
    .join(', ');
  return [`${opening}${details === '' ? '' : ` (${details})`}.`, opens, describeStanding(input, view)]
    .filter((text) => text !== '')
    .join(' ');
}

function toName(mail: ThreadMessage | undefined): string {
  const from = mail?.message.from;
  return from?.name ?? from?.address ?? 'Somebody';
}

function describeEmbedded(input: SummaryInput): string {
  if (!input.embedded) return '';
  const trace = describeTrace(
    input.traces.filter(({ message, depth }) => message === input.embedded?.message.id && depth === 0),
  );
  return `${toName(input.embedded)} reports ${describeProblem(input)} with it${trace === '' ? '' : ` (${trace})`}.`;
}

/** `a regression of the kernel, 4.1.44 worked, 4.4.88 does not` or `a crash and a failure to boot`. */
function describeProblem({ symptoms, regression, component }: SummaryInput): string {
  const what = symptoms.map((symptom) => WORDS[symptom]).join(' and ');
  if (!regression) return what === '' ? 'a problem' : what;
  const of = component === null ? '' : ` of ${PROGRAMS[component]}`;
  const ends = [
    regression.lastGood === null ? '' : `${shorten(regression.lastGood)} worked`,
    regression.firstBad === null ? '' : `${shorten(regression.firstBad)} does not`,
    regression.commit === null ? '' : `commit ${regression.commit.slice(0, 12)} is blamed`,
  ].filter((text) => text !== '');
  return `a regression${of} (${[what, ...ends].filter((text) => text !== '').join(', ')})`;
}

function shorten(version: string): string {
  return /^[0-9a-f]{13,40}$/.test(version) ? version.slice(0, 12) : version;
}
