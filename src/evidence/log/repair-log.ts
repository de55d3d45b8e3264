import type { LogLine } from '../../model/log.ts';
import { toLines } from '../../model/message.ts';
import type { Part } from '../../model/message.ts';
import { addRepair, toDraft, toLogLine } from './draft.ts';
import type { Draft } from './draft.ts';
import { joinPrefixes } from './join-prefixes.ts';
import { joinWraps } from './join-wraps.ts';
import { looksLikeLog } from './looks-like-log.ts';
import { dropBlankLines, reverseJournal } from './reorder.ts';
import { splitGlued } from './split-glued.ts';

export { looksLikeLog };

/** Lines this near to something that looks like a log belong to it; farther ones are prose and stay as they are. */
const NEAR = 25;
/** Longer lines are cut: nothing that a kernel prints is longer, and patterns must not meet a megabyte. */
const MAX_LINE = 4000;
/** A log that lost its line ends is one line; so much of it is split before the pieces are cut. */
const MAX_GLUED = 256 * 1024;

/**
 * The logical lines of a part: quote marks, stamps and console prefixes taken off, wrapped pieces joined, glued ones
 * split, in the order in which they were printed. Every line says which repairs were made and which lines of the
 * part it was made of. Lines that stand near no log come out as they are, without their quote marks.
 *
 * The repairs and their order are those of domain.md 3.9. Never throws; linear in the length of the text.
 */
export function repairLog(part: Part): LogLine[] {
  const drafts = readDrafts(part);
  const near = findNear(drafts);
  const isLog = (draft: Draft): boolean => near[draft.first] === 1;
  restore(drafts, part, isLog);
  const pieces: Draft[] = [];
  for (const draft of joinPrefixes(drafts, isLog)) {
    if (isLog(draft)) splitGlued(draft, pieces);
    else pieces.push(draft);
  }
  for (const piece of pieces) if (piece.text.length > MAX_LINE) piece.text = piece.text.slice(0, MAX_LINE);
  const joined = joinWraps(dropBlankLines(pieces, isLog), isLog, part);
  return reverseJournal(joined).map(toLogLine);
}

/** The lines of the part with plain blanks, whether a log is near or not. */
function readDrafts(part: Part): Draft[] {
  const clean = cleanSpaces(part.text);
  const raw = clean.split('\n');
  return toLines(clean).map((line, index) =>
    toDraft(line, (raw[index] ?? '').slice(0, MAX_LINE), line.text.slice(0, MAX_GLUED)),
  );
}

/** Undoes what was done to prose, and does to logs what only logs need: blanks that flowed text stuffs, dash escapes. */
function restore(drafts: readonly Draft[], part: Part, isLog: (draft: Draft) => boolean): void {
  const original = toLines(part.text);
  const signed = part.text.includes('-----BEGIN PGP SIGNED MESSAGE-----');
  drafts.forEach((draft, index) => {
    const before = original[index]?.text ?? '';
    if (!isLog(draft)) {
      draft.text = before;
      return;
    }
    if (before.length <= MAX_GLUED && before !== draft.text) addRepair(draft, 'spaces');
    if (signed && draft.text.startsWith('- -')) {
      draft.text = draft.text.slice(2);
      addRepair(draft, 'dash-escape');
    }
    if (part.flowed && draft.text.startsWith(' ')) draft.text = draft.text.slice(1);
  });
}

/** Colours and cursor movements that a terminal or `screen` wrote into its log. */
const ESCAPES = /\u001b(?:\[[0-9;?]{0,20}[A-Za-z]|[()][A-B0-2]|[=>78])/g;

/**
 * Blanks of every kind become blanks, and what has no width goes: patterns know only the plain ones. Logs are ASCII, so
 * what a wrong charset made of a non-breaking space was one.
 */
function cleanSpaces(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(/\u00c2\u00a0|\ufffd{1,2}/g, ' ')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\r{1,4}(?=\n|$)/g, '')
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ');
}

/** For each line number, 1 where a log is near. */
function findNear(drafts: readonly Draft[]): Uint8Array {
  const near = new Uint8Array(drafts.length + 2);
  let from = 0;
  for (const draft of drafts) {
    if (!looksLikeLog(draft.text)) continue;
    const end = Math.min(draft.first + NEAR, drafts.length);
    near.fill(1, Math.max(from, draft.first - NEAR, 0), end + 1);
    from = end;
  }
  return near;
}
