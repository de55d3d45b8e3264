import { describe, expect, it } from 'vitest';
import { readCompletion } from '../../../src/edges/llm/read-completion.ts';

function completion(content: string | null, given: { readonly refusal?: string; readonly reason?: string } = {}) {
  return {
    choices: [{ finish_reason: given.reason ?? 'stop', message: { content, refusal: given.refusal ?? null } }],
    usage: { prompt_tokens: 90, completion_tokens: 9, total_tokens: 99 },
  };
}

const ANSWERS = [
  { name: 'bare JSON', content: '{"a":1}', json: { a: 1 } },
  { name: 'a fence', content: '```json\n{"a":1}\n```', json: { a: 1 } },
  { name: 'a fence without a name', content: '```\n{"a":1}\n```\n', json: { a: 1 } },
  { name: 'words around it', content: 'Here it is: {"a":1}. Anything else?', json: { a: 1 } },
  { name: 'thoughts in front of it', content: '<think>{"a":2}?</think>\n{"a":1}', json: { a: 1 } },
  { name: 'a fence in a string', content: '{"a":"```json"}', json: { a: '```json' } },
];

const FAILURES = [
  { name: 'a page of HTML', body: '<html>Bad gateway</html>', why: 'not-json' },
  { name: 'nothing', body: undefined, why: 'not-json' },
  { name: 'no choices', body: { choices: [] }, why: 'not-json' },
  { name: 'an error with status 200', body: { error: { message: 'no' } }, why: 'not-json' },
  { name: 'a refusal', body: completion(null, { refusal: 'I cannot help.' }), why: 'refused' },
  { name: 'a filter', body: completion('', { reason: 'content_filter' }), why: 'refused' },
  { name: 'an answer that was cut', body: completion('{"a":', { reason: 'length' }), why: 'cut-short' },
  { name: 'whole JSON that was cut behind it', body: completion('{"a":1}', { reason: 'length' }), why: 'cut-short' },
  { name: 'no content', body: completion(null), why: 'empty' },
  { name: 'white space', body: completion(' \n'), why: 'empty' },
  { name: 'prose', body: completion('It is a report.'), why: 'not-json' },
  { name: 'broken JSON', body: completion('{"a":1,}'), why: 'not-json' },
  { name: 'two objects', body: completion('{"a":1} {"a":2}'), why: 'not-json' },
  { name: 'a hundred thousand braces', body: completion('{'.repeat(100_000)), why: 'not-json' },
];

describe('readCompletion', () => {
  it.each(ANSWERS)('reads $name', ({ content, json }) => {
    expect(readCompletion(completion(content))).toEqual({ answer: { kind: 'answer', json }, tokens: 99 });
  });

  it.each(FAILURES)('makes a value of $name', ({ body, why }) => {
    expect(readCompletion(body).answer).toMatchObject({ kind: 'failure', why });
  });

  it.each([{ usage: undefined }, { usage: null }, { usage: { total_tokens: -5 } }, { usage: 'none' }])(
    'counts no tokens from $usage',
    ({ usage }) => {
      expect(readCompletion({ ...completion('{"a":1}'), usage })).toEqual({
        answer: { kind: 'answer', json: { a: 1 } },
        tokens: null,
      });
    },
  );
});
