import type { VersionMention } from './find-versions.ts';

/** What a sentence claims, before it is known where the sentence stands. */
export interface BareClaim {
  readonly rule: string;
  readonly good: VersionMention | null;
  readonly bad: VersionMention | null;
  readonly denied: boolean;
  readonly at: number;
}
