import type { Line, MessageId, Part } from './message.ts';
import type { LogLine } from './log.ts';

/** Where a fact stands: nothing is claimed that cannot be shown. */
export interface Provenance {
  readonly message: MessageId;
  readonly part: string;
  /** 1-based, in the decoded text of that part. */
  readonly line: number;
  /** Verbatim, without quote marks; white space folded. */
  readonly quote: string;
  /** Quote depth of the line: 0 for the author's own words. */
  readonly depth: number;
}

/** A part with its lines, and with its repaired log where it holds anything that looks like one (else `[]`). */
export interface ReadPart {
  readonly part: Part;
  readonly lines: readonly Line[];
  readonly log: readonly LogLine[];
}

export const PROJECTS = ['linux', 'xen', 'qemu', 'userspace'] as const;
export type Project = (typeof PROJECTS)[number];

export const TRACE_KINDS = [
  'oops',
  'page-fault',
  'general-protection',
  'bug',
  'warning',
  'panic',
  'hung-task',
  'soft-lockup',
  'hard-lockup',
  'rcu-stall',
  'lockdep',
  'kasan',
  'kmsan',
  'kcsan',
  'ubsan',
  'stack-dump',
  'multicall',
  'assertion',
  'fatal-trap',
  'domain-crash',
  'backtrace',
  'exception',
  'other',
] as const;
export type TraceKind = (typeof TRACE_KINDS)[number];

/** One printed line of a call trace. */
export interface Frame {
  readonly function: string;
  readonly offset: number | null;
  readonly size: number | null;
  readonly address: string | null;
  readonly module: string | null;
  /** False where the log marks it with `?` (Xen: where it is not marked R or F, in a dump that marks at all). */
  readonly reliable: boolean;
  /** `file.c:123`, or a file alone, where the log gives it. */
  readonly location: string | null;
}

/** What the log means, for a reader who does not know the numbers by heart. */
export interface Note {
  readonly text: string;
  /** 1-based, in the decoded text of the part. */
  readonly line: number;
}

/** Why a trace is not whole. */
export type Damage = 'no-frames' | 'cut-short' | 'starts-late' | 'interleaved';

/** A trace before it is known which mail it stands in. */
export interface BareTrace {
  readonly lines: readonly [number, number];
  readonly depth: number;
  readonly project: Project;
  readonly kind: TraceKind;
  readonly title: string;
  /** Other titles that syzkaller would accept for the same crash. */
  readonly otherTitles: readonly string[];
  readonly headline: string;
  readonly cpu: number | null;
  readonly pid: number | null;
  readonly comm: string | null;
  readonly version: string | null;
  readonly tainted: string | null;
  /** Hardware name line, where the dump has one. */
  readonly hardware: string | null;
  readonly frames: readonly Frame[];
  /** The function that the crash is about: not the reporting machinery. `null` where nothing informative is left. */
  readonly culprit: string | null;
  /** The source file that the report itself names (`BUG at FILE:LINE`), without the line; else `null`. */
  readonly file: string | null;
  readonly fingerprint: string;
  readonly notes: readonly Note[];
  readonly damage: Damage | null;
}

export interface Trace extends BareTrace {
  readonly message: MessageId;
  readonly part: string;
}

export const ENVIRONMENT_KEYS = [
  'xen-version',
  'kernel-version',
  'qemu-version',
  'libvirt-version',
  'distribution',
  'hardware',
  'cpu',
  'firmware',
  'architecture',
  'guest-type',
  'toolstack',
  'xen-command-line',
  'kernel-command-line',
  'config',
  'commit',
  'compiler',
  'reproducibility',
  'workaround',
  'other',
] as const;
export type EnvironmentKey = (typeof ENVIRONMENT_KEYS)[number];
export type Role = 'host' | 'dom0' | 'domU' | 'guest' | null;

/** What the reporter runs, or says about how to see the bug or get around it. */
export interface Fact extends Provenance {
  readonly key: EnvironmentKey;
  readonly value: string;
  readonly role: Role;
}

/** Somebody whom a mail says it brings in. `address` is `null` until the thread or a table knows it. */
export interface Asked extends Provenance {
  readonly name: string;
  readonly address: string | null;
}

/** Which program a version belongs to: Xen 4.19 is not Linux 4.19. */
export type Component = 'xen' | 'linux' | 'qemu' | 'libvirt' | 'firmware' | null;

/** Somebody says that it worked before, or since when it fails. */
export interface RegressionClaim extends Provenance {
  readonly component: Component;
  /** Versions as written, without a leading `v`. */
  readonly lastGood: string | null;
  readonly firstBad: string | null;
  readonly commit: string | null;
  /** True for "this is not a regression". */
  readonly denied: boolean;
  /** Which rule read it, for --explain and for choosing between claims. */
  readonly rule: string;
}

/** What a mail says or holds that a verdict may build on: the name of the rule that matched, and where. */
export interface Signal extends Provenance {
  readonly name: string;
  /** A commit, a version, a link, a word: what the rule caught, or `null`. */
  readonly value: string | null;
}

/** A source file, function, commit or subsystem named in prose. */
export interface Mention extends Provenance {
  readonly kind: 'file' | 'function' | 'commit' | 'module' | 'link';
  readonly value: string;
}

/** All that one mail says, with where it says it. It depends on that mail alone. */
export interface Evidence {
  /** The version of the extractor that made it: another version makes it anew. */
  readonly version: string;
  readonly message: MessageId;
  readonly traces: readonly Trace[];
  readonly facts: readonly Fact[];
  readonly asked: readonly Asked[];
  readonly regressions: readonly RegressionClaim[];
  readonly signals: readonly Signal[];
  readonly mentions: readonly Mention[];
  /** Lines that look like frames where no trace was found: format drift is counted, not hidden. */
  readonly nearMisses: number;
}
