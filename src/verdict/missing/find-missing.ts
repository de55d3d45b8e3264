import type { Fact, Trace } from '../../model/evidence.ts';
import type { ThreadView } from '../../model/view.ts';
import { wrap } from '../../lib/wrap.ts';
import { CHECKLIST, type Known, type Wanted } from './checklist.ts';

/** What was gathered of a thread before it is asked what it lacks. */
export interface Gathered {
  readonly facts: readonly Fact[];
  readonly traces: readonly Trace[];
}

/**
 * What a maintainer would ask for and the thread does not hold, in words for the reader of a digest, in the order in
 * which maintainers ask. Which details a report needs follows from what it is about (`domain.md` 4.1).
 *
 * The answer is for reports: of other threads it means nothing.
 */
export function findMissing(view: ThreadView, gathered: Gathered): string[] {
  return lacking(view, gathered).map(({ shown }) => shown);
}

/**
 * A ready answer that asks for what is missing, in the manners of the list: thanks first, few questions, plain text
 * wrapped at 72 columns, logs inline and unwrapped. It is a draft: a person reads and sends it.
 *
 * @param missing what {@link findMissing} named.
 * @param reporter the name to greet, or `null`.
 * @returns the body of the mail; an empty text where nothing is missing.
 */
export function draftQuestion(missing: readonly string[], reporter: string | null): string {
  const wanted = CHECKLIST.filter(({ shown }) => missing.includes(shown)).slice(0, MAX_QUESTIONS);
  if (wanted.length === 0) return '';
  const greeting = reporter === null ? 'Hello,' : `Hello ${reporter.split(' ')[0] ?? reporter},`;
  const items = wanted.flatMap(({ asked }) => wrap(asked, WIDTH, '- '));
  return [
    greeting,
    '',
    'thanks for the report. To be able to look into it, could you please add',
    'the following?',
    '',
    ...items,
    '',
    'Please send logs as plain text, complete and without line wrapping; large',
    'ones are better put somewhere and linked. If you can, try the newest',
    'version as well, and keep everybody in Cc.',
    '',
  ].join('\n');
}

/** More at once is rarely answered. */
const MAX_QUESTIONS = 6;
const WIDTH = 72;

function lacking(view: ThreadView, gathered: Gathered): readonly Wanted[] {
  const known = toKnown(view, gathered);
  return CHECKLIST.filter((wanted) => wanted.applies(known) && !wanted.present(known));
}

function toKnown(view: ThreadView, { facts, traces }: Gathered): Known {
  const evidence = view.thread.messages.flatMap(({ message }) => view.evidence.get(message.id) ?? []);
  const claims = evidence.flatMap(({ regressions }) => regressions);
  const signals = evidence.flatMap((one) => one.signals).filter(({ depth }) => depth === 0);
  const words = [
    ...view.thread.messages.slice(0, 1).map(({ message }) => message.subject),
    ...facts.map(({ quote }) => quote),
    ...signals.map(({ quote }) => quote),
    ...claims.map(({ quote }) => quote),
  ];
  return {
    facts,
    traces,
    subject: (view.thread.messages[0]?.message.subject ?? '').toLowerCase(),
    about: words.join('\n').toLowerCase(),
    signals: new Set(signals.map(({ name }) => name)),
    regression: claims.some(({ denied, lastGood, firstBad }) => !denied && (lastGood !== null || firstBad !== null)),
    bisected: claims.some(({ denied, commit }) => !denied && commit !== null),
  };
}
