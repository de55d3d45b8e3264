import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { toSafeLine } from '../lib/safe-text.ts';
import { readImapAddress, type ImapAddress } from '../mailbox/imap/imap-address.ts';
import { BACK_FILLS, type Mailbox, type SecretPlace } from '../model/mailbox.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import type { StoreOption } from './with-store.ts';

export interface SubscribeOptions extends StoreOption {
  readonly passwordFile?: string;
  readonly passwordCommand?: string;
  readonly oauth?: string;
  readonly ca?: string;
  readonly name?: string;
  readonly backFill?: Mailbox['backFill'];
  readonly insecure?: true;
  readonly yes?: true;
}

/** Where the password is, unless an option says so. */
const VARIABLE = 'HEDDLE_PASSWORD';
const MAX_NAME = 100;

/**
 * The mailbox that a URL and options speak of. Nothing is connected to.
 *
 * @throws CommandFailure in one line, which repeats no URL that may hold a password.
 */
export function toMailbox(url: string, options: SubscribeOptions, context: Context): Mailbox {
  const address = readUrl(url);
  if (options.insecure === true && address.implicitTls) {
    throw usage('--insecure is for imap:// alone: imaps:// is encrypted from the first byte');
  }
  const tls = options.insecure === true ? 'none' : 'required';
  return makeMailbox(address, { tls, secret: toSecretPlace(address, options, context), options, context });
}

/** A mailbox of its parts; name, certificate and order of old mail by the options. */
export function makeMailbox(
  address: ImapAddress,
  { tls, secret, options, context }: Making & { readonly options: SubscribeOptions; readonly context: Context },
): Mailbox {
  return {
    name: readName(options.name) ?? toName(address),
    url: writeUrl(address),
    kind: 'imap',
    secret,
    tls,
    ca: options.ca === undefined ? null : readCa(options.ca),
    backFill: options.backFill ?? BACK_FILLS[0],
    addedAt: context.now.toISOString(),
  };
}

type Making = Pick<Mailbox, 'tls' | 'secret'>;

function readUrl(url: string): ImapAddress {
  const read = URL.canParse(url) ? new URL(url) : null;
  if (read !== null && read.password !== '') {
    throw usage(
      'the password does not belong into the URL, where logs and process lists show it: --password-file FILE',
    );
  }
  if (read !== null && (/^https?:$/.test(read.protocol) || read.protocol.startsWith('git'))) {
    throw usage('that is an archive, not a mailbox: heddle follow URL');
  }
  if (read !== null && `${read.search}${read.hash}` !== '') {
    throw usage('a ? or # in the name of a folder is written %3F or %23: as it stands, the URL ends before it');
  }
  const address = readImapAddress(url);
  if (address === null || /[\0\r\n]/.test(`${address.user ?? ''}${address.folder}`)) {
    throw usage('wanted is imaps://user@host/folder, or imap://user@host/folder (@ in the user is written %40)');
  }
  return address;
}

/** The URL anew from its parts, so that equal addresses are written equally. */
function writeUrl({ host, port, implicitTls, user, folder }: ImapAddress): string {
  const [scheme, usual] = implicitTls ? ['imaps', 993] : ['imap', 143];
  const who = user === null ? '' : `${encodeURIComponent(user)}@`;
  const where = host.includes(':') ? `[${host}]` : host;
  const way = folder
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  return `${scheme}://${who}${where}${port === usual ? '' : `:${String(port)}`}/${way}`;
}

/** `bot@example.org` for an inbox; the folder's own name for any other. */
export function toName({ user, host, folder }: ImapAddress): string {
  const last = folder.split(/[/.]/).at(-1) ?? folder;
  if (folder.toUpperCase() !== 'INBOX' && last !== '') return toSafeLine(last, MAX_NAME);
  const who = user === null ? host : user.includes('@') ? user : `${user}@${host}`;
  return toSafeLine(who, MAX_NAME);
}

function readName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const clean = toSafeLine(name, MAX_NAME).trim();
  if (clean === '' || clean !== name) throw usage('--name wants one line of plain text');
  return clean;
}

function toSecretPlace({ user }: ImapAddress, options: SubscribeOptions, { env }: Context): SecretPlace | null {
  const { passwordFile, passwordCommand, oauth } = options;
  const given: SecretPlace[] = [
    ...(passwordFile === undefined ? [] : [{ kind: 'file', path: resolve(passwordFile) } as const]),
    ...(passwordCommand === undefined ? [] : [{ kind: 'command', command: passwordCommand } as const]),
    ...(oauth === undefined ? [] : [{ kind: 'oauth2', path: resolve(oauth) } as const]),
  ];
  const [place, second] = given;
  if (second !== undefined) throw usage('one of --password-file, --password-command and --oauth is enough');
  if (user === null) {
    if (place === undefined) return null;
    throw usage('whose secret is it? The URL names no user: imaps://user@host/folder');
  }
  if (place !== undefined) return place;
  if ((env[VARIABLE] ?? '') !== '') return { kind: 'environment', name: VARIABLE };
  throw usage(`where is the password? --password-file FILE, --password-command COMMAND, --oauth FILE, or ${VARIABLE}`);
}

function readCa(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new CommandFailure(`--ca ${path}: cannot be read (${code})`, EXIT.unreadable, error);
  }
  if (text.includes('PRIVATE KEY'))
    throw new CommandFailure(`--ca ${path}: holds a private key; wanted is a certificate`);
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new CommandFailure(`--ca ${path}: is no certificate (PEM)`);
  return resolve(path);
}

function usage(message: string): CommandFailure {
  return new CommandFailure(message, EXIT.usage);
}
