import type { Trace } from '../../model/evidence.ts';
import type { Because, Regression, Status, Symptom } from '../../model/verdict.ts';
import { SEVERITIES } from './symptom-rules.ts';

export interface SeverityVerdict {
  /** 1 to about 120; larger is worse. */
  readonly severity: number;
  readonly because: readonly Because[];
}

/** What is settled weighs little, whatever it was. */
const SETTLED: Readonly<Partial<Record<Status, number>>> = {
  fixed: 0.2,
  duplicate: 0.2,
  'not-a-bug': 0.1,
  stale: 0.5,
  'patch-proposed': 0.8,
};

/**
 * A number that orders a digest: the worst symptom, more where the whole host goes down, where it worked before, where
 * a commit is named, and where several symptoms come together; less once it is settled.
 */
export function toSeverity(
  symptoms: readonly Symptom[],
  {
    traces,
    regression,
    status,
  }: { readonly traces: readonly Trace[]; readonly regression: Regression | null; readonly status: Status },
): SeverityVerdict {
  const reasons: { rule: string; points: number }[] = [];
  const worst = [...symptoms].sort((a, b) => SEVERITIES[b] - SEVERITIES[a])[0];
  if (worst) reasons.push({ rule: worst, points: SEVERITIES[worst] });
  if (symptoms.length > 1) reasons.push({ rule: 'several symptoms', points: 5 });
  if (
    traces.some(
      ({ project, kind }) => project === 'xen' && kind !== 'warning' && kind !== 'ubsan' && kind !== 'domain-crash',
    )
  ) {
    reasons.push({ rule: 'the hypervisor itself fails', points: 20 });
  }
  if (regression) reasons.push({ rule: 'it worked before', points: 15 });
  if (regression?.commit) reasons.push({ rule: 'the commit is named', points: 5 });
  const sum = reasons.reduce((total, { points }) => total + points, 0);
  const settled = SETTLED[status];
  const severity = Math.max(1, Math.round(sum * (settled ?? 1)));
  const because = reasons.map(({ rule, points }): Because => ({
    field: 'severity',
    rule: `${rule} (+${String(points)})`,
    where: null,
  }));
  if (settled !== undefined) because.push({ field: 'severity', rule: `${status} (×${String(settled)})`, where: null });
  return { severity, because };
}
