import type { LlmRequest } from '../../../src/ports/llm.ts';

/** A request in which nothing is said yet. */
export function makeRequest(given: Partial<LlmRequest> = {}): LlmRequest {
  return {
    prompt: 'test 1',
    system: 'Answer.',
    user: 'What is this?',
    form: { name: 'test', schema: { type: 'object', properties: {}, required: [], additionalProperties: false } },
    maxAnswerTokens: 100,
    ...given,
  };
}
