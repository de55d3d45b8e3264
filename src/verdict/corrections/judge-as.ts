import type { Genre, Verdict } from '../../model/verdict.ts';
import type { ThreadView } from '../../model/view.ts';
import { judge, type Gathered } from '../judge.ts';
import { toOpening } from '../opening.ts';
import { toRegression } from '../regression/to-regression.ts';
import { toStatus } from '../status/to-status.ts';
import { toSummary } from '../summary/to-summary.ts';
import { toSeverity } from '../symptoms/to-severity.ts';
import { toSymptoms } from '../symptoms/to-symptoms.ts';

/**
 * The verdict of the rules where somebody has already said what kind of thread it is: a thread that a person calls a report has
 * the symptoms, the regression, the severity and the summary of one. `null`, or what the rules say too, changes nothing.
 */
export function judgeAs(view: ThreadView, gathered: Gathered, genre: Genre | null): Verdict {
  const verdict = judge(view, gathered);
  if (genre === null || genre === verdict.genre) return verdict;
  const opening = toOpening(view);
  if (!opening) return { ...verdict, genre };
  const { traces, facts, people, missing = [] } = gathered;
  const { status, fixedBy, duplicateOf, because } = toStatus(view, genre);
  const isReport = genre === 'report';
  const { symptoms } = isReport ? toSymptoms(opening, traces) : { symptoms: [] };
  const { regression, component } = isReport ? toRegression(view) : { regression: null, component: null };
  const severity = isReport ? toSeverity(symptoms, { traces, regression, status }).severity : 0;
  const said = { genre, symptoms, regression, component, status, fixedBy, traces, facts, people, embedded: null };
  return {
    ...verdict,
    genre,
    symptoms,
    regression,
    status,
    fixedBy,
    duplicateOf,
    summary: toSummary(view, said),
    severity,
    missing: isReport ? missing : [],
    because: [{ field: 'genre', rule: 'somebody said so', where: null }, ...because],
  };
}
