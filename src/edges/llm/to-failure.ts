import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import type { LlmFailure } from '../../ports/llm.ts';
import { TooLongError } from './bounded-fetch.ts';

/** Why a request gave no answer, and whether and when another try is worth it. */
export interface RequestFailure {
  readonly why: LlmFailure;
  readonly detail: string;
  readonly again: boolean;
  /** What the server asks to wait, in milliseconds. */
  readonly afterMs: number | null;
}

const MAX_DETAIL = 200;
const MOST_CAUSES = 5;

/** What the client throws, as a value. Everything is one: its own errors, a body that is no JSON, whatever else. */
export function toFailure(error: unknown, now: Date): RequestFailure {
  const causes = toCauses(error);
  const detail = causes
    .map(({ message }) => message.replace(/\s+/g, ' '))
    .join(': ')
    .slice(0, MAX_DETAIL);
  const once = { detail, again: false, afterMs: null };
  const again = { detail, again: true, afterMs: null };
  if (causes.some((one) => one instanceof TooLongError)) return { why: 'not-json', ...once };
  if (causes.some(isTimeout)) return { why: 'timeout', ...again };
  if (error instanceof APIConnectionError) return { why: 'unreachable', ...again };
  if (error instanceof APIError) {
    const { status, headers } = error as APIError;
    return toStatusFailure({ status: status ?? 0, retryAfter: headers?.get('retry-after') ?? null }, { detail, now });
  }
  return { why: 'not-json', ...once };
}

function toStatusFailure(
  { status, retryAfter }: { readonly status: number; readonly retryAfter: string | null },
  { detail, now }: { readonly detail: string; readonly now: Date },
): RequestFailure {
  const afterMs = readRetryAfter(retryAfter, now);
  if (status === 429) return { why: 'rate-limited', detail, again: true, afterMs };
  if (status === 408 || status === 409 || status >= 500) return { why: 'server-error', detail, again: true, afterMs };
  if (status === 401 || status === 403) return { why: 'denied', detail, again: false, afterMs: null };
  return { why: status === 0 ? 'unreachable' : 'bad-request', detail, again: false, afterMs: null };
}

/** Seconds, or a date (RFC 9110, 10.2.3); `null` where it says neither. */
function readRetryAfter(value: string | null, now: Date): number | null {
  if (value === null) return null;
  if (/^\d{1,9}(?:\.\d{1,3})?$/.test(value.trim())) return Number(value) * 1000;
  const until = Date.parse(value);
  return Number.isNaN(until) ? null : Math.max(0, until - now.getTime());
}

function isTimeout(error: Error): boolean {
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError) return true;
  return error.name === 'TimeoutError' || error.name === 'AbortError';
}

function toCauses(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let one = error; one instanceof Error && causes.length < MOST_CAUSES; one = one.cause) causes.push(one);
  return causes;
}
