import type { MessageId } from '../../model/message.ts';
import type { Because, Genre } from '../../model/verdict.ts';
import type { ThreadView } from '../../model/view.ts';
import { toOpening, type Opening } from '../opening.ts';
import { findEmbeddedReports } from './embedded-reports.ts';
import { isFirm } from './firm.ts';
import { GENRE_RULES } from './genre-rules.ts';
import { DISCUSSION_WEIGHTS, QUESTION_WEIGHTS, REPORT_THRESHOLD, REPORT_WEIGHTS, weigh } from './genre-weights.ts';

/** What kind of thread it is, and why. */
export interface GenreVerdict {
  readonly genre: Genre;
  readonly because: readonly Because[];
  /** Near the threshold or between two genres: worth a second look by a person or a model. */
  readonly unsure: boolean;
  /** Where the thread's first mail is missing and the first one at hand is a report by itself: that mail and its answers. */
  readonly branch: readonly MessageId[] | null;
}

/**
 * The genre of a thread: that of its first mail (where that is missing, of what its replies quote; where only a branch
 * is at hand that begins with a report, it is a report, whatever was answered). The rows of
 * {@link GENRE_RULES} are tried in order; what passes them is weighed between report, question and discussion.
 */
export function toGenre(view: ThreadView): GenreVerdict {
  const opening = toOpening(view);
  if (!opening) return { genre: 'discussion', because: [], unsure: true, branch: null };
  const loose = opening.missing ? findEmbeddedReports(view).find(({ mail }) => mail === opening.mail) : undefined;
  if (loose)
    return {
      genre: 'report',
      because: [{ field: 'genre', rule: `reply: ${loose.decided.join(', ')}`, where: loose.where }],
      unsure: false,
      branch: view.thread.messages.map(({ message }) => message.id),
    };
  for (const { name, genre, test } of GENRE_RULES) {
    const hit = test(opening, view);
    if (hit === null) continue;
    return {
      genre,
      because: [{ field: 'genre', rule: name, where: hit === true ? null : hit }],
      unsure: false,
      branch: null,
    };
  }
  return weighOpening(opening);
}

function weighOpening(opening: Opening): GenreVerdict {
  const names = toNames(opening);
  const report = weigh(REPORT_WEIGHTS, names);
  const question = weigh(QUESTION_WEIGHTS, names);
  const discussion = weigh(DISCUSSION_WEIGHTS, names);
  const other = Math.max(question.sum, discussion.sum);
  const isReport = report.sum >= REPORT_THRESHOLD && report.sum >= other;
  const isQuestion = !isReport && question.sum >= 1.5 && question.sum >= discussion.sum;
  const [genre, decided]: [Genre, readonly string[]] = isReport
    ? ['report', report.decided]
    : isQuestion
      ? ['question', question.decided]
      : ['discussion', discussion.decided];
  const because = decided
    .slice(0, 4)
    .map((name): Because => ({ field: 'genre', rule: name, where: findWhere(opening, name) }));
  return { genre, because, unsure: Math.abs(report.sum - Math.max(REPORT_THRESHOLD, other)) < 1.5, branch: null };
}

/** The names of all that was found in the opening: signals, and whether there are traces, claims and facts. */
function toNames(opening: Opening): string[] {
  const names = opening.signals.map(({ name }) => name);
  if (opening.traces.length > 0) names.push('trace');
  if (opening.claims.some((claim) => isFirm(claim) && claim.part !== 'header')) names.push('claim');
  if (opening.facts.length >= 3) names.push('facts');
  if (opensPlainly(opening, names)) names.push('opens-plainly');
  return names;
}

const ASKS_OR_PROPOSES: ReadonlySet<string> = new Set([
  'subject:question',
  'subject:rfc',
  'subject:reply',
  'asks-how',
  'proposes',
  'diff',
]);

/**
 * A mail that begins a thread, asks nothing and proposes nothing: little needs to be observed in it to make it a report.
 * A report that is taken for a discussion is lost; a discussion among the reports costs a glance.
 */
function opensPlainly(opening: Opening, names: readonly string[]): boolean {
  return !opening.missing && !names.some((name) => ASKS_OR_PROPOSES.has(name));
}

function findWhere(opening: Opening, name: string): Because['where'] {
  const found =
    name === 'trace'
      ? undefined
      : name === 'claim'
        ? opening.claims.find(isFirm)
        : opening.signals.find((signal) => signal.name === name);
  if (!found) return null;
  return { message: found.message, part: found.part, line: found.line, quote: found.quote, depth: found.depth };
}
