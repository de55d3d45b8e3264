import { existsSync, readFileSync } from 'node:fs';
import { readPrompt, type Prompt } from './prompt.ts';

/** Reads `prompts/NAME.md`: it lies beside `src/` in a checkout, and one folder further up beside `dist/`. Throws where it is missing. */
export function loadPrompt(name: string): Prompt {
  const beside = new URL(`../../../prompts/${name}.md`, import.meta.url);
  const url = existsSync(beside) ? beside : new URL(`../../../../prompts/${name}.md`, import.meta.url);
  return readPrompt(readFileSync(url, 'utf8'));
}
