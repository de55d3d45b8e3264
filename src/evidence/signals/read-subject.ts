/** What a subject says about its mail; after the grammar of `domain.md` 2.2. */
export interface Subject {
  /** Without reply marks, list tags and brackets. */
  readonly rest: string;
  /** Words in square brackets at the front, without list tags. */
  readonly brackets: readonly string[];
  readonly reply: boolean;
  readonly forward: boolean;
  /** Set where a bracket says that the mail is a patch, or a piece of a series. */
  readonly patch: { readonly version: number; readonly number: number | null; readonly total: number | null } | null;
}

const LIST_TAGS =
  /^(?:xen-(?:devel|users|announce|ia64-devel)|minios-devel|pv-drivers|oss-security|external(?: ?e?mail)?|ext|dm-devel|intel-gfx|linux-stable|qemu-devel|edk2-devel|mirageos-devel|confidential|caution|eem|non-nokia source|ext\. e-?mail)$/i;
const REPLY = /^(?:re|aw|antw|sv|ref|odp|vs|回复|答复)(?:\[\d+\])? ?[:：] ?/i;
const FORWARD = /^(?:fwd?|wg|tr|rv|enc) ?: ?/i;
const BRACKET = /^\[(?<text>[^\]]{1,80})\] ?/;
const PATCH_WORD = /(?:^|[^a-z])patch(?:es)?(?:$|[^a-z])|^tip: |^patch$/i;
const SERIES = /(?:^|\s)0*(?<number>\d{1,3})\/0*(?<total>\d{1,3})$/;
const VERSION = /(?:^|[^a-z])v ?(?<version>\d{1,3})(?:$|[^\w.])/i;

/** Takes a subject apart. Anything goes in; nothing fails. */
export function readSubject(subject: string): Subject {
  let rest = subject.slice(0, 1000).trim();
  let reply = false;
  let forward = false;
  const brackets: string[] = [];
  for (let turn = 0; turn < 20; turn += 1) {
    const mark = REPLY.exec(rest) ?? FORWARD.exec(rest);
    const bracket = mark ? null : BRACKET.exec(rest);
    if (mark) {
      if (REPLY.test(rest)) reply = true;
      else forward = true;
      rest = rest.slice(mark[0].length);
    } else if (bracket) {
      const text = (bracket.groups?.['text'] ?? '').trim();
      if (!LIST_TAGS.test(text)) brackets.push(text);
      rest = rest.slice(bracket[0].length);
    } else break;
  }
  return { rest: rest.trim(), brackets, reply, forward, patch: toPatch(brackets, rest) };
}

function toPatch(brackets: readonly string[], rest: string): Subject['patch'] {
  const unclosed = /^PATCH(?: v\d+)?(?: \d+\/\d+)?[: ]/.test(rest);
  // QEMU's maintainers number the pieces of a pull request as those of a series.
  if (brackets.some((text) => /\bPULL\b/i.test(text) && !/\bPATCH\b/i.test(text))) return null;
  if (!unclosed && !brackets.some((text) => PATCH_WORD.test(text) || (SERIES.test(text) && !/\d{4}|test/.test(text))))
    return null;
  const all = brackets.join(' ');
  const series = brackets.map((text) => SERIES.exec(text)?.groups).find((groups) => groups !== undefined);
  const version = VERSION.exec(all)?.groups?.['version'];
  return {
    version: version === undefined ? 1 : Number(version),
    number: series?.['number'] === undefined ? null : Number(series['number']),
    total: series?.['total'] === undefined ? null : Number(series['total']),
  };
}
