/**
 * A list followed from a real public-inbox: by git, over HTTP and over anonymous IMAP, each way alone and all at once. Every
 * mail comes once, those that are delivered later too.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMessageId } from '../../src/mailbox/archive/mail-stream.ts';
import { openNewsgroup } from '../../src/mailbox/archive/newsgroup.ts';
import { toArchiveOpener } from '../../src/mailbox/archive/open-archive.ts';
import { openMail } from '../../src/mailbox/open-mail.ts';
import type { Mailbox } from '../../src/model/mailbox.ts';
import type { FollowedSource } from '../../src/ports.ts';
import type { Secrets } from '../../src/ports/secrets.ts';
import { runHeddle } from '../cli/run-heddle.ts';
import { generateMails } from './generated-mails.ts';
import { startPublicInbox, type PublicInbox } from './public-inbox-server.ts';
import { until, Watching, withStore } from './watching.ts';

const MAILS = 1_000;
const LATER = 50;
/** Mails of one IMAP folder: there are two at first, and a third is begun by what comes later. */
const SLICE = 510;
/** Of these so many come as a mail server delivers them, which takes a second each; the rest at once. */
const BY_MDA = 10;
const CORPUS = join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus', 'xen-cross-posts.mbox.gz');

const folder = mkdtempSync(join(tmpdir(), 'heddle-follow-'));
let inbox: PublicInbox;
let mails: readonly Buffer[] = [];
const idsOf = (some: readonly Buffer[]): string[] => some.map((mail) => findMessageId(mail) ?? '').toSorted();

beforeAll(async () => {
  mails = await readMails(MAILS + LATER);
  inbox = await startPublicInbox({ slice: SLICE });
  await inbox.load(mails.slice(0, MAILS));
});

afterAll(async () => {
  await inbox.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Real mails where they are at hand, each Message-ID once; else mails of our own making. */
async function readMails(count: number): Promise<readonly Buffer[]> {
  if (!existsSync(CORPUS)) return generateMails(count, 7).map(({ text }) => Buffer.from(text));
  const found = new Map<string, Buffer>();
  for await (const reading of openMail(CORPUS).read()) {
    const id = reading.kind === 'mail' ? findMessageId(reading.mail.bytes) : null;
    if (reading.kind === 'mail' && id !== null && !found.has(id)) found.set(id, reading.mail.bytes);
    if (found.size === count) break;
  }
  return [...found.values()];
}

const openArchive = toArchiveOpener({
  fetch: (url, init) => fetch(url, init),
  lookup: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  clock: { now: () => new Date() },
  random: () => 0.5,
  folder: join(folder, 'mirrors'),
  env: process.env,
  agent: 'heddle/test',
  limits: { pollMs: 1_000, gapMs: 0, backOffMs: { first: 200, most: 2_000 } },
});

function toMailbox(kind: Mailbox['kind'], url: string): Mailbox {
  const rest = { secret: null, tls: 'none', ca: null, backFill: 'newest-first' } as const;
  return { name: `by-${kind}`, url, kind, ...rest, addedAt: new Date().toISOString() };
}

const NO_SECRETS: Secrets = {
  reveal: () => Promise.reject(new Error('archives need no secret')),
  forget: () => undefined,
};

/** The ways to the test server, each with a source of its own. */
const WAYS: Readonly<Record<Mailbox['kind'], () => FollowedSource>> = {
  git: () => openArchive(toMailbox('git', `git+${inbox.base}0`)),
  http: () => openArchive(toMailbox('http', inbox.base)),
  imap: () => {
    const ports = { secrets: NO_SECRETS, random: () => 0.5 };
    return openNewsgroup(toMailbox('imap', inbox.imap), ports, 1_000);
  },
};

/** Collects what a source gives until it is stopped. */
class Following {
  readonly ids = new Map<string, number>();
  readonly troubles: string[] = [];
  readonly at = new Map<string, number>();
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;
  isCaughtUp = false;

  constructor(source: FollowedSource) {
    this.#ended = this.#collect(source);
  }

  async #collect(source: FollowedSource): Promise<void> {
    for await (const reading of source.follow({ cursors: new Map(), signal: this.#stop.signal })) {
      if (reading.kind === 'caught-up') this.isCaughtUp = true;
      if (reading.kind === 'failure') this.troubles.push(reading.failure.reason);
      if (reading.kind === 'standing' && reading.standing.reason !== null) this.troubles.push(reading.standing.reason);
      if (reading.kind !== 'mail') continue;
      const id = findMessageId(reading.mail.bytes) ?? '';
      this.ids.set(id, (this.ids.get(id) ?? 0) + 1);
      this.at.set(id, Date.now());
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }
}

describe('a list in a real public-inbox', () => {
  it('comes whole by each way alone and by all at once, and then what is delivered', async () => {
    const ways = ['git', 'http', 'imap'] as const;
    const store = join(folder, 'all.db');
    for (const by of ways) {
      const asked = by === 'imap' ? inbox.imap : inbox.base;
      const ran = await runHeddle(['follow', asked, '--by', by, '--store', store]);
      expect({ by, exitCode: ran.exitCode, err: ran.err }).toEqual({ by, exitCode: 0, err: '' });
    }
    const watching = new Watching(store, {
      env: { HEDDLE_ARCHIVES: join(folder, 'watched'), HEDDLE_ARCHIVE_INTERVAL: '1', HEDDLE_MAIL_TIMEOUT: '60' },
    });
    const alone = ways.map((way) => ({ way, following: new Following(WAYS[way]()) }));
    const countStored = () => withStore(store, async (opened) => (await opened.counts()).mails);
    for (const { way, following } of alone) await until(() => following.isCaughtUp, 90, `${way}: ${MAILS} mails`);
    await until(async () => (await countStored()) === MAILS, 90, 'all at once');
    for (const { following } of alone)
      expect([...following.ids.keys()].toSorted()).toEqual(idsOf(mails.slice(0, MAILS)));

    const delivered = Date.now();
    await inbox.deliver(mails.slice(MAILS, MAILS + BY_MDA));
    await inbox.load(mails.slice(MAILS + BY_MDA));
    const took = Date.now() - delivered;
    for (const { way, following } of alone) {
      await until(() => following.ids.size >= MAILS + LATER, 60, `${way}: ${LATER} mails later`).catch(
        (error: unknown) => {
          throw new Error(`${String(error)}: ${following.ids.size} mails, ${following.troubles.join('; ')}`);
        },
      );
    }
    await until(async () => (await countStored()) === MAILS + LATER, 60, 'all at once, later');
    const { ms, exitCode } = await watching.stop();
    for (const { following } of alone) await following.stop();

    for (const { way, following } of alone) {
      const last = Math.max(...following.at.values()) - delivered;
      console.log(
        `follow: ${way} alone: ${following.ids.size} mails, the last of ${LATER} was read ${last} ms after the first was delivered (delivering took ${took} ms)`,
      );
      expect({ way, troubles: following.troubles, ids: [...following.ids.keys()].toSorted() }).toEqual({
        way,
        troubles: [],
        ids: idsOf(mails),
      });
    }
    const stored = await withStore(store, async (opened) => {
      const ids: string[] = [];
      for await (const { messages } of opened.grouping()) ids.push(...messages);
      const { mails: count } = await opened.counts();
      return { count, ids: ids.toSorted() };
    });
    console.log(`follow: git, HTTP and IMAP at once: ${stored.count} mails in the store, ended in ${ms} ms`);
    expect({ exitCode, errors: watching.errors, stored }).toEqual({
      exitCode: 0,
      errors: '',
      stored: { count: MAILS + LATER, ids: idsOf(mails) },
    });
  }, 400_000);
});
