import type { Message } from '../../model/message.ts';
import type { ReadPart, Signal } from '../../model/evidence.ts';
import { readProse, toLineNumber, type Sentence } from '../prose/read-prose.ts';
import { findHeaderSignals } from './find-header-signals.ts';
import { findTagSignals } from './find-tag-signals.ts';
import { readSubject } from './read-subject.ts';
import { SPAM_WORDS } from './machine-rules.ts';
import { toTable, type PhraseRule, type PhraseTable } from './phrase-rules.ts';
import { ANSWER_PHRASES } from './answer-phrases.ts';
import { FAILURE_PHRASES } from './failure-phrases.ts';
import { CONTRAST_PHRASES, OBSERVATION_PHRASES } from './observation-phrases.ts';
import { REPORT_PHRASES } from './report-phrases.ts';
import { OUTCOME_PHRASES } from './outcome-phrases.ts';
import { RELEASE_PHRASES } from './release-phrases.ts';

const STATUS = toTable([...ANSWER_PHRASES, ...OUTCOME_PHRASES, ...RELEASE_PHRASES]);
const REPORT = toTable([...FAILURE_PHRASES, ...REPORT_PHRASES, ...OBSERVATION_PHRASES, ...CONTRAST_PHRASES]);
const MAX_SENTENCE = 600;
/** A rule that matched this often in one mail at one depth says nothing new the next time. */
const MAX_EACH = 4;
const MAX_QUOTE = 200;
const PULL = /^(?:The following changes since commit [0-9a-f]{7,40}|are available in the (?:git repository|tag))/i;
const PATCH_FILE = /\.(?:patch|diff)$/i;

/**
 * What a mail says or holds that a verdict may build on, each with its place: what its headers and its subject make
 * it (machine mail, patch, pull request, announcement), what diffs and logs it holds, what its author says about the
 * state of a problem, and how a report, a question or a proposal is worded.
 *
 * Header and subject signals have `part: 'header'` and line 1. Status phrases come from the author's own words alone;
 * the others from quotations too, with their depth. Nothing fails.
 */
export function findSignals(message: Message, parts: readonly ReadPart[]): Signal[] {
  const found = findHeaderSignals(message);
  for (const part of parts) {
    if (part.part.name === 'body') found.push(...readBody(message, part));
    else found.push(...readAttachment(message, part));
  }
  return found;
}

function readBody(message: Message, part: ReadPart): Signal[] {
  const prose = readProse(part);
  const at = { message: message.id, part: part.part.name };
  const found: Signal[] = prose.diffs.map((diff) => ({
    ...at,
    line: diff.line,
    quote: cut(diff.text),
    depth: diff.depth,
    name: 'diff',
    value: null,
  }));
  found.push(...findTagSignals(message, part.part.name, prose.tags));
  const counts = new Map<string, number>();
  let spam = 0;
  let words = 0;
  const heard = toHeard(message);
  for (const sentence of prose.sentences) {
    if (sentence.depth === 0) words += sentence.text.length;
    if (sentence.depth > heard) continue;
    if (sentence.depth === 0) match(STATUS, sentence, (rule, value, index) => add(rule.name, sentence, value, index));
    match(REPORT, sentence, (rule, value, index) => add(rule.name, sentence, value, index));
    if (sentence.depth > 0 || heard === 0) continue;
    spam += countSpam(sentence.text);
    if (PULL.test(sentence.text)) add('pull-request', sentence, null, 0);
  }
  if (spam >= 2 && prose.diffs.length === 0)
    found.push({ ...at, line: 1, quote: '', depth: 0, name: 'spam-words', value: String(spam) });
  for (const { line, text, depth } of prose.buildErrors)
    found.push({ ...at, line, quote: cut(text), depth, name: 'build-error', value: null });
  if (prose.logLines >= 3)
    found.push({ ...at, line: 1, quote: '', depth: 0, name: 'log', value: String(prose.logLines) });
  else if (prose.logLines > 0)
    found.push({ ...at, line: 1, quote: '', depth: 0, name: 'printed', value: String(prose.logLines) });
  found.push({ ...at, line: 1, quote: '', depth: 0, name: 'own-words', value: String(words) });
  return found;

  function add(name: string, sentence: Sentence, value: string | null, index: number): void {
    const key = `${name} ${String(sentence.depth)}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > MAX_EACH) return;
    found.push({
      ...at,
      line: toLineNumber(sentence, index),
      quote: cut(sentence.text),
      depth: sentence.depth,
      name,
      value,
    });
  }
}

/**
 * Up to which quote depth phrases are looked for. The description of a patch speaks of failures that it mends, and
 * a review quotes them: of a patch nothing is heard, of an answer to one its author's own words alone.
 */
function toHeard(message: Message): number {
  const { patch, reply } = readSubject(message.subject);
  if (!patch) return Infinity;
  return reply ? 0 : -1;
}

function countSpam(text: string): number {
  return SPAM_WORDS.filter((pattern) => pattern.test(text)).length;
}

function match(
  table: PhraseTable,
  sentence: Sentence,
  hit: (rule: PhraseRule, value: string | null, index: number) => void,
): void {
  const text = sentence.text.length > MAX_SENTENCE ? sentence.text.slice(0, MAX_SENTENCE) : sentence.text;
  const lower = text.toLowerCase();
  if (!table.cue.test(lower)) return;
  for (const rule of table.rules) {
    if (!rule.words.some((word) => lower.includes(word))) continue;
    const found = rule.pattern.exec(text);
    if (!found || rule.unless?.test(text) || rule.before?.test(toBefore(text, found))) continue;
    hit(rule, toValue(found.groups), found.index);
  }
}

/** What a pattern caught, in whichever of its branches. */
function toValue(groups: Record<string, string | undefined> = {}): string | null {
  return Object.entries(groups).find(([name, text]) => name.startsWith('value') && text !== undefined)?.[1] ?? null;
}

/** How far back a word takes its meaning from. */
const BEFORE = 60;

/** The words in front of a match, from the beginning of its clause on, and the match itself. */
function toBefore(text: string, { 0: match, index }: RegExpExecArray): string {
  const from = Math.max(0, index - BEFORE, text.lastIndexOf(', ', index) + 1);
  return text.slice(from, index + match.length);
}

function readAttachment(message: Message, part: ReadPart): Signal[] {
  const { name, type, text } = part.part;
  const isPatch = PATCH_FILE.test(name) || /patch|diff/.test(type) || /^diff --git /m.test(text.slice(0, 20_000));
  return isPatch
    ? [{ message: message.id, part: name, line: 1, quote: name, depth: 0, name: 'diff', value: name }]
    : [];
}

function cut(text: string): string {
  return text.length > MAX_QUOTE ? text.slice(0, MAX_QUOTE) : text;
}
