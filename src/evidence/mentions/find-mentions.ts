import type { Message } from '../../model/message.ts';
import type { Mention, ReadPart } from '../../model/evidence.ts';
import { readProse, type Sentence, toLineNumber } from '../prose/read-prose.ts';
import { findCompilerFiles } from './find-compiler-files.ts';
import { findPatchFiles } from './find-patch-files.ts';
import { MENTION_ROWS } from './mention-rows.ts';

const MAX_MENTIONS = 100;
const WIDTH = 70;

/**
 * Source files, functions, commits, modules and links to reports that a mail names in its writer's own words: for routing.
 *
 * Of the body only the prose is read, and the heads of its diffs, as those of attached ones, and what a compiler says: other logs and quoted lines are the
 * business of others.
 *
 * @returns each kind and value once, where it stands first; at most 100. Never throws.
 */
export function findMentions(message: Message, parts: readonly ReadPart[]): Mention[] {
  const found = new Map<string, Mention>();
  for (const file of [...parts.flatMap(findPatchFiles), ...parts.flatMap(findCompilerFiles)])
    found.set(`file ${file.value}`, { ...file, message: message.id });
  const body = parts.find((part) => part.part.name === 'body');
  if (!body) return [...found.values()].slice(0, MAX_MENTIONS);
  const { sentences, tags } = readProse(body);
  const told = tags.map((tag): Sentence => ({ ...tag, starts: [{ offset: 0, line: tag.line }] }));
  for (const sentence of [...sentences, ...told]) {
    if (sentence.depth > 0) continue;
    for (const mention of findInSentence(sentence)) {
      const key = `${mention.kind} ${mention.value}`;
      if (found.size < MAX_MENTIONS && !found.has(key))
        found.set(key, { ...mention, message: message.id, part: body.part.name });
    }
  }
  return [...found.values()].slice(0, MAX_MENTIONS);
}

function findInSentence(sentence: Sentence): Omit<Mention, 'message' | 'part'>[] {
  const lower = sentence.text.toLowerCase();
  const mentions: Omit<Mention, 'message' | 'part'>[] = [];
  for (const row of MENTION_ROWS) {
    if (!row.hints.some((hint) => lower.includes(hint))) continue;
    for (const match of sentence.text.matchAll(row.pattern)) {
      const raw = match.groups?.['value'];
      if (raw === undefined) continue;
      const value = tidy(row.kind, raw);
      if (row.accepts && !row.accepts(value)) continue;
      const at = match.index + match[0].indexOf(raw);
      mentions.push({
        kind: row.kind,
        value,
        line: toLineNumber(sentence, at),
        quote: quoteAt(sentence.text, at, raw.length),
        depth: 0,
      });
    }
  }
  return mentions;
}

function tidy(kind: Mention['kind'], value: string): string {
  if (kind === 'link') return value.replace(/[.,;:!?]+$/, '');
  if (kind === 'file') return value.replace(/^[ab]\//, '');
  return value;
}

/** Up to 70 characters on either side, cut at blanks. */
function quoteAt(text: string, at: number, length: number): string {
  const from = at <= WIDTH ? 0 : text.indexOf(' ', at - WIDTH) + 1;
  const end = at + length;
  const to = end + WIDTH >= text.length ? text.length : Math.max(end, text.lastIndexOf(' ', end + WIDTH));
  return text.slice(Math.min(from, at), to).replace(/\s+/g, ' ').trim();
}
