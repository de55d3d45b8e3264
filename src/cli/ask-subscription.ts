import { relative, resolve } from 'node:path';
import { findServer, type FoundServer } from '../mailbox/discover/find-server.ts';
import { openDiscoveryNetwork } from '../mailbox/discover/discovery-network.ts';
import type { ImapAddress } from '../mailbox/imap/imap-address.ts';
import type { ImapFailureKind } from '../mailbox/imap/imap-failure.ts';
import type { ImapFinding, ImapProbe } from '../mailbox/imap/probe-imap.ts';
import type { Mailbox, SecretPlace } from '../model/mailbox.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { Asker } from './asker.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { toFindingLines } from './finding-lines.ts';
import { secretFile } from './secret-folder.ts';
import { makeMailbox, toName, type SubscribeOptions } from './subscription.ts';
import { storeFile } from './with-store.ts';

/** What a person said, after the server has agreed to it. */
export interface Asked {
  readonly mailbox: Mailbox;
  /** A secret that was typed and shall be kept in the file that the mailbox names, or `null`. */
  readonly typed: string | null;
  readonly asker: Asker;
}

export interface Asking {
  readonly options: SubscribeOptions;
  readonly context: Context;
  /** Looks into a mailbox; with a secret that was typed and lies nowhere yet. */
  readonly look: (mailbox: Mailbox, secrets?: Secrets) => Promise<ImapProbe>;
}

/** What was said so far. */
interface Draft {
  readonly address: ImapAddress;
  readonly place: SecretPlace;
  readonly typed: string | null;
}

/** Questions that are worth asking again, by what the server said. */
const AGAIN: Partial<Record<ImapFailureKind, 'server' | 'secret'>> = {
  'wrong-password': 'secret',
  'no-secret': 'secret',
  'expired-token': 'secret',
  'unknown-host': 'server',
  refused: 'server',
  unreachable: 'server',
  certificate: 'server',
  'no-tls': 'server',
  timeout: 'server',
  'bad-address': 'server',
};
const MOST_TRIES = 5;

/** Asks for a mailbox until its server lets us in, shows what is there, and asks whether to follow it. */
export async function askSubscription(asker: Asker, asking: Asking): Promise<Asked> {
  asker.begin('A mailbox for heddle to read');
  let draft = await askSecret(asker, await askServer(asker), asking);
  for (let tries = 1; ; tries += 1) {
    const probe = await asker.wait(`Trying ${draft.address.host}`, lookAt(draft, asking));
    if (probe.kind === 'found') return finish(asker, { draft, found: probe, asking });
    asker.warn(probe.failure.message);
    const again = AGAIN[probe.failure.kind];
    if (again === undefined || tries === MOST_TRIES) throw new CommandFailure(probe.failure.message, EXIT.unreadable);
    const address = again === 'server' ? await askServer(asker, draft.address) : draft.address;
    draft = again === 'server' ? { ...draft, address } : await askSecret(asker, address, asking);
  }
}

const HOST = /^(?<host>[A-Za-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(?<port>\d{1,5}))?$/;

async function askServer(asker: Asker, before?: ImapAddress): Promise<ImapAddress> {
  const mail = before?.user ?? (await askAddress(asker));
  const found = before ? null : await asker.wait('Looking for its server', findServer(mail, openDiscoveryNetwork()));
  if (found) asker.say(writeFound(found));
  const given = before ? `${before.host}:${String(before.port)}` : found ? `${found.host}:${String(found.port)}` : '';
  const server = await asker.line({
    message: 'IMAP server',
    given,
    refuse: (answer) => (HOST.test(answer) ? undefined : 'Wanted is mail.example.org, or mail.example.org:993'),
  });
  const { host = '', port } = HOST.exec(server)?.groups ?? {};
  const number = port === undefined ? 993 : Number(port);
  const user = await asker.line({
    message: 'User name on that server',
    given: mail,
    refuse: (answer) => (answer === '' ? 'Nothing was typed' : undefined),
  });
  // 143 is for STARTTLS (RFC 8314); it is demanded there.
  return { host: host.replace(/^\[|\]$/g, ''), port: number, implicitTls: number !== 143, user, folder: 'INBOX' };
}

async function askAddress(asker: Asker): Promise<string> {
  return asker.line({
    message: 'Mail address that the list writes to',
    refuse: (answer) => (/^[^\s@]{1,64}@[^\s@]{1,189}$/.test(answer) ? undefined : 'Wanted is somebody@example.org'),
  });
}

function writeFound({ host, port, how, hint }: FoundServer): string {
  return `${host}:${String(port)} (${how})${hint === null ? '' : `\nIt ${hint}.`}`;
}

type Way = 'typed' | 'command' | 'file' | 'environment' | 'oauth2';

const WAYS: readonly { readonly value: Way; readonly label: string; readonly hint: string }[] = [
  { value: 'typed', label: 'I type it', hint: 'it is kept in a file that only you may read' },
  { value: 'command', label: 'A command prints it', hint: 'pass show bot' },
  { value: 'file', label: 'It stands in a file', hint: 'mode 0600' },
  { value: 'environment', label: 'It is in the environment', hint: 'HEDDLE_PASSWORD' },
  { value: 'oauth2', label: 'OAuth2', hint: 'a file with a refresh token' },
];

async function askSecret(asker: Asker, address: ImapAddress, asking: Asking): Promise<Draft> {
  const way = await asker.choose('Where is the password?', WAYS);
  if (way !== 'typed') return { address, place: await askPlace(asker, way), typed: null };
  const typed = await asker.secret('Password');
  const path = secretFile(storeFile(asking.options, asking.context), asking.options.name ?? toName(address));
  return { address, place: { kind: 'file', path }, typed };
}

const need = (answer: string) => (answer === '' ? 'Nothing was typed' : undefined);

async function askPlace(asker: Asker, way: Exclude<Way, 'typed'>): Promise<SecretPlace> {
  switch (way) {
    case 'command':
      return { kind: 'command', command: await asker.line({ message: 'Command', refuse: need }) };
    case 'file':
      return { kind: 'file', path: resolve(await asker.line({ message: 'File', refuse: need })) };
    case 'environment': {
      const name = await asker.line({
        message: 'Variable',
        given: 'HEDDLE_PASSWORD',
        refuse: (answer) => (/^[A-Za-z_]\w{0,99}$/.test(answer) ? undefined : 'That is no name of a variable'),
      });
      return { kind: 'environment', name };
    }
    case 'oauth2':
      return { kind: 'oauth2', path: resolve(await asker.line({ message: 'File', refuse: need })) };
  }
}

function lookAt({ address, place, typed }: Draft, { options, context, look }: Asking): Promise<ImapProbe> {
  const mailbox = toDraftMailbox(address, place, { options, context });
  if (typed === null) return look(mailbox);
  const credential = { kind: 'password', password: typed } as const;
  return look(mailbox, { reveal: () => Promise.resolve({ kind: 'credential', credential }), forget: () => undefined });
}

function toDraftMailbox(
  address: ImapAddress,
  secret: SecretPlace,
  { options, context }: Pick<Asking, 'options' | 'context'>,
): Mailbox {
  return makeMailbox(address, { tls: 'required', secret, options, context });
}

async function finish(
  asker: Asker,
  { draft, found, asking }: { readonly draft: Draft; readonly found: ImapFinding; readonly asking: Asking },
): Promise<Asked> {
  const [chosen, looked] = await chooseFolder(asker, { draft, found, asking });
  const { place, typed, address } = chosen;
  const kept = typed === null ? { place, typed } : await askKeeping(asker, place, typed);
  const mailbox = toDraftMailbox(address, kept.place, asking);
  asker.say(toFindingLines(looked, mailbox).join('\n'));
  if (!(await asker.agree(`Follow it as ${mailbox.name}?`))) {
    throw new CommandFailure('stopped: nothing was written down', EXIT.unreadable);
  }
  return { mailbox, typed: kept.typed, asker };
}

async function chooseFolder(
  asker: Asker,
  { draft, found, asking }: { readonly draft: Draft; readonly found: ImapFinding; readonly asking: Asking },
): Promise<readonly [Draft, ImapFinding]> {
  if (found.folders.length < 2) return [draft, found];
  const choices = found.folders.map((value) => ({ value, label: value }));
  const folder = await asker.choose('Folder with the list’s mail', choices, found.folder);
  if (folder === found.folder) return [draft, found];
  const chosen = { ...draft, address: { ...draft.address, folder } };
  const probe = await asker.wait(`Looking into ${folder}`, lookAt(chosen, asking));
  if (probe.kind === 'failure') throw new CommandFailure(probe.failure.message, EXIT.unreadable, probe.failure);
  return [chosen, probe];
}

/** A secret that was typed is kept only where the person says yes; heddle must find it again by itself. */
async function askKeeping(asker: Asker, place: SecretPlace, typed: string): Promise<Pick<Draft, 'place' | 'typed'>> {
  const path = place.kind === 'file' ? place.path : '';
  const shown = relative('.', path);
  asker.say(
    `heddle reads the password whenever it connects.\nIts file would be ${shown.startsWith('..') ? path : shown}`,
  );
  if (await asker.agree('Keep the password in that file (mode 0600)?')) return { place, typed };
  const way = await asker.choose(
    'Where is the password?',
    WAYS.filter(({ value }) => value !== 'typed'),
  );
  return way === 'typed' ? { place, typed } : { place: await askPlace(asker, way), typed: null };
}
