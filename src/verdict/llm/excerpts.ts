import type { MailText, TextLine } from './mail-text.ts';

/** Measured on mail with logs: a token holds 2.1 bytes of it, not the 4 of prose. */
const BYTES_PER_TOKEN = 2.1;
/** The first mail may take so much of the whole. */
const FIRST_SHARE = 0.6;
/** Of a run of printed lines, so many at its head and its end are shown. */
const LOG_HEAD = 14;
const LOG_END = 2;
const MOST_QUOTED = 3;
/** A console prefix, a kernel stamp, a frame, a run of digits: what programs print and people do not. */
const PRINTED =
  /^\s*(?:\(XEN\)|\(d\d+\)|<\d+>|\[ *\d+\.\d+\]|#\d+ |\[<[0-9a-f]+>\])|\+0x[0-9a-f]+\/0x|(?:[0-9a-f]{8,16}\s+){3}/i;

/** How many tokens a text takes, rather too many than too few. */
export function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
}

/**
 * The mails of a thread in at most `maxTokens` tokens: the first mail with the greater part of the room, then the others in order,
 * the last one always among them. Long logs are cut in their middle, quotations to their last lines.
 */
export function writeExcerpts(texts: readonly MailText[], maxTokens: number): string {
  const room = Math.floor(maxTokens * BYTES_PER_TOKEN);
  const [first, ...others] = texts;
  if (first === undefined) return '';
  const last = others.at(-1);
  const blocks = [writeMail(first, 1, others.length === 0 ? room : Math.floor(room * FIRST_SHARE))];
  let left = room - Buffer.byteLength(blocks[0] ?? '');
  const lastRoom = last === undefined ? 0 : Math.floor(left / 2);
  for (const [at, text] of others.slice(0, -1).entries()) {
    const block = writeMail(text, at + 2, Math.floor((left - lastRoom) / 2));
    if (left - lastRoom - Buffer.byteLength(block) < 0) break;
    blocks.push(block);
    left -= Buffer.byteLength(block) + 1;
  }
  if (last !== undefined) blocks.push(writeMail(last, texts.length, left - 2));
  return blocks.join('\n');
}

function writeMail(text: MailText, number: number, room: number): string {
  const head = `Mail ${String(number)}, from ${text.from}, ${text.date ?? 'no date'}:`;
  const lines = [head];
  let left = room - Buffer.byteLength(head) - 8;
  for (const line of shorten(text.lines)) {
    left -= Buffer.byteLength(line) + 1;
    if (left < 0) {
      lines.push('[…]');
      break;
    }
    lines.push(line);
  }
  return left < 0 && lines.length <= 2 && room < 200 ? '' : lines.join('\n');
}

/** Lines as they are shown, with what was left out told. */
function shorten(lines: readonly TextLine[]): string[] {
  const shown: string[] = [];
  for (let at = 0; at < lines.length;) {
    const kind = kindOf(lines[at]);
    let end = at + 1;
    while (end < lines.length && kindOf(lines[end]) === kind) end += 1;
    const run = lines.slice(at, end).map(({ depth, text }) => `${'> '.repeat(Math.min(depth, 3))}${text}`);
    if (kind === 'printed') shown.push(...cut(run, LOG_HEAD, LOG_END));
    else if (kind === 'quoted' && at > 0) shown.push(...cut(run, 0, MOST_QUOTED));
    else shown.push(...run);
    at = end;
  }
  return shown;
}

function kindOf(line: TextLine | undefined): 'own' | 'quoted' | 'printed' {
  if (line === undefined) return 'own';
  if (PRINTED.test(line.text)) return 'printed';
  return line.depth > 0 ? 'quoted' : 'own';
}

function cut(run: readonly string[], head: number, end: number): string[] {
  const left = run.length - head - end;
  return left <= 1 ? [...run] : [...run.slice(0, head), `[${String(left)} lines]`, ...run.slice(run.length - end)];
}
