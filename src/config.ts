import { dirname, join } from 'node:path';
import { z } from 'zod';

/** A variable that is set to nothing is not set: compose files and shells write those. */
const text = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === '' ? undefined : value.trim()));

/** A whole number above 0, or the default where nothing is set. */
const count = (usual: number) =>
  text.transform((value, context) => {
    const number = value === undefined ? usual : Number(value);
    if (Number.isSafeInteger(number) && number > 0) return number;
    context.addIssue(`a whole number above 0 is wanted, not ${value ?? ''}`);
    return z.NEVER;
  });

const link = text.refine((value) => value === undefined || /^https?:\/\/[^\s/]/.test(value), {
  message: 'an address that begins with http:// or https:// is wanted',
});

/** `4.20`. */
const version = text.refine((value) => value === undefined || /^\d{1,2}\.\d{1,3}$/.test(value), {
  message: 'a release such as 4.20 is wanted',
});

const day = text.refine((value) => value === undefined || /^\d{4}-\d\d-\d\d$/.test(value), {
  message: 'a day is wanted, as YYYY-MM-DD',
});

/** `linux=https://example.org/{version}/{function}`. */
const SOURCE = /^(?<project>[a-z][a-z0-9-]{0,40})=(?<url>https?:\/\/[^\s"<>]{1,500})$/;

/** The environment as it is read. Every name stands in `.env.example` too (a test holds it). */
export const Environment = z.object({
  /** The SQLite file that holds mails, evidence and verdicts; or the URL of a PostgreSQL database. */
  HEDDLE_STORE: text,
  /** The same, by the name that compose files and platforms give it: `postgres://user@host/database`. */
  DATABASE_URL: text,
  /** A file that holds its password. */
  HEDDLE_DATABASE_PASSWORD_FILE: text,
  /** Connections of one process to it. */
  HEDDLE_DATABASE_CONNECTIONS: count(5),
  /** The Redis over which workers are told what there is to do: `redis://host:6379`. */
  REDIS_URL: text,
  HEDDLE_REDIS_PASSWORD_FILE: text,
  /** The name of the list, as digests call it. */
  HEDDLE_LIST: text,
  /** The folder of added source trees. */
  HEDDLE_TREES: text,
  /** Where the public archive has a mail: this, and its Message-ID behind it. */
  HEDDLE_ARCHIVE: link,
  /** The release that is being made (`4.20`), the day of the one before, and the day from which only fixes go in. */
  HEDDLE_RELEASE: version,
  HEDDLE_RELEASE_SINCE: day,
  HEDDLE_RELEASE_FREEZE: day,
  /** A server that speaks OpenAI's chat completions, with the path of its API; without it no model is asked. */
  HEDDLE_LLM_URL: link,
  HEDDLE_LLM_MODEL: text,
  HEDDLE_LLM_KEY: text,
  /** A file that holds the key. */
  HEDDLE_LLM_KEY_FILE: text,
  HEDDLE_LLM_DAILY_REQUESTS: count(500),
  HEDDLE_LLM_DAILY_TOKENS: count(2_000_000),
  /** Seconds for one request. */
  HEDDLE_LLM_TIMEOUT: count(60),
  /** Any value: a summary of every report, not only where the rules are unsure. */
  HEDDLE_LLM_SUMMARIES: text,
  /** Where answers are kept, and what was spent. */
  HEDDLE_LLM_FOLDER: text,
  /** The password of a mailbox, while it is subscribed and whenever it is read. */
  HEDDLE_PASSWORD: text,
  /** The server that takes our mail, and the address that it comes from. */
  HEDDLE_SMTP_URL: text,
  HEDDLE_SMTP_FROM: text,
  /** Where its password is: one of these. */
  HEDDLE_SMTP_PASSWORD: text,
  HEDDLE_SMTP_PASSWORD_FILE: text,
  HEDDLE_SMTP_PASSWORD_COMMAND: text,
  HEDDLE_SMTP_OAUTH_FILE: text,
  /** A certificate to trust beside those of the system. */
  HEDDLE_SMTP_CA: text,
  /** Any value: neither mail nor password is encrypted. */
  HEDDLE_SMTP_INSECURE: text,
  /** Where the web server is found from outside, for links in mails. */
  HEDDLE_ORIGIN: link,
  /** `off`: no letter leaves, whatever is written. */
  HEDDLE_DELIVERY: text,
  /** Any value: letters wait for heddle outbox approve. */
  HEDDLE_APPROVE: text,
  /** Addresses of lists that may get digests, parted by commas. */
  HEDDLE_ALLOW_LISTS: text,
  /** Letters in one UTC day. */
  HEDDLE_DAILY_LETTERS: count(1000),
  /** Any value: mail to bot+anything@host reaches bot@host. */
  HEDDLE_SUBADDRESSES: text,
  /** The name by which the server that receives the bot's mail says whom it believes (Authentication-Results). */
  HEDDLE_AUTHSERV: text,
  /** A key that signs letters: its file, its selector, its domain (without one: that of the bot's address). */
  HEDDLE_DKIM_KEY_FILE: text,
  HEDDLE_DKIM_SELECTOR: text,
  HEDDLE_DKIM_DOMAIN: text,
  /** A file with the secret that signs calls to a webhook. */
  HEDDLE_WEBHOOK_SECRET_FILE: text,
  /** Seconds that a mail server may say nothing before its line is given up. */
  HEDDLE_MAIL_TIMEOUT: count(60),
  /** Where mirrors of archives are kept. */
  HEDDLE_ARCHIVES: text,
  /** Seconds between two looks at an archive. */
  HEDDLE_ARCHIVE_INTERVAL: count(300),
  /** A file of mode 0600 with the hash of the operator's password (`heddle serve --hash-password`); without it nobody logs in. */
  HEDDLE_WEB_PASSWORD_FILE: text,
  /** Who may read the pages: anybody, with addresses masked; or only who has logged in. */
  HEDDLE_WEB_READING: text.refine((value) => value === undefined || value === 'public' || value === 'private', {
    message: 'public or private is wanted',
  }),
  /** Any value: a proxy stands in front and tells who asks, in X-Forwarded-For. */
  HEDDLE_WEB_PROXY: text,
  /** Where sources are read on the web: `linux=https://example.org/{version}/{function} xen=https://…`. */
  HEDDLE_WEB_SOURCES: text.refine(
    (value) => (value ?? '').split(/\s+/).every((one) => one === '' || SOURCE.test(one)),
    {
      message: 'project=https://…, parted by blanks, is wanted',
    },
  ),
  /** Any value: no colours (no-color.org). */
  NO_COLOR: text,
});

/**
 * Everything that can be set from outside, read once by a program.
 * With no settings at all: one process, one SQLite file in the current folder, the bundled source trees.
 */
export const Config = Environment.superRefine(({ HEDDLE_LLM_URL, HEDDLE_LLM_MODEL }, context) => {
  if ((HEDDLE_LLM_URL === undefined) !== (HEDDLE_LLM_MODEL === undefined))
    context.addIssue('HEDDLE_LLM_URL and HEDDLE_LLM_MODEL are set both, or neither');
}).transform((env) => ({
  store: env.HEDDLE_STORE ?? env.DATABASE_URL ?? 'heddle.db',
  database: { passwordFile: env.HEDDLE_DATABASE_PASSWORD_FILE ?? null, connections: env.HEDDLE_DATABASE_CONNECTIONS },
  redis:
    env.REDIS_URL === undefined ? null : { url: env.REDIS_URL, passwordFile: env.HEDDLE_REDIS_PASSWORD_FILE ?? null },
  list: env.HEDDLE_LIST ?? 'xen-devel',
  trees: env.HEDDLE_TREES ?? besideStore(env.HEDDLE_STORE ?? env.DATABASE_URL ?? '', 'heddle-trees'),
  archive: env.HEDDLE_ARCHIVE,
  release: { name: env.HEDDLE_RELEASE, since: env.HEDDLE_RELEASE_SINCE, freeze: env.HEDDLE_RELEASE_FREEZE },
  llm: toLlm(env),
  smtp: toSmtp(env),
  post: toPost(env),
  archives: env.HEDDLE_ARCHIVES ?? besideStore(env.HEDDLE_STORE ?? '', 'heddle-archives'),
  archiveIntervalMs: env.HEDDLE_ARCHIVE_INTERVAL * 1000,
  mailTimeoutMs: env.HEDDLE_MAIL_TIMEOUT * 1000,
  web: toWeb(env),
  colour: env.NO_COLOR === undefined,
}));
export type Config = z.infer<typeof Config>;

/** A folder in that of the store's file; in the current one where the store is a server's. */
function besideStore(store: string, name: string): string {
  return store.includes('://') || !store.includes('/') ? name : join(dirname(store), name);
}

/** Who may read the pages, and where their links to sources lead. */
function toWeb(env: z.infer<typeof Environment>) {
  const sources = (env.HEDDLE_WEB_SOURCES ?? '').split(/\s+/).flatMap((one) => {
    const { project, url } = SOURCE.exec(one)?.groups ?? {};
    return project === undefined || url === undefined ? [] : [[project, url] as const];
  });
  return {
    passwordFile: env.HEDDLE_WEB_PASSWORD_FILE ?? null,
    reading: env.HEDDLE_WEB_READING === 'private' ? ('private' as const) : ('public' as const),
    behindProxy: env.HEDDLE_WEB_PROXY !== undefined,
    sources: Object.fromEntries(sources),
  };
}

/** The model that may be asked, or `null`. */
function toLlm(env: z.infer<typeof Environment>) {
  if (env.HEDDLE_LLM_URL === undefined || env.HEDDLE_LLM_MODEL === undefined) return null;
  return {
    url: env.HEDDLE_LLM_URL,
    model: env.HEDDLE_LLM_MODEL,
    key: env.HEDDLE_LLM_KEY ?? null,
    keyFile: env.HEDDLE_LLM_KEY_FILE ?? null,
    limits: { requests: env.HEDDLE_LLM_DAILY_REQUESTS, tokens: env.HEDDLE_LLM_DAILY_TOKENS },
    timeoutMs: env.HEDDLE_LLM_TIMEOUT * 1000,
    summaries: env.HEDDLE_LLM_SUMMARIES !== undefined,
    folder: env.HEDDLE_LLM_FOLDER ?? 'heddle-llm',
  };
}
export type LlmConfig = NonNullable<ReturnType<typeof toLlm>>;

/** The server that takes our mail, or `null`. */
function toSmtp(env: z.infer<typeof Environment>) {
  if (env.HEDDLE_SMTP_URL === undefined) return null;
  return {
    url: env.HEDDLE_SMTP_URL,
    from: env.HEDDLE_SMTP_FROM ?? null,
    passwordFile: env.HEDDLE_SMTP_PASSWORD_FILE ?? null,
    passwordCommand: env.HEDDLE_SMTP_PASSWORD_COMMAND ?? null,
    oauthFile: env.HEDDLE_SMTP_OAUTH_FILE ?? null,
    ca: env.HEDDLE_SMTP_CA ?? null,
    insecure: env.HEDDLE_SMTP_INSECURE !== undefined,
  };
}

/** How letters to subscribers go out. */
function toPost(env: z.infer<typeof Environment>) {
  return {
    from: env.HEDDLE_SMTP_FROM ?? null,
    origin: env.HEDDLE_ORIGIN?.replace(/\/$/, '') ?? null,
    isOff: env.HEDDLE_DELIVERY !== undefined && /^(?:off|no|0|false)$/i.test(env.HEDDLE_DELIVERY),
    mustApprove: env.HEDDLE_APPROVE !== undefined,
    allowedLists: (env.HEDDLE_ALLOW_LISTS ?? '').split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])),
    mostADay: env.HEDDLE_DAILY_LETTERS,
    hasSubaddresses: env.HEDDLE_SUBADDRESSES !== undefined,
    authserv: env.HEDDLE_AUTHSERV ?? null,
    dkim: {
      keyFile: env.HEDDLE_DKIM_KEY_FILE ?? null,
      selector: env.HEDDLE_DKIM_SELECTOR,
      domain: env.HEDDLE_DKIM_DOMAIN,
    },
    webhookSecretFile: env.HEDDLE_WEBHOOK_SECRET_FILE ?? null,
  };
}

/** Settings whose value is nobody's business. */
export const SECRETS: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'REDIS_URL',
  'HEDDLE_LLM_KEY',
  'HEDDLE_PASSWORD',
  'HEDDLE_SMTP_URL',
  'HEDDLE_SMTP_PASSWORD',
  'HEDDLE_SMTP_PASSWORD_COMMAND',
]);

/** The names of all settings, for `.env.example` and `heddle doctor`. */
export const SETTINGS: readonly string[] = Object.keys(Environment.shape);

/** Reads the settings, or throws one error whose message lists all that is wrong, a line each. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = Config.safeParse(env);
  if (read.success) return read.data;
  throw new Error(`bad configuration:\n${z.prettifyError(read.error)}`);
}
