import type { Component, Fact, Trace } from '../model/evidence.ts';
import type { TriagePeople } from '../model/triage.ts';
import type { Because, Regression, Status, Symptom, Verdict } from '../model/verdict.ts';
import type { ThreadView } from '../model/view.ts';
import { findEmbeddedReports } from './genre/embedded-reports.ts';
import { toGenre } from './genre/to-genre.ts';
import { toBranchView, toOpening } from './opening.ts';
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
  readonly missing?: readonly string[];
}

/**
 * What heddle makes of a thread, by rules alone, with the words that decided each field. Symptoms, a regression and a
 * severity are those of the report: the thread itself, or the first report that stands in a reply of a thread of
 * another kind (under the patch that caused it). Where there is none, they are empty, `null` and 0.
 */
export function judge(whole: ThreadView, { traces, facts, people, missing = [] }: Gathered): Verdict {
  const { genre, branch, because: genreBecause } = toGenre(whole);
  const view = branch ? toBranchView(whole, branch) : whole;
  const { status, fixedBy, duplicateOf, because: statusBecause } = toStatus(view, genre);
  const embedded = genre === 'report' || genre === 'ci' || genre === 'spam' ? undefined : findEmbeddedReports(view)[0];
  const reportView = genre === 'report' ? view : embedded ? toBranchView(view, embedded.branch) : null;
  const report = reportView ? judgeReport(reportView, traces, genre === 'report' ? status : 'acknowledged') : NO_REPORT;
  const { symptoms, regression, component, severity } = report;
  const summary = toSummary(view, {
    genre,
    symptoms,
    regression,
    component,
    status,
    fixedBy,
    traces,
    facts,
    people,
    embedded: embedded?.mail ?? null,
  });
  return {
    genre,
    symptoms,
    regression,
    status,
    fixedBy,
    duplicateOf,
    summary,
    classifiedBy: 'rules',
    severity,
    missing: genre === 'report' ? missing : [],
    because: [...genreBecause, ...report.because, ...statusBecause],
  };
}

interface ReportVerdict {
  readonly symptoms: readonly Symptom[];
  readonly regression: Regression | null;
  readonly component: Component;
  readonly severity: number;
  readonly because: readonly Because[];
}

const NO_REPORT: ReportVerdict = { symptoms: [], regression: null, component: null, severity: 0, because: [] };

function judgeReport(view: ThreadView, traces: readonly Trace[], status: Status): ReportVerdict {
  const opening = toOpening(view);
  if (!opening) return NO_REPORT;
  const here = new Set(view.thread.messages.map(({ message }) => message.id));
  const own = traces.filter(({ message }) => here.has(message));
  const { symptoms, because: symptomsBecause } = toSymptoms(opening, own);
  const { regression, component, because: regressionBecause } = toRegression(view);
  const { severity, because: severityBecause } = toSeverity(symptoms, { traces: own, regression, status });
  return {
    symptoms,
    regression,
    component,
    severity,
    because: [...symptomsBecause, ...regressionBecause, ...severityBecause],
  };
}
