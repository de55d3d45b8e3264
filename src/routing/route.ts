import { toSuggestions, type Candidate } from './candidates.ts';
import type { Fact, Trace } from '../model/evidence.ts';
import type { Suggestion } from '../model/routing.ts';
import type { Genre, Symptom } from '../model/verdict.ts';
import type { ThreadView } from '../model/view.ts';
import { findClaims } from './claims.ts';
import type { Clue } from './clues/clue.ts';
import { findBroken, findSideClues } from './clues/find-side-clues.ts';
import { findTraceClues } from './clues/find-trace-clues.ts';
import { findAreaClues, findMentionClues } from './clues/find-word-clues.ts';
import { settleAreas } from './clues/settle-areas.ts';
import { withDoubt } from './doubt.ts';
import { findGone } from './gone.ts';
import { findCommitPeople } from './people/commit-people.ts';
import { findThreadPeople } from './people/thread-people.ts';
import { rankPeople } from './rank-people.ts';
import { threadEvidence } from './thread-evidence.ts';
import { treesAsOf, type Tree, type Trees } from './trees/trees.ts';

/** What is known of a thread when it is routed. */
export interface Judged {
  readonly genre: Genre;
  readonly symptoms: readonly Symptom[];
  readonly traces: readonly Trace[];
  readonly facts: readonly Fact[];
}

/** Kinds of threads that ask nobody in particular. */
const NOBODY = new Set<Genre>(['announcement', 'security', 'spam', 'pull-request']);

/**
 * Who should see a thread, best first, and why: from frames, files, functions and words to the MAINTAINERS entries of
 * the trees as they were on the day (`view.asOf`), and from those to people, weighed with what the thread itself shows
 * of them. Empty where nothing in the thread points at anybody.
 */
export function route(view: ThreadView, judged: Judged, trees: Trees): Suggestion[] {
  return withDoubt(toSuggestions(findCandidates(view, judged, trees)));
}

/** As {@link route}, before what speaks for each is told as a score: for fitting the curves. */
export function findCandidates(view: ThreadView, judged: Judged, trees: Trees): Candidate[] {
  if (NOBODY.has(judged.genre)) return [];
  const chosen = treesAsOf(trees, view.asOf);
  const clues = findClues(view, judged, chosen);
  const claims = findClaims(clues, chosen);
  const people = findThreadPeople(view);
  return rankPeople({
    claims,
    people,
    commitPeople: findCommitPeople(view, trees.findCommit),
    gone: findGone(clues, chosen, trees),
    chosen,
    trees,
    isReport: isReport(judged),
    asOf: view.asOf,
  });
}

/** Threads in which those who answer may be the right ones, and not just the reviewers of a patch. */
function isReport({ genre }: Judged): boolean {
  return genre === 'report' || genre === 'question' || genre === 'discussion';
}

/** Genres that need more than a word in passing: a trace, a file, a function, or a part of the system in the subject. */
const TALK = new Set<Genre>(['question', 'discussion']);

function findClues(view: ThreadView, judged: Judged, trees: readonly Tree[]): readonly Clue[] {
  const mentions = findMentionClues(view, trees);
  if (judged.genre === 'patch') return mentions;
  const traces = findTraceClues(judged.traces, trees);
  if (judged.genre === 'ci') return traces;
  const areas = findAreaClues(view, trees);
  const firm = [...traces, ...mentions, ...areas.filter(({ isFirm }) => isFirm)];
  if (TALK.has(judged.genre) && firm.length === 0) return [];
  const regressions = threadEvidence(view).flatMap((one) => one.regressions);
  const isElsewhere = findBroken(regressions) !== null;
  const clues = [...traces, ...mentions, ...settleAreas(areas, { traces, isElsewhere })];
  return [...clues, ...findSideClues({ ...judged, regressions }, clues)];
}
