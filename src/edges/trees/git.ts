import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SAFE_SETTINGS } from '../git/safe-settings.ts';

const SAFE = ['--no-pager', ...SAFE_SETTINGS];
/** A command that answers a question is given up after this. */
const PATIENCE_MS = 120_000;
const LARGEST_ANSWER = 64 * 1024 * 1024;

export interface GitAnswer {
  readonly ok: boolean;
  readonly output: Buffer;
  /** One line: why it failed. */
  readonly reason: string;
}

export interface GitOptions {
  readonly input?: string;
  /** Largest output, in bytes. */
  readonly limit?: number;
  /** Environment of the command; that of the process where it is not given. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly patienceMs?: number;
}

/** Runs git to its end. Never throws: what goes wrong is told in `reason`. */
export function runGit(args: readonly string[], options: GitOptions = {}): GitAnswer {
  const ran = spawnSync('git', [...SAFE, ...args], {
    input: options.input ?? '',
    maxBuffer: options.limit ?? LARGEST_ANSWER,
    timeout: options.patienceMs ?? PATIENCE_MS,
    ...(options.env ? { env: { ...options.env } } : {}),
  });
  const failed = ran.error as NodeJS.ErrnoException | undefined;
  if (failed) return { ok: false, output: Buffer.alloc(0), reason: toReason(failed) };
  const said = ran.stderr.toString('utf8').slice(-2000).trim().split('\n');
  return { ok: ran.status === 0, output: ran.stdout, reason: toSaid(said) };
}

function toReason(failed: NodeJS.ErrnoException): string {
  if (failed.code === 'ENOENT') return 'git cannot be started: install git';
  if (failed.code === 'ENOBUFS') return 'the answer of git is too large';
  return failed.code === 'ETIMEDOUT' ? 'git took too long' : failed.message;
}

/** git ends with advice; the line that says what is wrong begins with `fatal:`. */
function toSaid(lines: readonly string[]): string {
  const fatal = lines.find((line) => line.startsWith('fatal:') || line.startsWith('error:'));
  return (fatal ?? lines.at(-1) ?? '').replace(/^(?:fatal|error): /, '');
}

/** As {@link runGit}, in a repository that is named outright: it is not searched for, nor refused because of its owner. */
export function askRepository(repository: string, args: readonly string[], options: GitOptions = {}): GitAnswer {
  return runGit(['--git-dir', repository, ...args], options);
}

/** Where a folder keeps git objects: itself (bare), its `.git`, or what its `.git` file names; `null` where it is no repository. */
export function findRepository(folder: string): { readonly gitDir: string; readonly isBare: boolean } | null {
  const inside = join(folder, '.git');
  const stat = statSync(inside, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true && isRepository(inside)) return { gitDir: inside, isBare: false };
  if (stat?.isFile() === true && stat.size < 4096) {
    const named = /^gitdir: (?<dir>[^\n]+)/.exec(readFileSync(inside, 'utf8'))?.groups?.['dir'];
    const gitDir = named === undefined ? null : resolve(folder, named);
    if (gitDir !== null && existsSync(join(gitDir, 'HEAD'))) return { gitDir, isBare: false };
  }
  return isRepository(folder) ? { gitDir: folder, isBare: true } : null;
}

function isRepository(folder: string): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(folder, name)));
}

export interface Commit {
  readonly id: string;
  /** Committed on that UTC day: `2017-09-28`. */
  readonly day: string;
}

/**
 * The last commit of the branch that HEAD names, or the last one of its main line before `asOf`; `null` where there is
 * none. Throws an Error of one line where git fails.
 */
export function findCommit(repository: string, asOf: Date | null): Commit | null {
  const until = asOf === null ? [] : ['--first-parent', `--before=${asOf.toISOString()}`];
  const answer = askRepository(repository, ['rev-list', '--max-count=1', '--timestamp', ...until, 'HEAD', '--']);
  // An empty repository has a HEAD that names a branch without commits.
  if (!answer.ok && /bad revision/.test(answer.reason)) return null;
  if (!answer.ok) throw new Error(answer.reason);
  const match = /^(?<seconds>\d{1,12}) (?<id>[0-9a-f]{40,64})/.exec(answer.output.toString('latin1'));
  const { seconds = '', id = '' } = match?.groups ?? {};
  return match ? { id, day: new Date(Number(seconds) * 1000).toISOString().slice(0, 10) } : null;
}

/** Objects by name (`COMMIT:path`), in order; `null` for those that are not there or are no files. */
export function readBlobs(repository: string, names: readonly string[], limit: number): (Buffer | null)[] {
  const input = names.map((name) => `${name.replaceAll('\n', ' ')}\n`).join('');
  const answer = askRepository(repository, ['cat-file', '--batch'], { input, limit });
  if (!answer.ok) throw new Error(answer.reason);
  const blobs: (Buffer | null)[] = [];
  for (let at = 0; at < answer.output.length && blobs.length < names.length;) {
    const end = answer.output.indexOf(10, at);
    if (end < 0) break;
    const match = / (?<type>blob|tree|commit|tag) (?<size>\d+)$/.exec(answer.output.toString('latin1', at, end));
    const size = Number(match?.groups?.['size'] ?? -1);
    blobs.push(match?.groups?.['type'] === 'blob' ? answer.output.subarray(end + 1, end + 1 + size) : null);
    at = size < 0 ? end + 1 : end + 1 + size + 1;
  }
  return names.map((_name, index) => blobs[index] ?? null);
}
