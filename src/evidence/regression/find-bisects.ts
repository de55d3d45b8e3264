import type { Message } from '../../model/message.ts';
import type { ReadPart, RegressionClaim } from '../../model/evidence.ts';
import { findVersions } from './find-versions.ts';

/** Printed forms of a bisection's result; groups `sha`, and `good`/`bad` for the ends that it began with. */
const FORMS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'bisect-result', pattern: /^\W{0,4}(?:commit )?(?<sha>[0-9a-f]{7,40})\b.{0,3}is the first bad commit/i },
  { name: 'bisect-result', pattern: /first bad commit(?: is| was|:| =)?:? ?(?:commit )?\[?(?<sha>[0-9a-f]{7,40})\b/i },
  { name: 'bisect-result', pattern: /^\W{0,4}commit (?<sha>[0-9a-f]{7,40}) \((?:refs\/)?bisect\/bad\)/i },
  { name: 'osstest-bisect', pattern: /^\W{0,4}Bug introduced: {1,4}(?<sha>[0-9a-f]{7,40})/ },
  { name: 'regzbot', pattern: /^\W{0,3}#regzbot \^?introduced:? {0,4}(?<value>\S{3,120})/i },
];
const LOG_END = /^\W{0,4}# (?<which>good|bad): \[(?<sha>[0-9a-f]{7,40})\] (?<subject>.{1,80})/;
/** One of these must be in the text; looked for as plain strings, since nearly all mails have none. */
const CUES = ['bisect', 'Bisect', 'BISECT', 'first bad commit', 'First bad commit', 'Bug introduced', 'regzbot'];
const MAX_LINE = 300;
const SHA = /^[0-9a-f]{7,40}$/;

/** Results of a bisection as programs print them, `#regzbot introduced:`, and the ends of a `git bisect log`. */
export function findBisects(message: Message, part: ReadPart): RegressionClaim[] {
  if (!CUES.some((cue) => part.part.text.includes(cue))) return [];
  const claims: RegressionClaim[] = [];
  const { good, bad } = readEnds(part);
  for (const { text: whole, number, depth } of part.lines) {
    const text = whole.length > MAX_LINE ? whole.slice(0, MAX_LINE) : whole;
    const form = readForm(text);
    if (!form) continue;
    const quote = text.trim().replace(/\s+/g, ' ');
    const where = { message: message.id, part: part.part.name, line: number, quote, depth };
    claims.push({ ...where, component: null, denied: false, rule: form.name, ...toEnds(form.groups, good, bad) });
  }
  return claims;
}

/** The ends that a log of a bisection began with, wherever in the mail it stands. */
function readEnds({ lines }: ReadPart): { readonly good: string | null; readonly bad: string | null } {
  const ends: Record<string, string | null> = {};
  for (const { text } of lines) {
    const { which, subject } = (text.includes('# ') ? LOG_END.exec(text.slice(0, MAX_LINE))?.groups : undefined) ?? {};
    if (which !== undefined) ends[which] ??= toRelease(subject ?? '');
  }
  return { good: ends['good'] ?? null, bad: ends['bad'] ?? null };
}

function readForm(text: string): { readonly name: string; readonly groups: Record<string, string> } | null {
  for (const { name, pattern } of FORMS) {
    const groups = pattern.exec(text)?.groups;
    if (groups) return { name, groups };
  }
  return null;
}

function toEnds(
  groups: Record<string, string | undefined>,
  good: string | null,
  bad: string | null,
): Pick<RegressionClaim, 'lastGood' | 'firstBad' | 'commit'> {
  const value = groups['value'];
  if (value === undefined) return { lastGood: good, firstBad: bad, commit: groups['sha'] ?? null };
  const [from, to] = value.split(/\.{2,3}/);
  if (to !== undefined && from !== undefined) return { lastGood: toEnd(from), firstBad: toEnd(to), commit: null };
  return SHA.test(value)
    ? { lastGood: null, firstBad: null, commit: value }
    : { lastGood: null, firstBad: toEnd(value), commit: null };
}

function toEnd(text: string): string | null {
  const bare = text.replace(/^v(?=\d)/, '').replace(/[,;.]+$/, '');
  return bare === '' || bare === '^' ? null : bare;
}

/** `Linux 5.9-rc1` → `5.9-rc1`: ends of a log that are releases; other commits say nothing to a reader. */
function toRelease(subject: string): string | null {
  if (!/^(?:Linux|Xen|QEMU|Update (?:Xen|QEMU|version)|Release)\b/i.test(subject)) return null;
  const version = findVersions(subject)[0]?.version ?? null;
  return version !== null && /-g[0-9a-f]{7}/.test(version) ? null : version;
}
