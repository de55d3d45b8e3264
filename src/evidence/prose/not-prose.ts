import type { Line } from '../../model/message.ts';

/** Console prefixes, stamps, frames, hex words, register dumps and compiler output: printed, not written. */
const PRINTED =
  /^(?:\((?:XEN|d\d+)\)|# (?:good|bad|skip): \[|git bisect (?:start|good|bad|skip|log|run|reset)\b|\[ ?\d+\.\d+\]|\[<|<\d>|#\d+ +0x|[A-Z][a-z]{2} \d+ \d\d:\d\d:\d\d |Call Trace:|Code: |Modules linked in|R[A-Z0-9]{2}: |[A-Z0-9]{2,3}: ?[0-9a-f]{8}|CPU: \d|---\[ |libxl: |xc: |make(?:\[\d+\])?: |ld: |\/bin\/ld: |collect2: |gcc: |cc1: |[\w./+-]+:(?:\d+:(?:\d+:)?|\(\.\w+\+0x) |[\w./+-]+: [Ii]n function )/;
const FRAME = /\+0x[0-9a-f]+(?:\/0x[0-9a-f]+)?/;

/** Whether a folded line looks like a program's output. */
export function isLogLine(text: string): boolean {
  const first = text.charCodeAt(0);
  // A sentence begins with a letter, and nearly never with a console's marks: the costly tests come second.
  if ((first >= 97 && first <= 122 && !text.includes(':') && !text.includes('0x')) || first === 73) return false;
  return PRINTED.test(text) || FRAME.test(text);
}

const BUILD_ERROR =
  /^\S{1,200}\.(?:[chsS]|cc|cpp|hpp|ml|mli|go|rs|py|y|l)(?:pp)?:\d+(?::\d+)?: (?:fatal )?(?:error|warning): |\bundefined reference to\b|^(?:g?make)(?:\[\d+\])?: \*\*\* |\bld returned \d|^collect2: error|^(?:\/\S+\/)?ld: \S+: (?:in function|undefined)|\[-W[\w=-]+\]$|^(?:ERROR|WARNING): modpost: /;

/** Whether a folded line is what a compiler, a linker or make prints when it fails or complains. */
export function isBuildError(text: string): boolean {
  return (
    (text.includes('error') ||
      text.includes('***') ||
      text.includes('undefined') ||
      text.includes('warning: ') ||
      text.includes(' returned ')) &&
    BUILD_ERROR.test(text)
  );
}

const TAG = /^(?:[A-Z][a-z]+(?:-[A-Za-z]+)*-by|Fixes|Closes|Link|Resolves|Cc|Backport|Message-Id|Amends): ?\S/;

/** Whether a folded line is a tag of a patch, or is written like one. */
export function isTag(text: string): boolean {
  const first = text.charCodeAt(0);
  return first >= 65 && first <= 90 && TAG.test(text);
}

const DIFF_HEAD = /^(?:diff -|Index: \S|--- (?:a\/|\S+\.orig)|@@ -\d)/;
const DIFF_BODY =
  /^(?:[ +\-@\\\t]|$|diff -|index |new file|deleted file|similarity|rename |old mode|new mode|Binary files|GIT binary|copy )/;

/** Says of line after line whether it belongs to a diff. A diff ends at the first line that cannot be one, or is quoted otherwise. */
export class DiffWatch {
  /** Whether the last line that was asked about began a diff. */
  began = false;
  #depth = -1;

  isDiff(line: Line, next: Line | undefined): boolean {
    this.began = false;
    const { text, depth } = line;
    if (this.#depth === depth && DIFF_BODY.test(text) && text !== '-- ') return true;
    const first = text.charCodeAt(0);
    const may = first === 100 || first === 73 || first === 45 || first === 64;
    if (may && (DIFF_HEAD.test(text) || (text.startsWith('--- ') && (next?.text.startsWith('+++ ') ?? false)))) {
      this.began = this.#depth !== depth;
      this.#depth = depth;
      return true;
    }
    if (text !== '') this.#depth = -1;
    return false;
  }
}
