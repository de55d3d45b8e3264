import type { BareTrace, Damage, TraceKind } from '../../../model/evidence.ts';
import type { LogLine } from '../../../model/log.ts';
import { toFingerprint } from '../fingerprint.ts';
import { isMachinery, toPlainName } from '../machinery.ts';
import { contextOf } from './collect-report.ts';
import type { Report } from './collect-report.ts';
import type { Headline } from './headers.ts';
import { readFields } from './read-fields.ts';
import { findMainStack, readStacks } from './read-stacks.ts';
import type { Stack } from './read-stacks.ts';
import { readTitle } from './read-title.ts';
import type { Title } from './read-title.ts';
import { toTitleLines } from './to-title-lines.ts';
import { CALL_TRACE, RIP } from './title-rule.ts';

/** A report and where it stands. */
export interface Place {
  readonly at: number;
  /** Lines before this one belong to an earlier trace. */
  readonly free: number;
  readonly headline: Headline;
  readonly report: Report;
}

/** Lines that a kernel prints just before the headline and that belong to it. */
const LEAD =
  /\[ cut here \]|^={20,}|^refcount_t:|^list_(?:add|del) corruption|^usercopy:|^ODEBUG:|^kasan:|^kernel tried to execute|^Bad mode in|^page dumped because|^page:|^flags:|^raw:|^-{20,}|^\s*$|^BUG: memory leak/;
const MAX_LEAD = 8;

/** The trace of a report, or `null` where nothing but a headline in prose was found. */
export function toTrace(stream: readonly LogLine[], place: Place): BareTrace | null {
  const first = stream[place.at];
  if (!first) return null;
  const { lines } = place.report;
  const { header } = place.headline;
  const stacks = readStacks(lines);
  const title = readTitle(header, toTitleLines(stream, place.at), findStandIns(stacks[0]));
  const main = findMainStack(stacks, title.kind);
  if (!isEvident(first, lines, title, main)) return null;
  const frames = main?.frames ?? [];
  const reliable = frames.filter((frame) => frame.reliable);
  const functions = (reliable.length > 0 ? reliable : frames).map((frame) => frame.function);
  const kind = toKind(title.kind, first.text);
  const culprit = toCulprit(title, kind, functions) ?? findCaller(lines);
  const named = nameMulticall(title, kind, culprit);
  const file = readFile(first.text);
  return {
    lines: [findStart(stream, place), lines.at(-1)?.last ?? first.last],
    depth: first.depth,
    project: 'linux',
    kind,
    title: named.title,
    otherTitles: named.otherTitles,
    headline: toHeadline(first.text, lines),
    ...readFields(lines.map((line) => line.text)),
    frames,
    culprit,
    file,
    fingerprint: toFingerprint({ project: 'linux', kind, title: named.title, file, functions }),
    notes: [],
    damage: toDamage(place.report, title, frames.length),
  };
}

/** A long stack that the log doubts as a whole, or one without a marker (arm before 5.16), names somebody all the same. */
const LONG = 12;

function findStandIns(stack: Stack | undefined): readonly string[] {
  const frames = stack?.frames ?? [];
  const doubted = frames.filter((frame) => !frame.reliable).length;
  const usable =
    (doubted === frames.length && frames.length >= LONG) || (doubted === 0 && !CALL_TRACE.test(stack?.marker ?? ''));
  return usable ? frames.map((frame) => frame.function) : [];
}

/** A headline alone is a report only where a kernel's stamp proves it, or where it cannot be anything else. */
function isEvident(first: LogLine, lines: readonly LogLine[], title: Title, main: Stack | null): boolean {
  if (main !== null) return true;
  const stamped = first.seconds !== null || first.console !== null;
  if (!title.known) return stamped && /^\s{0,4}BUG: \S/.test(first.text);
  if (stamped) return true;
  const text = lines.slice(0, 40).map((line) => line.text);
  return (
    text.some(
      (line) => RIP.test(line) || /^\s{0,8}CPU: \d{1,5} .{0,30}PID: \d|^\s{0,8}Code: [0-9a-f]{2} /.test(line),
    ) || isUnmistakable(first.text)
  );
}

/** Headlines that nobody writes in prose: they count without any evidence below them. */
export function isUnmistakable(text: string): boolean {
  return /^\s{0,4}(?:Kernel panic - not syncing: \S|kernel BUG at \S{1,200}:\d{1,6}!\s*$|(?:NMI )?watchdog: BUG: soft lockup - CPU#\d|INFO: task \S{1,40}:\d{1,9} blocked for more|VFS: (?:Busy inodes after|Close: file count))/.test(
    text,
  );
}

function toKind(kind: TraceKind, headline: string): TraceKind {
  return kind === 'warning' && headline.includes('arch/x86/xen/multicalls.c') ? 'multicall' : kind;
}

function toCulprit(title: Title, kind: TraceKind, functions: readonly string[]): string | null {
  const informative = functions.map(toPlainName).filter((name) => !isMachinery(name));
  if (kind === 'multicall') return informative.find((name) => !/^(?:__)?xen_mc_|^xen_multicall/.test(name)) ?? null;
  return title.culprit ?? informative[0] ?? null;
}

/** Kernels since 6.11 say of each failed call who made it, whether a stack was printed or not. */
function findCaller(lines: readonly LogLine[]): string | null {
  for (const { text } of lines.slice(0, 40)) {
    const caller = /^\s{0,8}call {1,3}\d{1,4}: op=\d.{0,80} caller=(?<name>[\w.]{1,200})\+0x/.exec(text)?.groups?.[
      'name'
    ];
    if (caller !== undefined) return toPlainName(caller);
  }
  return null;
}

/** A failed multicall is titled by who made the call: the flush that notices it is the same for all of them. */
function nameMulticall(title: Title, kind: TraceKind, culprit: string | null): Pick<Title, 'title' | 'otherTitles'> {
  if (kind !== 'multicall') return title;
  const name = culprit === null ? 'multicall failed' : `multicall failed in ${culprit}`;
  return { title: name, otherTitles: [title.title, ...title.otherTitles].filter((other) => other !== name) };
}

function toHeadline(text: string, lines: readonly LogLine[]): string {
  const leaked = text.includes('BUG: memory leak') ? lines[1]?.text.trim() : undefined;
  return leaked?.startsWith('unreferenced object') === true ? leaked : text.trim();
}

function readFile(text: string): string | null {
  const match = /(?:\bat|\bin|WARNING:) (?<file>[\w./+-]{1,200}\.[chS]):\d/.exec(text.slice(0, 500));
  return match?.groups?.['file'] ?? null;
}

function findStart(stream: readonly LogLine[], place: Place): number {
  const first = stream[place.at];
  let start = first?.first ?? 1;
  for (let at = place.at - 1; at >= place.free && place.at - at <= MAX_LEAD; at -= 1) {
    const line = stream[at];
    if (!line || !first || line.depth !== first.depth || contextOf(line) !== contextOf(first)) break;
    if (!LEAD.test(line.text)) break;
    if (line.text.trim() !== '') start = line.first;
  }
  return start;
}

function toDamage(report: Report, title: Title, frames: number): Damage | null {
  if (frames === 0) return title.quiet ? null : 'no-frames';
  if (report.snipped) return 'cut-short';
  if (title.damaged && title.title.startsWith('kernel panic:')) return 'starts-late';
  return report.interleaved ? 'interleaved' : null;
}
