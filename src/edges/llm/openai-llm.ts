import OpenAI from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { Clock } from '../../ports.ts';
import type { Llm, LlmAnswer, LlmFailure, LlmRequest } from '../../ports/llm.ts';
import { toBoundedFetch } from './bounded-fetch.ts';
import type { Budget } from './daily-budget.ts';
import { readCompletion } from './read-completion.ts';
import { toFailure, type RequestFailure } from './to-failure.ts';

export interface OpenAiSettings {
  /** Where the API is: `https://api.example.org/v1`. */
  readonly url: string;
  readonly model: string;
  /** Empty for servers that want none. */
  readonly key: string;
  /** For one request, its answer included. */
  readonly timeoutMs: number;
}

export interface OpenAiPorts {
  readonly budget: Budget;
  readonly clock: Clock;
  /** Waits so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
}

const MAX_BYTES = 2_000_000;
/** Further tries of a request, and what is waited before the first and the second of them. */
const WAITS_MS = [500, 2_000] as const;
/** A server that asks for more patience than this is left alone for a while. */
const MAX_WAIT_MS = 15_000;
/** After so many questions without an answer, nothing is asked for some minutes: a dead server must not hold up the mail. */
const MOST_OUTAGES = 3;
const REST_MS = 10 * 60_000;
const OUTAGES: ReadonlySet<LlmFailure> = new Set(['unreachable', 'timeout', 'rate-limited', 'server-error', 'denied']);
/** Measured on mail with logs; the server's own count replaces it. */
const BYTES_PER_TOKEN = 2.1;

type Body = Partial<ChatCompletionCreateParamsNonStreaming>;

/**
 * How the answer's form and length are asked for. Servers refuse with 400 what they do not know, and the next row is tried; the
 * row that works is kept.
 */
const FORMS: readonly ((request: LlmRequest) => Body)[] = [
  (request) => ({ ...toLimit(request), response_format: toSchemaFormat(request) }),
  // Models that think refuse a temperature, and count what they think.
  (request) => ({ max_completion_tokens: request.maxAnswerTokens * 4, response_format: toSchemaFormat(request) }),
  (request) => ({ ...toLimit(request), response_format: { type: 'json_object' } }),
  toLimit,
];

function toLimit({ maxAnswerTokens }: LlmRequest): Body {
  return { max_tokens: maxAnswerTokens, temperature: 0 };
}

function toSchemaFormat({ form }: LlmRequest): NonNullable<Body['response_format']> {
  return { type: 'json_schema', json_schema: { name: form.name, strict: true, schema: { ...form.schema } } };
}

/** A model behind any server that speaks OpenAI's chat completions. Failures of every kind are values; see {@link Llm}. */
export class OpenAiLlm implements Llm {
  readonly name: string;
  readonly #client: OpenAI;
  readonly #ports: OpenAiPorts;
  #form = 0;
  #outages = 0;
  #restUntil = 0;

  constructor({ url, model, key, timeoutMs }: OpenAiSettings, ports: OpenAiPorts) {
    this.name = model;
    this.#ports = ports;
    // Everything is given, so that the client takes nothing from the environment; it wants some key.
    this.#client = new OpenAI({
      baseURL: url,
      apiKey: key === '' ? 'none' : key,
      organization: null,
      project: null,
      maxRetries: 0,
      timeout: timeoutMs,
      logLevel: 'off',
      fetch: toBoundedFetch({ timeoutMs, maxBytes: MAX_BYTES }),
    });
  }

  async ask(request: LlmRequest): Promise<LlmAnswer> {
    if (this.#ports.clock.now().getTime() < this.#restUntil) {
      return {
        kind: 'failure',
        why: 'resting',
        detail: 'the server did not answer before, and is left alone for a while',
      };
    }
    const answer = await this.#askPatiently(request);
    const isOutage = answer.kind === 'failure' && OUTAGES.has(answer.why);
    this.#outages = isOutage ? this.#outages + 1 : 0;
    const gaveUp = answer.kind === 'failure' && (answer.why === 'denied' || answer.why === 'rate-limited');
    if (gaveUp || this.#outages >= MOST_OUTAGES) {
      this.#restUntil = this.#ports.clock.now().getTime() + REST_MS;
      this.#outages = 0;
    }
    return answer;
  }

  async #askPatiently(request: LlmRequest): Promise<LlmAnswer> {
    let form = this.#form;
    for (let tries = 0; ;) {
      const outcome = await this.#askOnce(request, form);
      if (!('again' in outcome)) {
        this.#form = form;
        return outcome;
      }
      const { why, detail, again, afterMs } = outcome;
      const failure: LlmAnswer = { kind: 'failure', why, detail };
      if (why === 'bad-request' && form + 1 < FORMS.length) {
        form += 1;
        continue;
      }
      const ms = afterMs ?? WAITS_MS[tries];
      if (!again || ms === undefined || tries >= WAITS_MS.length || ms > MAX_WAIT_MS) return failure;
      tries += 1;
      await this.#ports.wait(ms);
    }
  }

  async #askOnce(request: LlmRequest, form: number): Promise<LlmAnswer | RequestFailure> {
    const { budget, clock } = this.#ports;
    const { system, user, maxAnswerTokens } = request;
    const estimate = Math.ceil(Buffer.byteLength(system + user) / BYTES_PER_TOKEN) + maxAnswerTokens;
    const spent = budget.take(estimate);
    if (spent !== null) return { kind: 'failure', why: 'over-budget', detail: spent };
    try {
      const body: unknown = await this.#client.chat.completions.create({
        model: this.name,
        messages: [
          { role: 'system', content: system },
          { role: 'user', content: user },
        ],
        ...FORMS[form]?.(request),
        stream: false,
      });
      const { answer, tokens } = readCompletion(body);
      if (tokens !== null) budget.settle(estimate, Math.max(1, Math.round(tokens)));
      return answer;
    } catch (error) {
      return toFailure(error, clock.now());
    }
  }
}
