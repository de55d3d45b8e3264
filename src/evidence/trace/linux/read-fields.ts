/** What a report says of itself besides its frames. */
export interface Fields {
  readonly cpu: number | null;
  readonly pid: number | null;
  readonly comm: string | null;
  readonly version: string | null;
  /** Taint letters as printed, the blanks of unset ones between them; `null` for "Not tainted" and where nothing is said. */
  readonly tainted: string | null;
  readonly hardware: string | null;
}

const TAINT = String.raw`(?:Not tainted|Tainted: (?<taint>[A-Z ]{1,60}?)(?:\s|(?=\())|)`;
const RELEASE = String.raw`\(?(?<version>\d{1,3}\.\d{1,4}[\w.+~-]{0,80})`;

/**
 * Lines that carry fields, best first: the process line of every era, the headlines that name a task, and what hung
 * task and lockdep reports have in its place.
 */
const SOURCES: readonly RegExp[] = [
  new RegExp(
    String.raw`^\s{0,8}CPU: {0,4}(?<cpu>\d{1,5}) (?:UID: \d{1,10} )?PID: (?<pid>\d{1,10}) Comm: (?<comm>.{1,40}?) (?:Kdump: loaded )?${TAINT}\s{0,30}${RELEASE}`,
  ),
  new RegExp(
    String.raw`^\s{0,8}CPU: {0,4}(?<cpu>\d{1,5}) (?:UID: \d{1,10} )?PID: (?<pid>\d{1,10}) Comm: (?<comm>\S{1,40})`,
  ),
  new RegExp(String.raw`^\s{0,8}Pid: (?<pid>\d{1,10}), comm: {0,16}(?<comm>.{1,40}?) ${TAINT}\s{0,30}${RELEASE}`),
  new RegExp(String.raw`^\s{0,8}CPU: {0,4}(?<cpu>\d{1,5})\s{1,8}${TAINT}\s{0,30}${RELEASE}`),
  /^\s{0,8}CPU (?<cpu>\d{1,5}):?\s*$/,
  /WARNING: CPU: (?<cpu>\d{1,5}) PID: (?<pid>\d{1,10}) at/,
  /, CPU#(?<cpu>\d{1,5}): (?<comm>.{1,40})\/(?<pid>\d{1,10})\s*$/,
  /INFO: task (?<comm>.{1,40}):(?<pid>\d{1,10}) (?:blocked|can't)/,
  /soft lockup - CPU#(?<cpu>\d{1,5}) stuck for .{1,20} \[(?<comm>.{1,40}):(?<pid>\d{1,10})\]/,
  /multicall\(s\) failed: cpu (?<cpu>\d{1,5})/,
  /hard LOCKUP on cpu (?<cpu>\d{1,5})/,
  /scheduling while atomic: (?<comm>.{1,40})\/(?<pid>\d{1,10})\/0x/,
  /preemptible \[[0-9a-f]{1,16}\] code: (?<comm>.{1,40})\/(?<pid>\d{1,10})\s*$/,
  / on CPU#(?<cpu>\d{1,5}), (?<comm>.{1,40})\/(?<pid>\d{1,10})\s*$/,
  / by task (?<comm>.{1,40})\/(?<pid>\d{1,10})\s*$/,
  /^(?<comm>.{1,40})\/(?<pid>\d{1,10}) is (?:trying|freeing|leaving|just)/,
  new RegExp(String.raw`^\s{0,8}Tainted: (?<taint>[A-Z ]{1,60}?)\s{1,30}${RELEASE} #`),
  new RegExp(String.raw`^\s{0,8}Not tainted\s{1,30}${RELEASE} #`),
  new RegExp(
    String.raw`^\s{0,8}(?<version>\d{1,3}\.\d{1,4}[\w.+~-]{0,80}) #\d.{0,60} (?:Not tainted|Tainted: (?<taint>[A-Z ]{1,60}))`,
  ),
  /comm "(?<comm>[^"]{1,40})", pid (?<pid>\d{1,10}), jiffies/,
  /^\s{0,8}Process (?<comm>\S{1,40}) \(pid: (?<pid>\d{1,10})/,
  /^\s{0,8}Hardware name:\s{1,4}(?<hardware>.{1,200})$/,
];

const WORTH =
  /CPU|PID|[Pp]id|comm|ainted|task|Hardware|cpu|scheduling|preemptible|Process| is (?:trying|freeing|leaving|just)/;

/** Collects the fields from the lines of a report; the first source that says something wins. */
export function readFields(lines: readonly string[]): Fields {
  const found: Record<string, string | undefined> = {};
  for (const line of lines) {
    if (!WORTH.test(line)) continue;
    const text = line.slice(0, 400);
    const groups = SOURCES.map((source) => source.exec(text)?.groups).find((match) => match !== undefined);
    for (const [key, value] of Object.entries(groups ?? {})) found[key] ??= value;
  }
  const taint = found['taint']?.trim();
  return {
    cpu: toCount(found['cpu']),
    pid: toCount(found['pid']),
    comm: found['comm']?.trim() ?? null,
    version: found['version'] ?? null,
    tainted: taint === undefined || taint === '' ? null : taint,
    hardware: found['hardware']?.trim() ?? null,
  };
}

function toCount(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}
