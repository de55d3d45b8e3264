/**
 * Imports mail twice: once undisturbed, once killed with SIGKILL several times on the way and started again; then compares
 * the two stores. Exits 1 where they differ, or where importing once more finds anything new.
 *
 *     npx tsx scripts/kill-import.ts [PATH] [--kills 5] [--seed 1]
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { openSqliteStore } from '../src/edges/store/open-sqlite-store.ts';
import { findDifferences } from './compare-stores.ts';

const ROOT = join(import.meta.dirname, '..');
const CORPUS = join(ROOT, '..', 'shared', 'corpus', 'xen-cross-posts.mbox.gz');
const SOURCE = join(ROOT, 'src', 'cli', 'main.ts');

/** How often the store is asked how far the work is, in milliseconds. */
const LOOK = 20;

/**
 * A kill comes up to so many milliseconds after its mark is reached, so that it lands anywhere in the work between writes.
 * Judging is short, and its last threads are written at once: kills come sooner there, and not at its very end.
 */
const SLACK = { reading: 400, judging: 60 } as const;
const JUDGED_AT_MOST = 0.75;

/** The share of the kills that comes while threads are judged; the others come while mail is read. */
const WHILE_JUDGING = 0.4;

/** The store is only read here. */
const unite = () => {
  throw new Error('stores are only read here');
};

export interface KillPlan {
  /** The command that imports into a store; it may be killed and started again. */
  readonly command: (store: string) => readonly string[];
  /** Folder for the two stores. */
  readonly folder: string;
  readonly kills: number;
  /** 0 to 1, as often as it is asked. */
  readonly random: () => number;
}

/** How far the work is: mails in the store, and threads that are judged. */
export interface Extent {
  readonly mails: number;
  readonly judged: number;
}

export interface KillResult {
  /** How far it had come, as the store says after each kill. */
  readonly after: readonly Extent[];
  /** Kills that came too late: the work had ended before. */
  readonly missed: number;
  readonly differences: readonly string[];
  /** What the command printed when it was run once more on the finished store. */
  readonly again: string;
}

/**
 * Runs the plan. The marks at which the command is killed are spread over the reading of mail, from the first mail on, and
 * over the judging of threads; how far each run came is in the result.
 */
export async function killImport({ command, folder, kills, random }: KillPlan): Promise<KillResult> {
  const [calm, killed] = [join(folder, 'calm.db'), join(folder, 'killed.db')];
  await run(command(calm));
  const marks = toMarks((await readExtent(calm)) ?? { mails: 0, judged: 0 }, kills, random);
  const after: Extent[] = [];
  let missed = 0;
  for (const mark of marks) {
    const wasKilled = await run(command(killed), {
      store: killed,
      mark,
      slack: random() * (mark.judged > 0 ? SLACK.judging : SLACK.reading),
    });
    missed += wasKilled.output === null ? 0 : 1;
    after.push((await readExtent(killed)) ?? { mails: 0, judged: 0 });
  }
  await run(command(killed));
  const again = await run(command(killed));
  return { after, missed, differences: await compare(calm, killed), again: again.output ?? '' };
}

/**
 * One mark in each of equal stretches, at a place of chance; the first one is there as soon as the store is. Judging is
 * reached when all mail is there.
 */
function toMarks(whole: Extent, kills: number, random: () => number): Extent[] {
  const judging = Math.floor(kills * WHILE_JUDGING);
  const reading = kills - judging;
  const spread = (count: number, total: number) =>
    Array.from({ length: count }, (_, at) => Math.floor(((at + random()) / count) * total));
  return [
    ...spread(reading, whole.mails).map((mails, at) => ({ mails: at === 0 ? 0 : mails, judged: 0 })),
    ...spread(judging, whole.judged * JUDGED_AT_MOST).map((judged) => ({ mails: whole.mails, judged })),
  ];
}

interface Kill {
  readonly store: string;
  readonly mark: Extent;
  /** Milliseconds between the mark and the kill. */
  readonly slack: number;
}

/** Runs a command to its end, or kills it when the store has reached a mark: the output is `null` then. */
async function run(
  [program = '', ...args]: readonly string[],
  kill?: Kill,
): Promise<{ readonly output: string | null }> {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (output += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (errors += piece));
  const ended = new Promise<true>((resolve, reject) => child.on('error', reject).on('close', () => resolve(true)));
  if (kill !== undefined) {
    await Promise.race([ended, untilMark(kill)]);
    await Promise.race([ended, setTimeout(kill.slack)]);
    child.kill('SIGKILL');
  }
  await ended;
  if (kill !== undefined && child.signalCode === 'SIGKILL') return { output: null };
  if (child.exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${child.exitCode}\n${errors}`);
  return { output: output.trim() };
}

/** Waits until the store is there and holds as much as the mark says. */
async function untilMark({ store, mark }: Kill): Promise<void> {
  for (;;) {
    const extent = await readExtent(store);
    if (extent !== null && extent.mails >= mark.mails && extent.judged >= mark.judged) return;
    await setTimeout(LOOK);
  }
}

/** How far a store is; `null` where it is not there yet, or is being made. */
async function readExtent(file: string): Promise<Extent | null> {
  if (!existsSync(file) || statSync(file).size === 0) return null;
  const store = await openSqliteStore(file, { unite });
  const { mails, threads, pending } = await store.counts();
  await store.close();
  return { mails, judged: threads - pending };
}

async function compare(one: string, other: string): Promise<string[]> {
  const stores = [await openSqliteStore(one, { unite }), await openSqliteStore(other, { unite })] as const;
  const differences: string[] = [];
  for await (const difference of findDifferences(...stores)) differences.push(difference);
  for (const store of stores) await store.close();
  return differences;
}

/** Numbers that are the same for a seed, so that a failure can be looked at again (a linear congruential generator). */
export function toRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x8000_0000;
  };
}

async function main(): Promise<number> {
  const options = { kills: { type: 'string', default: '5' }, seed: { type: 'string', default: '1' } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const path = positionals[0] ?? CORPUS;
  if (!existsSync(path)) {
    console.log(`skipped: ${path} is not there; name other mail`);
    return positionals.length === 0 ? 0 : 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'heddle-kill-'));
  const built = join(ROOT, 'dist', 'src', 'cli', 'main.js');
  const program = [process.execPath, ...(existsSync(built) ? [built] : ['--import', 'tsx', SOURCE])];
  const command = (store: string) => [...program, 'import', path, '--store', store];
  try {
    const result = await killImport({
      command,
      folder,
      kills: Number(values.kills),
      random: toRandom(Number(values.seed)),
    });
    const places = result.after.map(({ mails, judged }) => `${mails} mails, ${judged} threads judged`);
    console.log(
      `in the store after each kill: ${places.join('; ')}${result.missed > 0 ? `; ${result.missed} missed` : ''}`,
    );
    for (const difference of result.differences) console.log(difference);
    const sound = result.missed === 0 && result.differences.length === 0 && result.again.startsWith('imported 0 new');
    const what = sound ? 'equal' : result.differences.length === 0 ? 'equal, but NOT as planned' : 'NOT EQUAL';
    console.log(`${what} after ${values.kills} kills; once more: ${result.again}`);
    return sound ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main();
