/**
 * Mails arrive in a folder of a real Dovecot while `heddle watch` follows it through cut lines, silent lines, restarts of the
 * server, kills of its own process, a folder that is made anew, mails that are expunged and mails that are delivered twice. At
 * the end its store is compared with that of an undisturbed import of the same mails, and the folder with what was put into it.
 * Exits 1 where anything differs.
 *
 *     npx tsx scripts/storm-imap.ts [PATH] [--mails 2000] [--resets 30] [--stalls 10] [--restarts 5] [--kills 20] [--expunges 100]
 *         [--twice 100] [--seed 1]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { openMail } from '../src/mailbox/open-mail.ts';
import { readCursor, type FolderCursor } from '../src/mailbox/imap/folder-cursor.ts';
import type { TriageThread } from '../src/model/triage.ts';
import { DOVECOT_PASSWORD, startDovecot, type Dovecot } from '../test/services/dovecot.ts';
import { FaultProxy } from '../test/services/fault-proxy.ts';
import { ImapMailbox, toHash } from '../test/services/imap-mailbox.ts';
import { followMailbox, toCommand, until, Watching, withStore } from '../test/services/watching.ts';
import { findDifferences } from './compare-stores.ts';
import { toRandom } from './kill-import.ts';

const CORPUS = join(import.meta.dirname, '..', '..', 'shared', 'corpus', 'xen-cross-posts.mbox.gz');
const FOLDER = 'Lists/devel';
const FLAGS = [[], ['\\Seen'], ['\\Flagged', '\\Answered'], ['$Important']] as const;
/** Longer than the two seconds that the process grants a silent server, and its line a second look. */
const STALL_MS = 5_000;
/** A process is given up to so long before it is killed: it dies while reading, judging or waiting, some while starting. */
const LIFE_MS = 2_000;
const KILLED_AT_WORK = 0.8;
/** Mails put into the folder between two looks at what else is due. */
const GROUP = 5;

export interface StormPlan {
  readonly mails: readonly Buffer[];
  readonly resets: number;
  readonly stalls: number;
  readonly restarts: number;
  readonly kills: number;
  readonly expunges: number;
  readonly twice: number;
  /** 0 to 1, as often as it is asked. */
  readonly random: () => number;
  /** An empty folder to work in. */
  readonly folder: string;
}

export interface StormResult {
  readonly lines: readonly string[];
  /** What should not be; empty where all went well. */
  readonly faults: readonly string[];
}

type Deed = 'append' | 'again' | 'expunge' | 'reset' | 'stall' | 'restart' | 'kill' | 'anew';

/** Runs the plan against a server of its own. */
export async function stormImap(plan: StormPlan): Promise<StormResult> {
  const server = await startDovecot();
  const proxy = await FaultProxy.open(server.port);
  try {
    return await new Storm(plan, server, proxy).run();
  } finally {
    await proxy.close();
    await server.remove();
  }
}

class Storm {
  readonly #plan: StormPlan;
  readonly #server: Dovecot;
  readonly #proxy: FaultProxy;
  readonly #file: string;
  readonly #watchings: Watching[] = [];
  /** Mails that were put in, and what the folder must hold: digest and flags. */
  readonly #sent: Buffer[] = [];
  readonly #held = new Map<number, string>();
  readonly #done = { reset: 0, linesCut: 0, stall: 0, restart: 0, kill: 0, anew: 0, expunged: 0, again: 0 };
  #hand: ImapMailbox | null = null;
  #stalled: Promise<void> = Promise.resolve();

  constructor(plan: StormPlan, server: Dovecot, proxy: FaultProxy) {
    this.#plan = plan;
    this.#server = server;
    this.#proxy = proxy;
    this.#file = join(plan.folder, 'watched.db');
  }

  async run(): Promise<StormResult> {
    const { mails } = this.#plan;
    await (await this.#open()).create(FOLDER);
    await followMailbox(this.#file, this.#server, { port: this.#proxy.port, folder: FOLDER });
    const began = Date.now();
    this.#watch();
    for (const deed of this.#order()) await this.#do(deed);
    await this.#stalled;
    const calm = Date.now();
    await this.#untilRead();
    const settled = Date.now() - calm;
    const end = await this.#current().stop();
    const after = await (await this.#open()).look(FOLDER);
    await this.#hand?.close();
    const faults = [
      ...(end.exitCode === 0 ? [] : [`it ended with ${String(end.exitCode)}`]),
      ...(end.ms < 5_000 ? [] : [`it took ${end.ms} ms to end`]),
      ...this.#compareFolder(after.mails),
      ...(await this.#compareStores()),
      ...(await this.#compareTold()),
      ...(this.#watchings.some(({ errors }) => errors.includes(DOVECOT_PASSWORD)) ? ['the secret was told'] : []),
      ...(mails.length === this.#sent.length ? [] : [`only ${this.#sent.length} mails were sent`]),
    ];
    return { lines: await this.#tell({ began, settled, stopMs: end.ms, inFolder: after.mails.length }), faults };
  }

  /** Every deed at a place of chance, between the groups of mails; the folder is made anew about half way. */
  #order(): Deed[] {
    const { mails, random, expunges, twice, ...faults } = this.#plan;
    const groups = Array.from({ length: Math.ceil(mails.length / GROUP) }, (): Deed => 'append');
    const deeds: Deed[] = [
      ...Array.from({ length: faults.resets }, (): Deed => 'reset'),
      ...Array.from({ length: faults.stalls }, (): Deed => 'stall'),
      ...Array.from({ length: faults.restarts }, (): Deed => 'restart'),
      ...Array.from({ length: faults.kills }, (): Deed => 'kill'),
      ...Array.from({ length: Math.ceil(expunges / 10) }, (): Deed => 'expunge'),
      ...Array.from({ length: Math.ceil(twice / GROUP) }, (): Deed => 'again'),
    ];
    const placed = [
      ...groups.map((deed, at) => ({ deed, at })),
      ...deeds.map((deed) => ({ deed, at: (0.05 + 0.95 * random()) * groups.length })),
      { deed: 'anew' as const, at: (0.4 + 0.2 * random()) * groups.length },
    ];
    return placed.sort((a, b) => a.at - b.at).map(({ deed }) => deed);
  }

  async #do(deed: Deed): Promise<void> {
    const { mails, random } = this.#plan;
    switch (deed) {
      case 'append':
        for (const mail of mails.slice(this.#sent.length, this.#sent.length + GROUP)) await this.#append(mail);
        return setTimeout(random() * 60);
      case 'again':
        return this.#appendAgain();
      case 'expunge':
        return this.#expunge();
      case 'reset':
        await this.#untilConnected();
        this.#done.linesCut += this.#proxy.reset();
        this.#done.reset += 1;
        return;
      case 'stall':
        return this.#stall();
      case 'restart':
        await this.#hand?.close();
        this.#hand = null;
        await this.#server.restart();
        this.#done.restart += 1;
        return;
      case 'kill':
        if (random() < KILLED_AT_WORK) await this.#untilConnected();
        await setTimeout(random() * LIFE_MS);
        await this.#current().kill();
        this.#done.kill += 1;
        return this.#watch();
      case 'anew':
        return this.#makeAnew();
    }
  }

  #watch(): void {
    this.#watchings.push(new Watching(this.#file));
  }

  #current(): Watching {
    const last = this.#watchings.at(-1);
    if (last === undefined) throw new Error('nothing watches');
    return last;
  }

  async #open(): Promise<ImapMailbox> {
    this.#hand ??= await ImapMailbox.open(this.#server);
    return this.#hand;
  }

  async #append(mail: Buffer, flags: readonly string[] = FLAGS[this.#sent.length % FLAGS.length] ?? []): Promise<void> {
    const uid = await (await this.#open()).append(FOLDER, mail, flags);
    this.#held.set(uid, `${toHash(mail)} ${[...flags].sort().join(' ')}`);
    this.#sent.push(mail);
  }

  async #appendAgain(): Promise<void> {
    for (let count = 0; count < GROUP && this.#sent.length > 0; count += 1) {
      const mail = this.#sent[Math.floor(this.#plan.random() * this.#sent.length)];
      if (mail === undefined) return;
      const uid = await (await this.#open()).append(FOLDER, mail);
      this.#held.set(uid, `${toHash(mail)} `);
      this.#done.again += 1;
    }
  }

  /** Only mails that heddle has read: nobody can read what is gone before he looked. */
  async #expunge(): Promise<void> {
    const { uidValidity } = await (await this.#open()).look(FOLDER);
    let chosen: number[] = [];
    await until(
      async () => {
        const cursor = await this.#cursor();
        if (cursor?.uidValidity !== uidValidity) return false;
        const read = [...this.#held.keys()].filter((uid) => isRead(cursor, uid));
        chosen = read.sort(() => this.#plan.random() - 0.5).slice(0, 10);
        return chosen.length === 10;
      },
      120,
      'ten mails are read',
    );
    await (await this.#open()).expunge(FOLDER, chosen);
    for (const uid of chosen) this.#held.delete(uid);
    this.#done.expunged += chosen.length;
  }

  async #stall(): Promise<void> {
    await this.#stalled;
    await this.#untilConnected();
    this.#proxy.stall();
    this.#done.stall += 1;
    this.#stalled = setTimeout(STALL_MS).then(() => {
      this.#proxy.unstall();
    });
  }

  async #makeAnew(): Promise<void> {
    const hand = await this.#open();
    await hand.makeAnew(FOLDER);
    this.#held.clear();
    for (const { uid, digest, flags } of (await hand.look(FOLDER)).mails) this.#held.set(uid, `${digest} ${flags}`);
    this.#done.anew += 1;
  }

  async #untilConnected(): Promise<void> {
    await until(
      () => {
        const { isOver, errors } = this.#current();
        if (isOver) throw new Error(`heddle ended by itself: ${errors}`);
        return this.#proxy.open > 0;
      },
      60,
      'heddle connects',
    );
  }

  async #cursor(): Promise<FolderCursor | null> {
    return withStore(this.#file, async (store) => readCursor((await store.cursors()).get(`list\n${FOLDER}`)));
  }

  async #untilRead(): Promise<void> {
    const { uidValidity, mails } = await (await this.#open()).look(FOLDER);
    const last = Math.max(...mails.map(({ uid }) => uid));
    await until(
      async () => {
        const cursor = await this.#cursor();
        if (cursor?.uidValidity !== uidValidity || !isRead(cursor, last)) return false;
        if (cursor.old.length + cursor.news.length > 0) return false;
        return withStore(this.#file, async (store) => (await store.pendingCount()) === 0);
      },
      180,
      'everything is read and judged',
    );
  }

  #compareFolder(found: readonly { readonly digest: string; readonly flags: string }[]): string[] {
    const wanted = [...this.#held.values()].sort();
    const there = found.map(({ digest, flags }) => `${digest} ${flags}`).sort();
    return isDeepStrictEqual(wanted, there) ? [] : ['the folder does not hold what was put into it, flag by flag'];
  }

  async #compareStores(): Promise<string[]> {
    const folder = join(this.#plan.folder, 'mails');
    mkdirSync(folder);
    for (const [at, mail] of this.#sent.entries())
      writeFileSync(join(folder, `${String(at).padStart(6, '0')}.eml`), mail);
    const calm = join(this.#plan.folder, 'calm.db');
    const [program, ...args] = toCommand(['import', folder, '--store', calm]);
    const imported = spawnSync(program, args, { encoding: 'utf8' });
    if (imported.status !== 0) return [`the undisturbed import failed: ${imported.stderr}`];
    return withStore(calm, (one) =>
      withStore(this.#file, async (other) => {
        const differences: string[] = [];
        for await (const difference of findDifferences(one, other)) differences.push(difference);
        return differences.filter((difference) => difference !== 'cursors differ');
      }),
    );
  }

  /** The last that was told of each thread must be what the store holds. */
  async #compareTold(): Promise<string[]> {
    const last = new Map<string, TriageThread>();
    for (const { told } of this.#watchings) for (const { thread } of told) last.set(thread.id, thread);
    const faults: string[] = [];
    await withStore(this.#file, async (store) => {
      for await (const thread of store.threads({})) {
        const told = last.get(thread.id);
        if (told === undefined) faults.push(`thread ${thread.id} was not told`);
        else if (!isDeepStrictEqual(told, JSON.parse(JSON.stringify(thread))))
          faults.push(`thread ${thread.id} was told otherwise`);
      }
    });
    return faults;
  }

  async #tell(end: {
    readonly began: number;
    readonly settled: number;
    readonly stopMs: number;
    readonly inFolder: number;
  }): Promise<string[]> {
    const { reset, linesCut, stall, restart, kill, anew, expunged, again } = this.#done;
    const { mails, threads } = await withStore(this.#file, (store) => store.counts());
    const told = this.#watchings.flatMap((one) => one.told.map(({ thread }) => JSON.stringify(thread)));
    const broken = this.#watchings.reduce((sum, one) => sum + one.broken, 0);
    return [
      `${this.#sent.length} mails arrived within ${Math.round((Date.now() - end.began) / 1000)} s, ${again} of them twice; ${end.inFolder} are in the folder`,
      `${reset} resets (${linesCut} lines cut), ${stall} stalls, ${restart} restarts, ${kill} kills, ${anew} new UIDVALIDITY, ${expunged} expunged; ${this.#proxy.opened} connections`,
      `all read and judged ${(end.settled / 1000).toFixed(1)} s after the last fault; ended ${end.stopMs} ms after SIGTERM`,
      `store: ${mails} mails, ${threads} threads; told ${told.length} times, ${told.length - new Set(told).size} of them again, ${broken} lines cut by kills`,
    ];
  }
}

function isRead({ next, news, old, hard }: FolderCursor, uid: number): boolean {
  const waits = [...news, ...old].some(([first, last]) => first <= uid && uid <= last);
  return uid < next && !waits && !hard.includes(uid);
}

/** The first so many mails of a path that a server takes as they are: with network line ends, without NUL. */
export async function takeMails(path: string, count: number): Promise<Buffer[]> {
  const mails: Buffer[] = [];
  for await (const reading of openMail(path).read()) {
    if (reading.kind !== 'mail' || reading.mail.bytes.includes(0)) continue;
    mails.push(Buffer.from(reading.mail.bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1'));
    if (mails.length === count) break;
  }
  return mails;
}

async function main(): Promise<number> {
  const option = (value: string) => ({ type: 'string', default: value }) as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mails: option('2000'),
      resets: option('30'),
      stalls: option('10'),
      restarts: option('5'),
      kills: option('20'),
      expunges: option('100'),
      twice: option('100'),
      seed: option('1'),
    },
  });
  const path = positionals[0] ?? CORPUS;
  if (!existsSync(path)) {
    console.log(`skipped: ${path} is not there; name other mail`);
    return positionals.length === 0 ? 0 : 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'heddle-storm-'));
  try {
    const { lines, faults } = await stormImap({
      mails: await takeMails(path, Number(values.mails)),
      resets: Number(values.resets),
      stalls: Number(values.stalls),
      restarts: Number(values.restarts),
      kills: Number(values.kills),
      expunges: Number(values.expunges),
      twice: Number(values.twice),
      random: toRandom(Number(values.seed)),
      folder,
    });
    for (const line of lines) console.log(line);
    for (const fault of faults.slice(0, 20)) console.log(`FAULT: ${fault}`);
    console.log(
      faults.length === 0 ? 'equal: nothing lost, nothing double, nothing touched' : `${faults.length} faults`,
    );
    return faults.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main();
