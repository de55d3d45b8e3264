import type { MessageId } from './message.ts';
import type { Provenance } from './evidence.ts';

export const GENRES = [
  'report',
  'patch',
  'pull-request',
  'question',
  'ci',
  'announcement',
  'discussion',
  'security',
  'spam',
] as const;
export type Genre = (typeof GENRES)[number];

export const SYMPTOMS = [
  'crash',
  'warning',
  'hang',
  'boot-failure',
  'build-failure',
  'performance',
  'data-loss',
  'misbehaviour',
] as const;
export type Symptom = (typeof SYMPTOMS)[number];

export const STATUSES = [
  'new',
  'acknowledged',
  'needs-info',
  'patch-proposed',
  'fixed',
  'duplicate',
  'not-a-bug',
  'stale',
] as const;
export type Status = (typeof STATUSES)[number];

export interface Regression {
  readonly lastGood: string | null;
  readonly firstBad: string | null;
  readonly commit: string | null;
}

/** Why something was said: which rule, about which field, from which words. */
export interface Because {
  readonly field: 'genre' | 'symptoms' | 'regression' | 'status' | 'severity' | 'missing';
  readonly rule: string;
  readonly where: Provenance | null;
}

/** What heddle makes of a thread. */
export interface Verdict {
  readonly genre: Genre;
  readonly symptoms: readonly Symptom[];
  readonly regression: Regression | null;
  readonly status: Status;
  readonly fixedBy: string | null;
  readonly duplicateOf: MessageId | null;
  readonly summary: string;
  /** `rules`, or the name of the model. */
  readonly classifiedBy: string;
  /** Orders a digest: larger is worse; 0 for what is no report. */
  readonly severity: number;
  /** What a maintainer would ask for and the thread does not say, in words. */
  readonly missing: readonly string[];
  readonly because: readonly Because[];
}
