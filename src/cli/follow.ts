import { resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { writeTime } from '../lib/days.ts';
import { writeSafeJson } from '../lib/safe-json.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { ArchiveTrouble } from '../mailbox/archive/archive-trouble.ts';
import { writeFragment } from '../mailbox/archive/archive-url.ts';
import { findKnownArchive, KNOWN_ARCHIVES } from '../mailbox/archive/known-archives.ts';
import { findImapOf, lookAtArchive, lookAtFolder, type ArchiveFinding } from '../mailbox/archive/look-at-archive.ts';
import { PoliteClient } from '../mailbox/archive/polite-client.ts';
import { readImapAddress } from '../mailbox/imap/imap-address.ts';
import { probeImap } from '../mailbox/imap/probe-imap.ts';
import type { Mailbox } from '../model/mailbox.ts';
import type { Store } from '../ports.ts';
import { toArchivePorts } from './archive-ports.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { writeCount } from './finding-lines.ts';
import { toMailboxPorts } from './mailbox-ports.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface FollowOptions extends StoreOption {
  readonly by?: 'git' | 'http' | 'imap';
  readonly name?: string;
  readonly since?: string;
  readonly oldestFirst?: true;
  readonly json?: true;
}

const CLOCK = { now: () => new Date() };

/** What was found, and the mailbox that it becomes (its name is still to be agreed with the store). */
interface Found {
  readonly mailbox: Mailbox;
  readonly lines: readonly (readonly [string, string])[];
}

/** `heddle follow LIST|URL`: tries the archive, says what is there, and writes it down. */
export async function runFollow([asked]: readonly [string], options: FollowOptions, context: Context): Promise<number> {
  const since = readSince(options.since);
  const found = await find(asked, since, options, context).catch((error: unknown) => {
    throw error instanceof ArchiveTrouble ? new CommandFailure(error.message, EXIT.unreadable, error) : error;
  });
  const mailbox = await withStore({ option: options, context, must: 'be-made' }, (store) =>
    write(found.mailbox, options, store),
  );
  if (options.json === true) await context.stdout.write(`${writeSafeJson({ mailbox })}\n`);
  else await tell(mailbox, found.lines, context);
  return EXIT.ok;
}

/** A day, `now`, or nothing. */
function readSince(text: string | undefined): string | null {
  if (text === undefined || text === 'now') return text ?? null;
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  const isDay = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
  if (!isDay)
    throw new CommandFailure(`--since wants a day as 2024-05-15, or now, not ${toSafeLine(text, 100)}`, EXIT.usage);
  return text;
}

async function find(asked: string, since: string | null, options: FollowOptions, context: Context): Promise<Found> {
  const known = findKnownArchive(asked);
  const address = known?.base ?? asked;
  if (known === null && !asked.includes('/') && !existsSync(asked)) {
    const names = KNOWN_ARCHIVES.map(({ names: [name] }) => name).join(', ');
    throw new CommandFailure(`no archive of ${toSafeLine(asked, 100)} is known: give its address; known are ${names}`);
  }
  if (/^imaps?:/i.test(address)) return findByImap(address, since, options, context);
  const ports = toArchivePorts(context, CLOCK);
  const looking = { client: new PoliteClient(ports), ports, signal: new AbortController().signal };
  if (!/^[a-z+]{2,20}:/i.test(address)) return toFound(await lookAtFolder(resolve(address)), since, options, context);
  if (!/^(?:git\+)?https?:\/\//i.test(address)) {
    throw new CommandFailure(
      `${toSafeLine(address, 300)}: archives are at https://, git+https:// or imaps:// addresses`,
      EXIT.usage,
    );
  }
  if (options.by === 'imap') {
    const imap = await findImapOf(address, looking);
    if (imap !== null) return findByImap(imap, since, options, context);
    throw new CommandFailure(
      `${toSafeLine(address, 300)}: says nothing of IMAP; where it has it, give the imaps:// address`,
    );
  }
  const by = options.by ?? (/^git\+/i.test(address) ? 'git' : null);
  return toFound(await lookAtArchive(address, by, looking), since, options, context);
}

function toFound(finding: ArchiveFinding, since: string | null, options: FollowOptions, context: Context): Found {
  const { way, base, title, pieces, mails, newest } = finding;
  const kind = way === 'git' ? 'git' : 'http';
  const isWeb = /^(?:git\+)?https?:/i.test(base);
  const day = since === 'now' ? null : since;
  const fragment = writeFragment({ since: day, form: way === 'months' ? 'monthly' : 'public-inbox' });
  const mailbox: Mailbox = {
    name: options.name ?? toListName(base),
    url: `${kind === 'git' && isWeb ? 'git+' : ''}${base}${fragment}`,
    kind,
    secret: null,
    tls: /^(?:git\+)?http:/i.test(base) ? 'none' : 'required',
    ca: null,
    backFill: toBackFill(since, options),
    addedAt: context.now.toISOString(),
  };
  const what: Readonly<Record<ArchiveFinding['way'], string>> = {
    git: `its git history, ${pieces === 1 ? 'one repository' : `${String(pieces)} repositories`}`,
    feed: 'its web pages (Atom feed, threads, search)',
    months: `its monthly files, ${String(pieces)} of them`,
  };
  return {
    mailbox,
    lines: [
      ['archive', toSafeLine(title === '' ? base : `${base} (${title})`, 300)],
      ['by', what[way] + (mails === null ? '' : `, ${writeCount(mails, 'mail')}`)],
      ['newest', newest === null ? 'not told' : writeTime(newest)],
    ],
  };
}

async function findByImap(url: string, since: string | null, options: FollowOptions, context: Context): Promise<Found> {
  if (since !== null && since !== 'now') {
    throw new CommandFailure('--since with a day cannot be had by IMAP: by git or http, or --since now', EXIT.usage);
  }
  const mailbox: Mailbox = {
    name: options.name ?? '',
    url: toSliceUrl(url),
    kind: 'imap',
    secret: null,
    tls: /^imap:/i.test(url) ? 'none' : 'required',
    ca: null,
    backFill: toBackFill(since, options),
    addedAt: context.now.toISOString(),
  };
  const probe = await probeImap(mailbox, toMailboxPorts(context, CLOCK).imap);
  if (probe.kind === 'failure') throw new CommandFailure(probe.failure.message, EXIT.unreadable, probe.failure);
  const group = probe.folder.replace(/\.\d+$/, '');
  const slices = probe.folders.filter((folder) => folder.toLowerCase().startsWith(`${group.toLowerCase()}.`)).length;
  return {
    mailbox: { ...mailbox, name: options.name ?? group.split('.').at(-1) ?? group },
    lines: [
      ['archive', toSafeLine(mailbox.url, 300)],
      ['by', `anonymous IMAP, ${writeCount(slices, 'folder')}, ${writeCount(probe.mails, 'mail')} in the first`],
      [
        'lists',
        probe.lists
          .map(({ list }) => toSafeLine(list, 100))
          .slice(0, 5)
          .join(', ') || 'not told',
      ],
    ],
  };
}

/** The first folder of a newsgroup where only the group is named; no user, as anonymous addresses have none. */
function toSliceUrl(text: string): string {
  const plain = text.replace(/^(?<scheme>imaps?:\/\/)(?:;auth=anonymous|anonymous)@/i, '$<scheme>');
  const address = readImapAddress(plain);
  if (address?.user !== null) {
    throw new CommandFailure(
      `${toSafeLine(text, 300)}: an archive's IMAP address has no user: imaps://host/inbox.list.0; a mailbox of your own is for heddle subscribe`,
      EXIT.usage,
    );
  }
  return /\.\d+$/.test(address.folder) ? plain : `${plain.replace(/\/$/, '')}.0`;
}

function toBackFill(since: string | null, { oldestFirst }: FollowOptions): Mailbox['backFill'] {
  if (since === 'now') return 'none';
  return oldestFirst === true ? 'in-order' : 'newest-first';
}

/** The last part of the address that is no number: `https://host/xen-devel/0` is xen-devel. */
function toListName(base: string): string {
  const parts = base.replace(/^[a-z+]{2,20}:\/\/[^/]{0,300}/i, '').split('/');
  const name = parts.filter((part) => part !== '' && part !== 'git' && !/^\d+(?:\.git)?$/.test(part)).at(-1);
  return toSafeLine((name ?? 'archive').replace(/\.git$/, ''), 100);
}

/** Writes the mailbox down. A second way to the same list gets a name of its own; a name that was given must be free. */
async function write(mailbox: Mailbox, { name }: FollowOptions, store: Store): Promise<Mailbox> {
  const taken = new Map((await store.mailboxes()).map((one) => [one.name, one.url] as const));
  const isFree = (wanted: string): boolean => !taken.has(wanted) || taken.get(wanted) === mailbox.url;
  if (name !== undefined && !isFree(name)) {
    throw new CommandFailure(
      `${toSafeLine(name, 100)} is followed already, at another address: choose another --name, or heddle unsubscribe it first`,
    );
  }
  const names = [
    mailbox.name,
    `${mailbox.name}-${mailbox.kind}`,
    ...[2, 3, 4, 5].map((count) => `${mailbox.name}-${mailbox.kind}-${String(count)}`),
  ];
  const free = names.find(isFree);
  if (free === undefined) throw new CommandFailure(`${mailbox.name} is followed in many ways already: choose a --name`);
  const written = { ...mailbox, name: free };
  await store.saveMailbox(written);
  return written;
}

async function tell(mailbox: Mailbox, lines: Found['lines'], { stdout, style }: Context): Promise<void> {
  const old: Readonly<Record<Mailbox['backFill'], string>> = {
    none: 'is left out',
    'in-order': 'is read, oldest first',
    'newest-first': mailbox.kind === 'git' ? 'is read, oldest first, once it is fetched' : 'is read, newest first',
  };
  const since = /#since=(?<day>[\d-]+)/.exec(mailbox.url)?.groups?.['day'];
  const rows = [
    ...lines,
    ['old mail', `${old[mailbox.backFill]}${since === undefined ? '' : `, from ${since} on`}`] as const,
  ];
  for (const [label, text] of rows) await stdout.write(`${style.dim(label.padEnd(9))} ${text}\n`);
  await stdout.write(`followed as ${style.bold(toSafeLine(mailbox.name, 100))}: heddle watch reads it from now on\n`);
}
