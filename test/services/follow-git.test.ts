/** A git mirror of a real public-inbox: killed, locked, damaged, its history rewritten, a new epoch begun. No mail is lost. */
import { execFileSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findMessageId } from '../../src/mailbox/archive/mail-stream.ts';
import { toArchiveOpener } from '../../src/mailbox/archive/open-archive.ts';
import type { Mailbox } from '../../src/model/mailbox.ts';
import type { Reading } from '../../src/ports.ts';
import { generateMails } from './generated-mails.ts';
import { startPublicInbox, type PublicInbox } from './public-inbox-server.ts';

const mails = generateMails(60, 11).map(({ text }) => Buffer.from(text));
const idsOf = (some: readonly Buffer[]): string[] => some.map((mail) => findMessageId(mail) ?? '').toSorted();
const folder = mkdtempSync(join(tmpdir(), 'heddle-follow-git-'));
let inbox: PublicInbox;
let mirrors = '';
let runs = 0;

beforeAll(async () => {
  inbox = await startPublicInbox();
  await inbox.load(mails.slice(0, 40));
});
beforeEach(() => {
  runs += 1;
  mirrors = join(folder, `mirrors${runs}`);
});
afterAll(async () => {
  await inbox.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Reads what is new, as one start of heddle does; the cursors go on. */
async function read(
  cursors: Map<string, string>,
  {
    url = `git+${inbox.base}0`,
    staleLockMs = 600_000,
    ...rest
  }: { readonly url?: string; readonly staleLockMs?: number } & Partial<Mailbox> = {},
) {
  const open = toArchiveOpener({
    fetch: (address, init) => fetch(address, init),
    lookup: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    clock: { now: () => new Date() },
    random: () => 0.5,
    folder: mirrors,
    env: process.env,
    agent: 'heddle/test',
    limits: { gapMs: 0, staleLockMs },
  });
  const mailbox: Mailbox = {
    name: 'list',
    url,
    kind: 'git',
    secret: null,
    tls: 'none',
    ca: null,
    backFill: 'in-order',
    addedAt: '2024-05-15T00:00:00.000Z',
    ...rest,
  };
  const readings: Reading[] = [];
  for await (const reading of open(mailbox).read({ cursors })) {
    readings.push(reading);
    if (reading.kind === 'cursor') cursors.set(reading.source, reading.cursor);
  }
  return {
    ids: readings.flatMap((one) => (one.kind === 'mail' ? [findMessageId(one.mail.bytes) ?? ''] : [])).toSorted(),
    failures: readings.flatMap((one) => (one.kind === 'failure' ? [one.failure.reason] : [])),
  };
}

/** The mirror's first repository. */
function mirror(): string {
  const [list = ''] = readdirSync(mirrors);
  return join(mirrors, list, 'git', '0.git');
}

describe('a git mirror', () => {
  it('has one cursor an epoch, that begins with the name of the mailbox', async () => {
    const cursors = new Map<string, string>();
    const { ids, failures } = await read(cursors);

    expect({ ids, failures, sources: [...cursors.keys()] }).toEqual({
      ids: idsOf(mails.slice(0, 40)),
      failures: [],
      sources: ['list\n0'],
    });
    expect((await read(cursors)).ids).toEqual([]);
  });

  it('is not held up by what killed gits left in it', async () => {
    const cursors = new Map<string, string>();
    await read(cursors);
    const lock = join(mirror(), 'packed-refs.lock');
    writeFileSync(lock, '');
    utimesSync(lock, 1, 1);
    writeFileSync(join(mirror(), 'objects', 'pack', 'tmp_pack_left'), 'half');
    utimesSync(join(mirror(), 'objects', 'pack', 'tmp_pack_left'), 1, 1);
    await inbox.load(mails.slice(40, 42));
    const { ids, failures } = await read(cursors);

    expect({ ids, failures }).toEqual({ ids: idsOf(mails.slice(40, 42)), failures: [] });
    expect([existsSync(lock), existsSync(join(mirror(), 'objects', 'pack', 'tmp_pack_left'))]).toEqual([false, false]);
  });

  it('that was left half fetched is fetched to its end', async () => {
    execFileSync('git', ['init', '-q', '--bare', join(mirrors, 'x')]);
    const cursors = new Map<string, string>();
    const open = toArchiveOpener({
      fetch: (address, init) => fetch(address, init),
      lookup: () => Promise.resolve(['127.0.0.1']),
      clock: { now: () => new Date() },
      random: () => 0.5,
      folder: mirrors,
      env: process.env,
      agent: 'heddle/test',
      limits: { gapMs: 0, fetchMs: 1 },
    });
    rmSync(mirrors, { recursive: true });
    const source = open({
      name: 'list',
      url: `git+${inbox.base}0`,
      kind: 'git',
      secret: null,
      tls: 'none',
      ca: null,
      backFill: 'in-order',
      addedAt: '2024-05-15T00:00:00.000Z',
    });
    const reasons: string[] = [];
    for await (const reading of source.read()) if (reading.kind === 'failure') reasons.push(reading.failure.reason);
    const { ids, failures } = await read(cursors);

    expect(reasons).toEqual([`${inbox.base}0: git took too long and was stopped`]);
    expect({ ids, failures }).toEqual({ ids: idsOf(mails.slice(0, 42)), failures: [] });
  });

  it('that is damaged is fetched anew', async () => {
    const cursors = new Map<string, string>();
    await read(cursors);
    const packs = join(mirror(), 'objects', 'pack');
    for (const name of readdirSync(packs).filter((one) => one.endsWith('.pack'))) truncateSync(join(packs, name), 100);
    await inbox.load(mails.slice(42, 44));
    const all = [await read(cursors), await read(cursors)];

    expect(all.at(-1)?.failures).toEqual([]);
    expect(all.flatMap(({ ids }) => ids)).toEqual(expect.arrayContaining(idsOf(mails.slice(42, 44))));
  });

  it('whose history was rewritten upstream goes on, without what was taken out', async () => {
    const cursors = new Map<string, string>();
    await read(cursors);
    await inbox.purge([mails[3] ?? Buffer.alloc(0)]);
    await inbox.load(mails.slice(44, 46));
    const { ids, failures } = await read(cursors);

    expect(failures).toEqual([]);
    expect(ids).toEqual(expect.arrayContaining(idsOf(mails.slice(44, 46))));
    expect(ids).not.toContain(idsOf(mails.slice(3, 4))[0]);
    expect(ids).not.toContain('');
    expect((await read(cursors)).ids).toEqual([]);
  });

  it('begins at a day, or with what comes', async () => {
    const whole = (await read(new Map())).ids;
    mirrors = join(folder, 'since');
    const since = await read(new Map(), { url: `git+${inbox.base}0#since=2024-01-02` });
    mirrors = join(folder, 'none');
    const none = await read(new Map(), { backFill: 'none', addedAt: '2099-01-01T00:00:00.000Z' });

    expect(whole.length).toBeGreaterThan(40);
    // All of them are of the first hour of 2024.
    expect([since.ids, none.ids]).toEqual([[], []]);
  });

  it('finds an epoch that was begun', async () => {
    const cursors = new Map<string, string>();
    await read(cursors);
    await inbox.beginEpoch(mails.slice(46, 50));
    const { ids, failures } = await read(cursors);

    expect({ ids, failures, sources: [...cursors.keys()] }).toEqual({
      ids: idsOf(mails.slice(46, 50)),
      failures: [],
      sources: ['list\n0', 'list\n1'],
    });
  });

  it('that somebody else keeps is read where it lies', async () => {
    const cursors = new Map<string, string>();
    const { ids, failures } = await read(cursors, { url: inbox.path });

    expect({ count: ids.length, failures }).toEqual({ count: 49, failures: [] });
    expect([...cursors.keys()]).toEqual(['list\n0', 'list\n1']);
  });
});
