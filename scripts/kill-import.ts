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

/** How often the store is looked at for the first write, in milliseconds. */
const LOOK = 5;

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

export interface KillResult {
  /** Mails in the store after each kill: how far it had come. */
  readonly after: readonly number[];
  readonly differences: readonly string[];
  /** What the command printed when it was run once more on the finished store. */
  readonly again: string;
}

/**
 * Runs the plan. Each kill comes some random while after the command has begun to write, so that it lands in the work and
 * not in the start of the program; how far each run came is in the result.
 */
export async function killImport({ command, folder, kills, random }: KillPlan): Promise<KillResult> {
  const [calm, killed] = [join(folder, 'calm.db'), join(folder, 'killed.db')];
  const working = (await run(command(calm), { store: calm, killAfter: null })).working;
  const after: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    await run(command(killed), { store: killed, killAfter: (random() * 2 * working) / kills });
    after.push(await countMails(killed));
  }
  await run(command(killed), { store: killed, killAfter: null });
  const again = await run(command(killed), { store: killed, killAfter: null });
  return { after, differences: await compare(calm, killed), again: again.output };
}

interface Run {
  /** Milliseconds from the first write to the end. */
  readonly working: number;
  readonly output: string;
}

/** Runs a command to its end, or kills it so many milliseconds after its first write to the store. */
async function run(
  [program = '', ...args]: readonly string[],
  { store, killAfter }: { readonly store: string; readonly killAfter: number | null },
): Promise<Run> {
  const before = lastWrite(store);
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (output += piece));
  let isRunning = true;
  const ended = new Promise<void>((resolve, reject) => child.on('error', reject).on('close', () => resolve())).finally(
    () => (isRunning = false),
  );
  while (isRunning && lastWrite(store) === before) await Promise.race([ended, setTimeout(LOOK)]);
  const from = process.hrtime.bigint();
  if (killAfter !== null) {
    await Promise.race([ended, setTimeout(killAfter)]);
    child.kill('SIGKILL');
  }
  await ended;
  if (killAfter === null && child.exitCode !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${child.exitCode ?? child.signalCode}`);
  }
  return { working: Number(process.hrtime.bigint() - from) / 1e6, output: output.trim() };
}

/** A text that changes whenever somebody writes to a store. */
function lastWrite(store: string): string {
  const marks = ['', '-wal'].map((suffix) => statSync(store + suffix, { throwIfNoEntry: false }));
  return marks.map((mark) => (mark === undefined ? '-' : `${mark.size} ${mark.mtimeMs}`)).join(' ');
}

async function countMails(file: string): Promise<number> {
  if (!existsSync(file)) return 0;
  const store = await openSqliteStore(file, { unite });
  const { mails } = await store.counts();
  await store.close();
  return mails;
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
  const program = [process.execPath, '--import', 'tsx', join(ROOT, 'src', 'cli', 'main.ts')];
  const command = (store: string) => [...program, 'import', path, '--store', store];
  try {
    const result = await killImport({
      command,
      folder,
      kills: Number(values.kills),
      random: toRandom(Number(values.seed)),
    });
    console.log(`mails in the store after each kill: ${result.after.join(', ')}`);
    for (const difference of result.differences) console.log(difference);
    const sound = result.differences.length === 0 && result.again.startsWith('imported 0 new');
    console.log(`${sound ? 'equal' : 'NOT EQUAL'} after ${values.kills} kills; once more: ${result.again}`);
    return sound ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main();
