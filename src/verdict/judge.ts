import type { Fact, Trace } from '../model/evidence.ts';
import type { TriagePeople } from '../model/triage.ts';
import type { Verdict } from '../model/verdict.ts';
import type { ThreadView } from '../model/view.ts';
import { toGenre } from './genre/to-genre.ts';
import { toOpening } from './opening.ts';
import { toRegression } from './regression/to-regression.ts';
import { toStatus } from './status/to-status.ts';
import { toSummary } from './summary/to-summary.ts';
import { toSeverity } from './symptoms/to-severity.ts';
import { toSymptoms } from './symptoms/to-symptoms.ts';

/** What was gathered from all mails of a thread, one of each. */
export interface Gathered {
  readonly traces: readonly Trace[];
  readonly facts: readonly Fact[];
  readonly people: TriagePeople;
  /** What a maintainer would ask for. */
  readonly missing: readonly string[];
}

/**
 * What heddle makes of a thread, by rules alone, with the words that decided each field. Only reports have symptoms,
 * a regression and a severity; a thread of another kind has none of them.
 */
export function judge(view: ThreadView, { traces, facts, people, missing }: Gathered): Verdict {
  const { genre, because: genreBecause } = toGenre(view);
  const opening = toOpening(view);
  const { status, fixedBy, duplicateOf, because: statusBecause } = toStatus(view, genre);
  const isReport = genre === 'report' && opening !== null;
  const symptoms = isReport ? toSymptoms(opening, traces) : { symptoms: [], because: [] };
  const told = isReport ? toRegression(view) : { regression: null, component: null, because: [] };
  const severity = isReport
    ? toSeverity(symptoms.symptoms, { traces, regression: told.regression, status })
    : { severity: 0, because: [] };
  const summary = toSummary(view, {
    genre,
    symptoms: symptoms.symptoms,
    regression: told.regression,
    component: told.component,
    status,
    fixedBy,
    traces,
    facts,
    people,
  });
  return {
    genre,
    symptoms: symptoms.symptoms,
    regression: told.regression,
    status,
    fixedBy,
    duplicateOf,
    summary,
    classifiedBy: 'rules',
    severity: severity.severity,
    missing: isReport ? missing : [],
    because: [...genreBecause, ...symptoms.because, ...told.because, ...statusBecause, ...severity.because],
  };
}
