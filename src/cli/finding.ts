/** One thing that was looked at. `absent` is no fault: it was not asked for. */
export interface Finding {
  readonly what: string;
  readonly state: 'good' | 'absent' | 'bad';
  readonly text: string;
  /** What it is about, one by one, where somebody may want to look. */
  readonly details?: readonly string[];
}
