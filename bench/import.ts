/**
 * Throughput and memory of a whole import, beside the indexers that people use today, on the same mails in the same run.
 *
 *     npm run bench                      the mails of ../shared/corpus/xen-cross-posts.mbox.gz, one round
 *     npm run bench -- PATH --rounds 3   other mail; every figure is then the median of three alternating rounds
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openMail } from '../src/mailbox/open-mail.ts';
import { measure } from './measure.ts';
import type { Cost } from './measure.ts';
import { isInstalled, PEERS } from './peers.ts';

const ROOT = join(import.meta.dirname, '..');
const PROGRAM = join(ROOT, 'dist', 'src', 'cli', 'main.js');
const CORPUS = join(ROOT, '..', 'shared', 'corpus', 'xen-cross-posts.mbox.gz');

const FIRST = 'heddle import';
const AGAIN = 'heddle import again';

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '1' } },
  });
  const path = positionals[0] ?? CORPUS;
  if (!existsSync(path)) {
    console.log(`bench skipped: ${path} is not there; name another mbox, maildir or folder: npm run bench -- PATH`);
    return positionals.length === 0 ? 0 : 2;
  }
  if (spawnSync('npm', ['run', 'build', '--silent'], { cwd: ROOT, stdio: 'inherit' }).status !== 0) return 1;
  const folder = mkdtempSync(join(tmpdir(), 'heddle-bench-'));
  try {
    await run(path, folder, Number(values.rounds));
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(path: string, folder: string, rounds: number): Promise<void> {
  const maildir = join(folder, 'maildir');
  const { mails, bytes } = await unpack(path, maildir);
  console.log(`${mails} mails, ${(bytes / 1e6).toFixed(1)} MB, ${rounds} round${rounds === 1 ? '' : 's'}`);
  const peers = PEERS.filter(isInstalled);
  for (const peer of PEERS) if (!peers.includes(peer)) console.log(`${peer.name}: not installed, passed over`);
  const costs = new Map<string, Cost[]>();
  const keep = (name: string, cost: Cost) => costs.set(name, [...(costs.get(name) ?? []), cost]);
  let storeMb = 0;
  for (let round = 0; round < rounds; round += 1) {
    const place = join(folder, String(round));
    mkdirSync(place);
    const store = join(place, 'heddle.db');
    const command = [process.execPath, PROGRAM, 'import', path, '--store', store];
    keep(FIRST, await measure(command));
    keep(AGAIN, await measure(command));
    storeMb = statSync(store).size / 1e6;
    for (const peer of peers) {
      const index = join(place, peer.program);
      mkdirSync(index);
      keep(peer.name, await peer.index(maildir, index));
    }
    rmSync(place, { recursive: true });
  }
  report(costs, mails, storeMb);
}

/** Writes the mails into a maildir, which is what the others read. */
async function unpack(path: string, maildir: string): Promise<{ mails: number; bytes: number }> {
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, name), { recursive: true });
  let [mails, bytes] = [0, 0];
  for await (const reading of openMail(path).read()) {
    if (reading.kind !== 'mail') continue;
    mails += 1;
    bytes += reading.mail.bytes.length;
    writeFileSync(join(maildir, 'cur', `${mails}.bench:2,S`), reading.mail.bytes);
  }
  return { mails, bytes };
}

function report(costs: ReadonlyMap<string, readonly Cost[]>, mails: number, storeMb: number): void {
  const all = new Map([...costs].map(([name, runs]) => [name, toMedian(runs)]));
  const ours = all.get(FIRST);
  const again = all.get(AGAIN);
  if (ours === undefined || again === undefined) return;
  const row = (cells: readonly string[]) =>
    console.log(cells.map((cell, at) => (at === 0 ? cell.padEnd(20) : cell.padStart(13))).join(''));
  row(['', 'CPU s', 'wall s', 'mails/s', 'mails/CPU s', 'peak MB', 'our CPU/its']);
  for (const [name, cost] of all) {
    row([
      name,
      cost.cpu.toFixed(2),
      cost.wall.toFixed(2),
      (mails / cost.wall).toFixed(0),
      (mails / cost.cpu).toFixed(0),
      cost.peak?.toFixed(0) ?? '?',
      name === FIRST || name === AGAIN ? '' : (ours.cpu / cost.cpu).toFixed(3),
    ]);
  }
  console.log(`store ${storeMb.toFixed(0)} MB; ${ours.stdout.trim()}; again: ${again.stdout.trim()}`);
  const ratios = [...all]
    .filter(([name]) => name !== FIRST && name !== AGAIN)
    .map(([name, { cpu }]) => `${(ours.cpu / cpu).toFixed(2)} of ${name}`);
  console.log(
    `bench: ${mails} mails at ${(mails / ours.wall).toFixed(0)}/s, ${ours.cpu.toFixed(1)} CPU s${ratios.length > 0 ? ` (${ratios.join(', ')})` : ''}, ` +
      `peak ${ours.peak?.toFixed(0) ?? '?'} MB, second import ${(again.wall / ours.wall).toFixed(2)} of the time`,
  );
}

/** Each figure's median over the rounds. */
function toMedian(runs: readonly Cost[]): Cost {
  const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return {
    cpu: middle(runs.map(({ cpu }) => cpu)),
    wall: middle(runs.map(({ wall }) => wall)),
    peak: middle(runs.map(({ peak }) => peak ?? 0)) || null,
    stdout: runs[0]?.stdout ?? '',
  };
}

process.exitCode = await main();
