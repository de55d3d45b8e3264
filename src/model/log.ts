/** Who printed a line of a log. */
export type Console = 'xen' | 'linux' | 'guest' | 'user';

/** The rows of the repair table: which damage of the mail was undone on a line. */
export type Repair =
  | 'spaces'
  | 'unflow'
  | 'unquote'
  | 'stamp'
  | 'split'
  | 'join'
  | 'unwrap-quote'
  | 'reverse'
  | 'dash-escape'
  | 'fence'
  | 'blank-lines';

/**
 * One logical line of a log, after repair.
 *
 * `text` is what the program printed: without quote marks, syslog and serial stamps, console prefixes, and with
 * wrapped pieces joined again. `first` and `last` point back into the decoded text of the part.
 */
export interface LogLine {
  readonly text: string;
  /** 1-based numbers of the first and last line of the part that this line was made of. */
  readonly first: number;
  readonly last: number;
  /** Quote depth of the first of them. */
  readonly depth: number;
  /** `xen` for `(XEN) `, `guest` for `(d1) `, `linux` for kernel stamps or syslog's `kernel:`; `null` unknown. */
  readonly console: Console | null;
  /** The domain number of a `(dN)` prefix. */
  readonly domain: number | null;
  /** The printk context (`T123`, `C0`), where CONFIG_PRINTK_CALLER prints it. */
  readonly caller: string | null;
  /** Seconds since boot of a `[   12.345678]` stamp, or `null`. */
  readonly seconds: number | null;
  readonly repairs: readonly Repair[];
}
