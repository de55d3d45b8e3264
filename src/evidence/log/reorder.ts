import { addRepair } from './draft.ts';
import type { Draft } from './draft.ts';
import { looksLikeLog } from './looks-like-log.ts';

/** HTML that became text has a blank line behind every line; this many in a row are no accident. */
const MIN_ALTERNATING = 8;
/** A wrapped line has so many pieces there. */
const MAX_PIECES = 3;

/**
 * Takes out the blank lines of a stretch in which every other line is blank, and Markdown fences: neither was printed
 * by the program, and both keep wrapped lines apart.
 */
export function dropBlankLines(drafts: readonly Draft[], isLog: (draft: Draft) => boolean): Draft[] {
  const kept: Draft[] = [];
  for (let at = 0; at < drafts.length;) {
    const end = findAlternating(drafts, at, isLog);
    if (end === at) {
      const draft = drafts[at];
      at += 1;
      if (draft && !(isLog(draft) && /^\s{0,3}(?:```\w{0,12}|\{\{\{|\}\}\})\s*$/.test(draft.text))) kept.push(draft);
      continue;
    }
    for (const draft of drafts.slice(at, end)) {
      if (isBlank(draft)) continue;
      addRepair(draft, 'blank-lines');
      kept.push(draft);
    }
    at = end;
  }
  return kept;
}

/**
 * Where the stretch of text, blank, text, blank … that begins at `at` ends; `at` where there is none. Some of the lines
 * may have been wrapped: then two or three stand together.
 */
function findAlternating(drafts: readonly Draft[], at: number, isLog: (draft: Draft) => boolean): number {
  let end = at;
  let groups = 0;
  let lines = 0;
  for (;;) {
    const size = countText(drafts, end, isLog);
    const blanks = countBlanks(drafts, end + size);
    if (size === 0 || size > MAX_PIECES || blanks === 0) break;
    groups += 1;
    lines += size;
    end += size + blanks;
  }
  const isStretch = groups >= MIN_ALTERNATING && lines <= groups * 1.5;
  return isStretch && isPrinted(drafts.slice(at, end)) ? end : at;
}

/** Letters are written with a blank line behind every paragraph too: a third of the lines must look printed. */
function isPrinted(stretch: readonly Draft[]): boolean {
  const texts = stretch.filter((draft) => !isBlank(draft));
  const printed = texts.filter(({ stamp, text }) => stamp !== '' || PRINTED.test(text) || looksLikeLog(text));
  return printed.length * 3 >= texts.length;
}

/** Hex words, offsets, indented rows, `NAME: value` in capitals: what dumps are made of. */
const PRINTED = /\b[0-9a-f]{8,16}\b|0x[0-9a-f]|^ {2,}\S|^[A-Z]{2,4}\d?:/;

/** How many blank lines stand together: three, where the log itself had one. */
function countBlanks(drafts: readonly Draft[], at: number): number {
  let count = 0;
  for (let draft = drafts[at]; draft && isBlank(draft) && count < 3; draft = drafts[at + count]) count += 1;
  return count;
}

/** How many lines with text stand together; 0 where one of them is no log. */
function countText(drafts: readonly Draft[], at: number, isLog: (draft: Draft) => boolean): number {
  for (let size = 0; size <= MAX_PIECES; size += 1) {
    const draft = drafts[at + size];
    if (!draft || isBlank(draft)) return size;
    if (!isLog(draft)) return 0;
  }
  return MAX_PIECES + 1;
}

function isBlank(draft: Draft): boolean {
  return draft.stamp === '' && draft.text.trim() === '';
}

/**
 * Turns a log round that was pasted newest first (`journalctl -r`): an end-of-trace line stands before the call trace
 * that it ends, and the stamps fall.
 */
export function reverseJournal(drafts: Draft[]): Draft[] {
  const ends = drafts.some((draft) => draft.text.startsWith('---[ end trace'));
  if (!ends) return drafts;
  const stamped = drafts.filter((draft) => draft.stamp !== '');
  const end = stamped.findIndex((draft) => draft.text.startsWith('---[ end trace'));
  const trace = stamped.findIndex((draft) => /^\s{0,4}Call [Tt]race:/.test(draft.text));
  const cut = stamped.findIndex((draft) => draft.text.includes('[ cut here ]'));
  const backwards = stamped.length >= 8 && end >= 0 && trace > end && (cut < 0 || cut > trace);
  if (!backwards || !stampsFall(stamped)) return drafts;
  let left = stamped.length;
  return drafts.map((draft) => {
    if (draft.stamp === '') return draft;
    left -= 1;
    const next = stamped[left] ?? draft;
    addRepair(next, 'reverse');
    return next;
  });
}

function stampsFall(stamped: readonly Draft[]): boolean {
  let rises = 0;
  let before = Number.POSITIVE_INFINITY;
  for (const { seconds } of stamped) {
    if (seconds === null) continue;
    if (seconds > before) rises += 1;
    before = seconds;
  }
  return rises <= stamped.length / 50;
}
