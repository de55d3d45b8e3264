import type { RegressionClaim } from '../../model/evidence.ts';
import type { Because, Genre } from '../../model/verdict.ts';
import type { ThreadView } from '../../model/view.ts';
import { toOpening, type Opening } from '../opening.ts';
import { GENRE_RULES } from './genre-rules.ts';
import { DISCUSSION_WEIGHTS, QUESTION_WEIGHTS, REPORT_THRESHOLD, REPORT_WEIGHTS, weigh } from './genre-weights.ts';

/** What kind of thread it is, and why. */
export interface GenreVerdict {
  readonly genre: Genre;
  readonly because: readonly Because[];
  /** Near the threshold or between two genres: worth a second look by a person or a model. */
  readonly unsure: boolean;
}

/**
 * The genre of a thread: that of its first mail (where that is missing, of what its replies quote). The rows of
 * {@link GENRE_RULES} are tried in order; what passes them is weighed between report, question and discussion.
 */
export function toGenre(view: ThreadView): GenreVerdict {
  const opening = toOpening(view);
  if (!opening) return { genre: 'discussion', because: [], unsure: true };
  for (const { name, genre, test } of GENRE_RULES) {
    const hit = test(opening, view);
    if (hit === null) continue;
    return { genre, because: [{ field: 'genre', rule: name, where: hit === true ? null : hit }], unsure: false };
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
  return { genre, because, unsure: Math.abs(report.sum - Math.max(REPORT_THRESHOLD, other)) < 1.5 };
}

/** Rules that say so strongly that it worked before that they speak for a report by themselves. */
export function isFirm(claim: RegressionClaim): boolean {
  return !claim.denied && !['fails', 'not-yet-in', 'downgrade', 'update-to'].includes(claim.rule);
}

/** The names of all that was found in the opening: signals, and whether there are traces, claims and facts. */
function toNames(opening: Opening): string[] {
  const header = opening.mail.message.id;
  const names = opening.signals
    .filter((signal) => signal.part !== 'header' || signal.message === header)
    .filter((signal) => counts(signal.depth, signal.part, opening))
    .map(({ name }) => name);
  if (opening.traces.some(({ depth, part }) => counts(depth, part, opening))) names.push('trace');
  if (
    opening.claims.some((claim) => isFirm(claim) && claim.part !== 'header' && counts(claim.depth, claim.part, opening))
  )
    names.push('claim');
  if (opening.facts.length >= 3) names.push('facts');
  return names;
}

/** Of a missing first mail its quotations count; what the repliers say themselves does not make the thread. */
function counts(depth: number, part: string, opening: Opening): boolean {
  return part === 'header' || !opening.missing || depth > 0;
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
