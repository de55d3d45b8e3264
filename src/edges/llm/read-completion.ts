import { z } from 'zod';
import type { LlmAnswer } from '../../ports/llm.ts';

/** As much of a chat completion as is looked at; servers differ in the rest. */
const Completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z.object({ total_tokens: z.number().nonnegative() }).nullish().catch(null),
});

/** What a server answered, and what it says that it cost. */
export interface ReadCompletion {
  readonly answer: LlmAnswer;
  readonly tokens: number | null;
}

const MAX_TEXT = 100_000;
/** Models that think aloud do so in front of their answer. */
const THOUGHTS = /^\s*<think>[\s\S]{0,100000}?<\/think>/;
const FENCE = /^\s*```[a-z]{0,10}\s*\n?(?<inner>[\s\S]*?)\n?\s*```\s*$/i;

/** Reads the body of an answer with status 200: it may be anything, a page of HTML too. */
export function readCompletion(body: unknown): ReadCompletion {
  const read = Completion.safeParse(body);
  const choice = read.data?.choices[0];
  if (!choice)
    return { answer: failure('not-json', 'the server answered with something else than a completion'), tokens: null };
  const tokens = read.data?.usage?.total_tokens ?? null;
  const { finish_reason: reason, message } = choice;
  if (typeof message.refusal === 'string' && message.refusal !== '')
    return { answer: failure('refused', message.refusal.slice(0, 200)), tokens };
  if (reason === 'content_filter') return { answer: failure('refused', 'a filter of the server stopped it'), tokens };
  if (reason === 'length') return { answer: failure('cut-short', 'the answer is longer than was allowed'), tokens };
  return { answer: readText(message.content ?? ''), tokens };
}

/** JSON out of what a model wrote: alone, in a fence, behind thoughts, or with words around it. */
function readText(content: string): LlmAnswer {
  const text = content.slice(0, MAX_TEXT).replace(THOUGHTS, '').trim();
  if (text === '') return failure('empty', 'the answer is empty');
  const bare = FENCE.exec(text)?.groups?.['inner'] ?? text;
  const inner = bare.slice(bare.indexOf('{'), bare.lastIndexOf('}') + 1);
  for (const candidate of [bare, inner]) {
    try {
      return { kind: 'answer', json: JSON.parse(candidate) as unknown };
    } catch {
      continue;
    }
  }
  return failure('not-json', 'the answer is no JSON');
}

function failure(why: Extract<LlmAnswer, { kind: 'failure' }>['why'], detail: string): LlmAnswer {
  return { kind: 'failure', why, detail };
}
