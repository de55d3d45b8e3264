import type { Passage } from './read-passages.ts';

/** One statement of a passage. */
export interface Sentence {
  readonly text: string;
  /** Where it starts in the passage's text. */
  readonly offset: number;
  readonly passage: Passage;
}

const MAX_SENTENCE = 600;
/** Words that end with a full stop and end no sentence. */
const SHORTENED = /(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|resp|incl|ca|Mr|Dr|No|ver|rev)|\s[A-Z])\.$/;

/**
 * Cuts a passage into sentences: at full stops, question and exclamation marks before a blank, and where a list
 * begins a new item. Longer ones than 600 characters are cut.
 */
export function toSentences(passage: Passage): Sentence[] {
  const sentences: Sentence[] = [];
  const { text } = passage;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!endsAt(text, start, at)) continue;
    pushSentence(sentences, passage, start, at + 1);
    start = at + 1;
  }
  pushSentence(sentences, passage, start, text.length);
  return sentences;
}

function endsAt(text: string, start: number, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 10) return true;
  if (at - start >= MAX_SENTENCE && code === 32) return true;
  if (code !== 46 && code !== 33 && code !== 63) return false;
  const next = text.charAt(at + 1);
  if (next !== ' ' && next !== '\n' && next !== '') return false;
  return code !== 46 || !SHORTENED.test(text.slice(Math.max(start, at - 8), at + 1));
}

function pushSentence(sentences: Sentence[], passage: Passage, start: number, end: number): void {
  const raw = passage.text.slice(start, end);
  const text = raw.trim();
  if (text === '') return;
  sentences.push({ text, offset: start + raw.indexOf(text.charAt(0)), passage });
}
