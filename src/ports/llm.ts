/** What a model is asked. */
export interface LlmRequest {
  /** Name and version of the words: `classify 1`. */
  readonly prompt: string;
  readonly system: string;
  readonly user: string;
  /** The form of the answer, as a JSON schema, for servers that hold a model to one. */
  readonly form: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  readonly maxAnswerTokens: number;
}

export const LLM_FAILURES = [
  'unreachable',
  'timeout',
  'rate-limited',
  'server-error',
  'denied',
  'bad-request',
  'refused',
  'cut-short',
  'not-json',
  'empty',
  'over-budget',
  'resting',
] as const;
export type LlmFailure = (typeof LLM_FAILURES)[number];

/** JSON that nobody has checked yet, or why there is none. */
export type LlmAnswer =
  | { readonly kind: 'answer'; readonly json: unknown }
  | { readonly kind: 'failure'; readonly why: LlmFailure; readonly detail: string };

/** A language model. */
export interface Llm {
  /** The model's name, as verdicts tell it. */
  readonly name: string;
  /** Asks once. Never throws: whatever goes wrong is an answer of kind `failure`. */
  ask(request: LlmRequest): Promise<LlmAnswer>;
}
