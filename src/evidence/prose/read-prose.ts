import type { Line } from '../../model/message.ts';
import type { ReadPart } from '../../model/evidence.ts';
import { DiffWatch, isBuildError, isLogLine, isTag } from './not-prose.ts';
import { markForwards } from './mark-forwards.ts';

/** One sentence of prose, joined over the lines that it was wrapped on. */
export interface Sentence {
  /** White space folded, without quote marks. */
  readonly text: string;
  /** 0 for the author's own words; text below a forwarded header block counts as quoted. */
  readonly depth: number;
  /** Where in `text` each line begins, with its number in the part. */
  readonly starts: readonly { readonly offset: number; readonly line: number }[];
}

/** A line that carries a tag (`Fixes: …`, `Tested-by: …`) rather than prose. */
export interface TagLine {
  readonly text: string;
  readonly depth: number;
  readonly line: number;
}

/** What a part says in words. */
export interface Prose {
  readonly sentences: readonly Sentence[];
  readonly tags: readonly TagLine[];
  /** First line of a diff, with its quote depth, in order. */
  readonly diffs: readonly TagLine[];
  /** How many of the author's own lines look printed by a program. */
  readonly logLines: number;
  /** Lines in which a compiler, a linker or make says that it failed; the first few. */
  readonly buildErrors: readonly TagLine[];
}

const MAX_LINE = 1000;
const MAX_PARAGRAPH = 6000;
/** Lines of a mail that are looked at: no letter is longer, only pasted logs are. */
const MAX_LINES = 20_000;
const MAX_ERRORS = 3;
const BULLET = /^(?:[-*•o] |\d{1,2}[.)] |\(\w\) )/;
/** A line of nothing but marks: it parts what stands above from what stands below. */
const RULER = /^[-=*_~#+.]{2,}$/;
const FOOTER = /^_{20,}$/;
const SENTENCE_END = /[.!?]["')\]]{0,2}\s+(?=\S)/g;
const ABBREVIATION = /(?:\b(?:e\.g|i\.e|vs|etc|cf|approx|resp|incl|no|c\.f|aka|ver|rev)|\.)$/i;
const ATTRIBUTION = /(?:wrote|writes|schrieb|schreef|écrit|escreveu|ha scritto|skrev)\b.{0,40}:$/;

const known = new WeakMap<ReadPart, Prose>();

/**
 * The prose of a part: no logs, diffs, signatures, list footers or attribution lines.
 * Paragraphs are joined before they are cut into sentences, for phrases are wrapped anywhere. Read once a part.
 */
export function readProse(part: ReadPart): Prose {
  const before = known.get(part);
  if (before) return before;
  const prose = toProse(part.lines);
  known.set(part, prose);
  return prose;
}

/** As {@link readProse}, of bare lines. */
export function toProse(all: readonly Line[]): Prose {
  const reader = new ProseReader();
  const lines = markForwards(all.length > MAX_LINES ? all.slice(0, MAX_LINES) : all);
  const signature = findSignature(lines);
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i];
    if (!line) break;
    if (line.depth === 0 && (i >= signature || FOOTER.test(line.text))) {
      reader.endParagraph();
      if (i >= signature) continue;
      break;
    }
    reader.read(line, lines[i + 1]);
  }
  reader.endParagraph();
  return reader.done();
}

/** Index of the signature's mark (`-- `), where it stands near the end of the author's own text; else Infinity. */
function findSignature(lines: readonly Line[]): number {
  let own = 0;
  for (let i = lines.length - 1; i >= 0 && own < 25; i -= 1) {
    const line = lines[i];
    if (!line || line.depth > 0 || line.text === '') continue;
    // With nothing above it the mark is an ornament, and the letter stands below.
    if (line.text === '-- ' || line.text === '--')
      return lines.slice(0, i).some(({ text }) => text.trim() !== '') ? i : Infinity;
    own += 1;
  }
  return Infinity;
}

class ProseReader {
  readonly #sentences: Sentence[] = [];
  readonly #tags: TagLine[] = [];
  readonly #diffs: TagLine[] = [];
  readonly #watch = new DiffWatch();
  readonly #buildErrors: TagLine[] = [];
  #logLines = 0;
  #text = '';
  #depth = 0;
  #starts: { offset: number; line: number }[] = [];

  read(line: Line, next: Line | undefined): void {
    const text = fold(line.text.length > MAX_LINE ? line.text.slice(0, MAX_LINE) : line.text);
    if (this.#watch.isDiff(line, next)) {
      if (this.#watch.began) this.#diffs.push({ text, depth: line.depth, line: line.number });
      this.endParagraph();
      return;
    }
    if (text === '' || RULER.test(text)) {
      this.endParagraph();
      return;
    }
    if (isLogLine(text)) {
      this.#readPrinted(text, line);
      return;
    }
    if (isTag(text)) {
      this.endParagraph();
      this.#tags.push({ text, depth: line.depth, line: line.number });
      return;
    }
    if (ATTRIBUTION.test(text) && text.length < 200) {
      this.endParagraph();
      return;
    }
    this.#add(text, line);
  }

  #readPrinted(text: string, line: Line): void {
    this.endParagraph();
    if (line.depth === 0) this.#logLines += 1;
    if (this.#buildErrors.length < MAX_ERRORS && isBuildError(text)) {
      this.#buildErrors.push({ text, depth: line.depth, line: line.number });
    }
  }

  #add(text: string, line: Line): void {
    if (line.depth !== this.#depth || BULLET.test(text) || this.#text.length > MAX_PARAGRAPH) this.endParagraph();
    this.#depth = line.depth;
    if (this.#text !== '') this.#text += ' ';
    this.#starts.push({ offset: this.#text.length, line: line.number });
    this.#text += text;
  }

  endParagraph(): void {
    if (this.#text === '') return;
    for (const [from, to] of cutSentences(this.#text)) {
      this.#sentences.push({
        text: this.#text.slice(from, to),
        depth: this.#depth,
        starts: startsWithin(this.#starts, from, to),
      });
    }
    this.#text = '';
    this.#starts = [];
  }

  done(): Prose {
    return {
      sentences: this.#sentences,
      tags: this.#tags,
      diffs: this.#diffs,
      logLines: this.#logLines,
      buildErrors: this.#buildErrors,
    };
  }
}

function fold(text: string): string {
  return /[^\S ]| {2}|^ | $/.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
}

function cutSentences(text: string): [number, number][] {
  const cuts: [number, number][] = [];
  let from = 0;
  for (const end of text.matchAll(SENTENCE_END)) {
    if (ABBREVIATION.test(text.slice(Math.max(0, end.index - 7), end.index))) continue;
    const to = end.index + end[0].trimEnd().length;
    cuts.push([from, to]);
    from = end.index + end[0].length;
  }
  if (from < text.length) cuts.push([from, text.length]);
  return cuts;
}

function startsWithin(
  starts: readonly { offset: number; line: number }[],
  from: number,
  to: number,
): { offset: number; line: number }[] {
  const within: { offset: number; line: number }[] = [];
  for (const start of starts) {
    if (start.offset >= to) break;
    if (start.offset <= from) within.length = 0;
    within.push({ offset: Math.max(0, start.offset - from), line: start.line });
  }
  return within;
}

/** The number of the line on which a position of a sentence stands. */
export function toLineNumber(sentence: Sentence, position: number): number {
  let line = sentence.starts[0]?.line ?? 1;
  for (const start of sentence.starts) {
    if (start.offset > position) break;
    line = start.line;
  }
  return line;
}
