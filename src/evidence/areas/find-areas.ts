import type { Message } from '../../model/message.ts';
import type { Line } from '../../model/message.ts';
import type { ReadPart, Signal } from '../../model/evidence.ts';
import { AREA_ROWS, type AreaRow } from './area-rows.ts';
import { findLineKind, isMoreModules } from './line-kinds.ts';

const MAX_LINES = 20_000;
const MAX_LINE = 400;
/** A part of the system that was named this often in one mail is known. */
const MAX_EACH = 3;
const WORD = /[a-z]{2,}|\be(?=820)/g;
/** A kernel's or a build's settings name every part there is. */
const SETTING = /^\s*(?:# ?)?CONFIG_\w+/;
const MOST_SETTINGS = 10;
const PATCH_SUBJECT = /^(?:re: ?)*\[[^\]]{0,60}patch/i;

const ROWS_BY_WORD: ReadonlyMap<string, readonly AreaRow[]> = indexRows();

function indexRows(): Map<string, AreaRow[]> {
  const byWord = new Map<string, AreaRow[]>();
  for (const row of AREA_ROWS) {
    for (const word of row.words) byWord.set(word, [...(byWord.get(word) ?? []), row]);
  }
  return byWord;
}

/**
 * Which parts of Xen, Linux and QEMU a mail names, as signals `area:NAME` with the line that says so; those of the
 * subject have `part: 'header'`. A patch says by its files what it is about, so its text is not searched.
 * Nothing fails; at most three signals an area and mail.
 */
export function findAreas(message: Message, parts: readonly ReadPart[]): Signal[] {
  const found: Signal[] = [];
  const counts = new Map<string, number>();
  const subject = { number: 1, text: message.subject, depth: 0 };
  searchLine(subject, { message, part: 'header', counts: new Map(), found });
  if (PATCH_SUBJECT.test(message.subject)) return found;
  for (const { part, lines: all } of parts) {
    const lines = all.slice(0, MAX_LINES);
    if (isSettings(lines)) continue;
    for (const line of withoutModules(lines)) searchLine(line, { message, part: part.name, counts, found });
  }
  return found;
}

function isSettings(lines: readonly Line[]): boolean {
  let settings = 0;
  for (const { text } of lines) if (SETTING.test(text)) settings += 1;
  return settings > MOST_SETTINGS && settings * 3 > lines.length;
}

/** All lines but those that list the modules of a kernel. */
function withoutModules(lines: readonly Line[]): readonly Line[] {
  let isList = false;
  return lines.filter(({ text }) => {
    const cut = text.slice(0, MAX_LINE);
    isList = cut.includes('Modules linked in:') || (isList && isMoreModules(cut));
    return !isList;
  });
}

interface Search {
  readonly message: Message;
  readonly part: string;
  readonly counts: Map<string, number>;
  readonly found: Signal[];
}

function searchLine(line: Line, { message, part, counts, found }: Search): void {
  const text = line.text.slice(0, MAX_LINE);
  const rows = findRows(text);
  if (rows.size === 0) return;
  const kind = part === 'header' ? 'prose' : findLineKind(text);
  // What a system tells of itself while all is well names every part of it.
  if (kind === 'inventory' || kind === 'log') return;
  const isLog = kind === 'error';
  for (const row of rows) {
    const count = counts.get(row.area) ?? 0;
    if (count >= MAX_EACH || (row.logOnly === true && !isLog)) continue;
    const match = row.pattern.exec(text);
    if (!match) continue;
    counts.set(row.area, count + 1);
    found.push({
      message: message.id,
      part,
      line: line.number,
      quote: text.replace(/\s+/g, ' ').trim().slice(0, 200),
      depth: line.depth,
      name: `area:${row.area}`,
      value: isLog ? `log ${match[0].trim()}` : match[0].trim(),
    });
  }
}

function findRows(text: string): Set<AreaRow> {
  const rows = new Set<AreaRow>();
  for (const [word] of text.toLowerCase().matchAll(WORD)) {
    for (const row of ROWS_BY_WORD.get(word) ?? []) rows.add(row);
  }
  return rows;
}
