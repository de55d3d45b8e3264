/**
 * Fills a folder of a real Dovecot with many mails, a huge one among them, and lets `heddle watch` read it all, killed twice on the
 * way. Prints the time, the most memory (VmHWM) that any of the three processes took, and where each began. Exits 1 where a mail
 * is missing or the memory was more than 400 MB.
 *
 *     npx tsx scripts/backfill-imap.ts [PATH] [--mails 50000] [--order newest-first]
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCursor, type FolderCursor } from '../src/mailbox/imap/folder-cursor.ts';
import { BACK_FILLS, type Mailbox } from '../src/model/mailbox.ts';
import { startDovecot } from '../test/services/dovecot.ts';
import { ImapMailbox } from '../test/services/imap-mailbox.ts';
import { followMailbox, until, Watching, withStore } from '../test/services/watching.ts';
import { takeMails } from './storm-imap.ts';

const CORPUS = join(import.meta.dirname, '..', '..', 'shared', 'corpus', 'xen-cross-posts.mbox.gz');
const FOLDER = 'Old';
const HUGE = 60 * 1024 * 1024;
const MOST_MEGABYTES = 400;
/** Shares of the mails after which the process is killed. */
const KILLS = [1 / 3, 2 / 3];
const HOURS = 2 * 60 * 60;

/** The same mail under another name, so that it is another one: every address in its header gets a prefix. */
function toVariant(mail: Buffer, generation: number): Buffer {
  if (generation === 0) return mail;
  const end = mail.indexOf('\r\n\r\n');
  const header = mail
    .toString('latin1', 0, end)
    .replace(/<(?<id>[^<>\s@]{1,500}@[^<>\s]{1,500})>/g, `<v${generation}.$<id>>`);
  return Buffer.concat([Buffer.from(header, 'latin1'), mail.subarray(end)]);
}

/** One mail for each Message-ID, so that the store has to hold as many as the folder. */
function toDistinct(mails: readonly Buffer[]): Buffer[] {
  const byId = new Map<string, Buffer>();
  for (const mail of mails) {
    const id = /^message-id:\s{0,10}<(?<id>[^>\s]{1,900})>/im.exec(mail.toString('latin1', 0, 64 * 1024))?.groups?.[
      'id'
    ];
    if (id !== undefined && !byId.has(id)) byId.set(id, mail);
  }
  return [...byId.values()];
}

function makeHuge(): Buffer {
  const head =
    'Message-ID: <huge@example.org>\r\nFrom: Ann <ann@example.org>\r\nDate: Wed, 15 May 2024 10:00:00 +0000\r\nSubject: huge\r\n\r\n';
  return Buffer.concat([
    Buffer.from(head),
    Buffer.alloc(HUGE, 'All of this line is but filler, and so is the next one, to the end.\r\n'),
  ]);
}

async function fill(port: number, path: string, count: number): Promise<number> {
  const mails = toDistinct(await takeMails(path, count));
  const hand = await ImapMailbox.open({ port });
  await hand.create(FOLDER);
  for (let at = 0; at < count - 1; at += 1) {
    const mail = mails[at % mails.length];
    if (mail === undefined) break;
    await hand.append(FOLDER, toVariant(mail, Math.floor(at / mails.length)));
    if (at === Math.floor(count / 2)) await hand.append(FOLDER, makeHuge());
  }
  const found = await hand.count(FOLDER);
  await hand.close();
  return found;
}

function toPeak(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8');
    return Math.ceil(Number(/VmHWM:\s+(?<kb>\d+)/.exec(status)?.groups?.['kb'] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

function toLeft({ old, news }: FolderCursor): number {
  return [...old, ...news].reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

interface Run {
  readonly peak: number;
  readonly seconds: number;
  /** UIDs that were still to be read when it began. */
  readonly left: number | null;
}

/** Watches until so many mails are left, or all is read and judged; kills it there, or ends it. */
async function watchUntil(file: string, left: number | null): Promise<Run> {
  const look = () =>
    withStore(file, async (store) => ({
      cursor: readCursor((await store.cursors()).get(`list\n${FOLDER}`)),
      pending: await store.pendingCount(),
    }));
  const before = await look();
  const began = Date.now();
  const watching = new Watching(file, { env: { HEDDLE_MAIL_TIMEOUT: '60' }, keeps: false });
  let peak = 0;
  await until(
    async () => {
      if (watching.isOver) throw new Error(`heddle ended by itself: ${watching.errors}`);
      peak = Math.max(peak, toPeak(watching.pid));
      const { cursor, pending } = await look();
      if (cursor === null) return false;
      return left === null ? toLeft(cursor) === 0 && pending === 0 : toLeft(cursor) <= left;
    },
    HOURS,
    'the folder is read',
    1000,
  );
  peak = Math.max(peak, toPeak(watching.pid));
  if (left === null) await watching.stop();
  else await watching.kill();
  return { peak, seconds: Math.round((Date.now() - began) / 1000), left: before.cursor && toLeft(before.cursor) };
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { mails: { type: 'string', default: '50000' }, order: { type: 'string', default: 'newest-first' } },
  });
  const path = positionals[0] ?? CORPUS;
  const backFill = BACK_FILLS.find((one) => one === values.order) satisfies Mailbox['backFill'] | undefined;
  if (!existsSync(path) || backFill === undefined) {
    console.log(`skipped: ${path} is not there, or ${values.order} is no order`);
    return positionals.length === 0 ? 0 : 2;
  }
  const count = Number(values.mails);
  const server = await startDovecot();
  const folder = mkdtempSync(join(tmpdir(), 'heddle-backfill-'));
  try {
    const file = join(folder, 'watched.db');
    const inFolder = await fill(server.port, path, count);
    await followMailbox(file, server, { port: server.port, folder: FOLDER, backFill });
    const runs: Run[] = [];
    for (const share of KILLS) runs.push(await watchUntil(file, Math.floor(count * (1 - share))));
    runs.push(await watchUntil(file, null));
    const { mails, threads } = await withStore(file, (store) => store.counts());
    for (const [at, { peak, seconds, left }] of runs.entries()) {
      console.log(`run ${at + 1}: ${left ?? inFolder} mails left at its beginning, ${seconds} s, at most ${peak} MB`);
    }
    const peak = Math.max(...runs.map((run) => run.peak));
    console.log(
      `${inFolder} mails in the folder (one of 60 MB), ${mails} in the store, ${threads} threads; at most ${peak} MB`,
    );
    const sound = mails === inFolder && peak < MOST_MEGABYTES;
    console.log(sound ? 'sound' : 'NOT SOUND');
    return sound ? 0 : 1;
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
