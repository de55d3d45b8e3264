import { open, realpath, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { readSecretFile } from './secret-file.ts';

/**
 * Where the big providers trade refresh tokens for access tokens, and the scope that opens mail.
 * Sources: developers.google.com/identity/protocols/oauth2, developers.google.com/gmail/imap/xoauth2-protocol;
 * learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth;
 * Yahoo: developer.yahoo.com/oauth2/guide.
 */
export const PROVIDERS = {
  google: { endpoint: 'https://oauth2.googleapis.com/token', scope: null },
  microsoft: {
    endpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    scope: 'https://outlook.office.com/IMAP.AccessAsUser.All offline_access',
  },
  yahoo: { endpoint: 'https://api.login.yahoo.com/oauth2/get_token', scope: null },
} as const;

/** Tokens travel to this address: only an encrypted one will do, or this very machine. */
const ENDPOINT = /^(?:https:\/\/[^\s/]|http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?\/)/;

const Fields = z.object({
  provider: z.enum(['google', 'microsoft', 'yahoo']).optional(),
  token_endpoint: z.string().regex(ENDPOINT).optional(),
  client_id: z.string().min(1),
  client_secret: z.string().optional(),
  refresh_token: z.string().min(1),
  scope: z.string().optional(),
});

/** What is needed to trade a refresh token for an access token. */
export interface OAuth2File {
  readonly endpoint: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly refreshToken: string;
  readonly scope: string | null;
  /** The file as it stands, with whatever else it holds, for writing it again. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export type ReadOAuth2 =
  | { readonly kind: 'read'; readonly file: OAuth2File }
  | { readonly kind: 'failure'; readonly reason: string; readonly retry: 'later' | 'never' };

const WANTED = 'provider (google, microsoft, yahoo) or token_endpoint (https), client_id, refresh_token';

/** Reads a JSON file of mode 0600. What is wrong with it is told by the names of its fields, never by their values. */
export async function readOAuth2File(path: string): Promise<ReadOAuth2> {
  const found = await readSecretFile(path);
  if (found.kind === 'failure') return found;
  const read = Fields.loose().safeParse(parse(found.text));
  if (!read.success) {
    const fields = [...new Set(read.error.issues.map((one) => String(one.path[0] ?? 'the whole')))].join(', ');
    return fail(path, `wrong or missing: ${fields}`);
  }
  const { provider, token_endpoint, client_id, client_secret, refresh_token, scope } = read.data;
  const known = provider === undefined ? null : PROVIDERS[provider];
  const endpoint = token_endpoint ?? known?.endpoint;
  if (endpoint === undefined) return fail(path, 'wrong or missing: token_endpoint');
  return {
    kind: 'read',
    file: {
      endpoint,
      clientId: client_id,
      clientSecret: client_secret ?? null,
      refreshToken: refresh_token,
      scope: scope ?? known?.scope ?? null,
      fields: read.data,
    },
  };
}

/**
 * Puts a new refresh token into the file, which is replaced as a whole: whoever reads it meanwhile finds the old or the new
 * one. `false` where it cannot be written. Never throws.
 */
export async function writeRefreshToken(path: string, { fields }: OAuth2File, token: string): Promise<boolean> {
  try {
    // A link stays a link.
    const target = await realpath(path);
    const fresh = `${target}.new`;
    await rm(fresh, { force: true });
    const file = await open(fresh, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ ...fields, refresh_token: token }, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, target);
    return true;
  } catch {
    return false;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fail(path: string, what: string): ReadOAuth2 {
  return {
    kind: 'failure',
    reason: `the OAuth2 file ${path}: ${what}; it is a JSON object with ${WANTED}`,
    retry: 'never',
  };
}
