import { z } from 'zod';
import { toBoundedFetch } from '../llm/bounded-fetch.ts';
import type { OAuth2File } from './oauth2-file.ts';

export interface Traded {
  readonly kind: 'traded';
  readonly accessToken: string;
  readonly seconds: number;
  /** A refresh token that takes the place of the one that was given, or `null`. */
  readonly refreshToken: string | null;
}

export type Trade = Traded | { readonly kind: 'failure'; readonly reason: string; readonly retry: 'later' | 'never' };

const MAX_BYTES = 64 * 1024;
/** Where a server does not say how long a token lives. */
const USUAL_SECONDS = 300;

const Token = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  expires_in: z.coerce.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
});
const Refusal = z.object({ error: z.string().regex(/^[a-z_]{1,40}$/) });

/** What a server means by its error (RFC 6749, 5.2), and what a person can do. Its own words are not shown: they may quote. */
const REFUSALS: Readonly<Record<string, string>> = {
  invalid_grant: 'the refresh token has expired or was withdrawn: sign in anew and put the new one into the file',
  invalid_client: 'client_id or client_secret is wrong',
  unauthorized_client: 'this client may not use refresh tokens',
  invalid_scope: 'the scope is not granted: sign in anew with the scope for mail',
  invalid_request: 'a field is wrong or missing',
};

/** Trades a refresh token for an access token (RFC 6749, 6) over one bounded request. Never throws. */
export async function tradeRefreshToken(file: OAuth2File, { timeoutMs }: { timeoutMs: number }): Promise<Trade> {
  const { endpoint, clientId, clientSecret, refreshToken, scope } = file;
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId });
  if (clientSecret !== null) body.set('client_secret', clientSecret);
  if (scope !== null) body.set('scope', scope);
  const host = URL.canParse(endpoint) ? new URL(endpoint).host : 'the token server';
  try {
    const post = toBoundedFetch({ timeoutMs, maxBytes: MAX_BYTES });
    const answer = await post(endpoint, { method: 'POST', body, headers: { accept: 'application/json' } });
    return readAnswer(answer.status, toJson(await answer.text()), host);
  } catch (error) {
    // Only the kind of it: what an error holds of a request is not for logs.
    const slow = error instanceof Error && error.name === 'TimeoutError';
    return fail(`${host} ${slow ? 'did not answer in time' : 'cannot be reached'}`, 'later');
  }
}

function readAnswer(status: number, json: unknown, host: string): Trade {
  const token = Token.safeParse(json);
  if (status === 200 && token.success) {
    const { access_token, expires_in = USUAL_SECONDS, refresh_token } = token.data;
    return { kind: 'traded', accessToken: access_token, seconds: expires_in, refreshToken: refresh_token ?? null };
  }
  const refusal = Refusal.safeParse(json);
  const known = refusal.success ? REFUSALS[refusal.data.error] : undefined;
  if (refusal.success && known !== undefined) return fail(`${host} says ${refusal.data.error}: ${known}`, 'never');
  if (status === 200) return fail(`${host} answers with something that is no token`, 'later');
  const code = refusal.success ? `${String(status)}, ${refusal.data.error}` : String(status);
  return fail(`${host} gives no access token (${code})`, status >= 500 || status === 429 ? 'later' : 'never');
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fail(what: string, retry: 'later' | 'never'): Trade {
  return { kind: 'failure', reason: `OAuth2: ${what}`, retry };
}
