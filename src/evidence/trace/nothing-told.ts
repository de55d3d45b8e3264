import type { BareTrace } from '../../model/evidence.ts';

/** The fields of a trace that a log without processor, process and call trace leaves empty; spread first. */
export const NOTHING_TOLD = {
  otherTitles: [],
  cpu: null,
  pid: null,
  comm: null,
  version: null,
  tainted: null,
  hardware: null,
  frames: [],
  culprit: null,
  file: null,
  notes: [],
  damage: null,
} as const satisfies Partial<BareTrace>;
