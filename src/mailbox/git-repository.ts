import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable, type Writable } from 'node:stream';

/** Signatures would be checked with a program that the repository's own settings name. */
const SAFE = ['--no-pager', '-c', 'log.showSignature=false', '-c', 'core.fsmonitor=false', '-c', 'gc.auto=0'];

/** What git said at its end. */
export interface GitEnd {
  readonly ok: boolean;
  /** The last line of its error output, or why it could not be started. */
  readonly reason: string;
}

/** Where a directory keeps git objects: the directory itself (bare) or its `.git`; `undefined` where it is no repository. */
export function gitDirectoryOf(path: string): string | undefined {
  return [path, join(path, '.git')].find(
    (dir) => existsSync(join(dir, 'HEAD')) && existsSync(join(dir, 'objects')) && existsSync(join(dir, 'refs')),
  );
}

/**
 * The epochs of a public-inbox v2 archive (`git/0.git`, `git/1.git` …; the path may also be that `git` folder), oldest
 * first; none where it is no such archive.
 */
export function findEpochs(path: string): string[] {
  for (const folder of [join(path, 'git'), path]) {
    const epochs = namesIn(folder)
      .filter((name) => /^\d{1,6}\.git$/.test(name))
      .sort((a, b) => parseInt(a, 10) - parseInt(b, 10))
      .flatMap((name) => gitDirectoryOf(join(folder, name)) ?? []);
    if (epochs.length > 0) return epochs;
  }
  return [];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The output of a short git command, without the last line end; `null` where it fails. */
export async function askGit(repository: string, args: readonly string[]): Promise<string | null> {
  const lines: string[] = [];
  const end = await gitLines(repository, args, (line) => lines.push(line));
  return end.ok ? lines.join('\n') : null;
}

/** Runs git and hands on its output line by line. */
export async function gitLines(
  repository: string,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<GitEnd> {
  const git = start(repository, args);
  git.stdin.end();
  for await (const line of createInterface({ input: git.stdout })) onLine(line);
  return git.end;
}

/** Runs git and gives its output lines as they come; the command is stopped when the reader stops. */
export async function* streamGitLines(repository: string, args: readonly string[]): AsyncGenerator<string, GitEnd> {
  const git = start(repository, args);
  git.stdin.end();
  try {
    yield* createInterface({ input: git.stdout });
    return await git.end;
  } finally {
    git.stop();
  }
}

/** An object that was asked for; `bytes` is `null` where the repository lacks it, or where it is longer than the limit. */
export interface GitObject {
  readonly bytes: Buffer | null;
  readonly size: number;
}

/** Asks one git process for objects, in order; the answers come in the same order. Objects over `limit` are read past. */
export async function* readObjects(
  repository: string,
  names: AsyncIterable<string>,
  limit: number,
): AsyncGenerator<GitObject, GitEnd> {
  const git = start(repository, ['cat-file', '--batch', '--buffer']);
  const questions = Readable.from(withNewlines(names));
  questions.on('error', () => {
    git.stdin.end();
  });
  questions.pipe(git.stdin);
  const input = new ObjectInput(git.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>);
  try {
    for (let header = await input.line(); header !== null; header = await input.line()) {
      const size = Number(/ blob (?<size>\d+)$/.exec(header)?.groups?.['size'] ?? -1);
      if (size < 0) {
        yield { bytes: null, size: 0 };
        continue;
      }
      const bytes = size > limit ? await input.skip(size) : await input.take(size);
      await input.skip(1);
      yield { bytes, size };
    }
    return await git.end;
  } finally {
    questions.destroy();
    git.stop();
  }
}

async function* withNewlines(names: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const name of names) yield `${name}\n`;
}

interface RunningGit {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly end: Promise<GitEnd>;
  readonly stop: () => void;
}

function start(repository: string, args: readonly string[]): RunningGit {
  // A directory that is named outright is not searched for, and not refused because of its owner.
  const command = ['--git-dir', repository, ...SAFE, ...args];
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn('git', command, {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-2_000);
  });
  // git may end before it has read all questions; its exit says so better than a broken pipe.
  child.stdin.on('error', () => undefined);
  const end = new Promise<GitEnd>((resolve) => {
    child.on('error', () => {
      child.stdout.destroy();
      resolve({ ok: false, reason: 'git cannot be started: install git' });
    });
    child.on('close', (code) => {
      resolve({ ok: code === 0, reason: said.trim().split('\n').at(-1) ?? '' });
    });
  });
  return { stdin: child.stdin, stdout: child.stdout, end, stop: () => void child.kill() };
}

/** Reads lines and counted bytes off a stream of chunks. */
class ObjectInput {
  readonly #chunks: AsyncIterator<Buffer, undefined>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterator<Buffer, undefined>) {
    this.#chunks = chunks;
  }

  async line(): Promise<string | null> {
    let end = this.#rest.indexOf(0x0a);
    while (end < 0) {
      const next = await this.#next();
      if (next === null) return null;
      this.#rest = this.#rest.length === 0 ? next : Buffer.concat([this.#rest, next]);
      end = this.#rest.indexOf(0x0a);
    }
    const line = this.#rest.toString('latin1', 0, end);
    this.#rest = this.#rest.subarray(end + 1);
    return line;
  }

  async take(size: number): Promise<Buffer> {
    if (this.#rest.length >= size) return this.#cut(size);
    const taken: Buffer[] = [];
    let length = 0;
    while (length < size) {
      if (this.#rest.length === 0) this.#rest = (await this.#next()) ?? Buffer.alloc(0);
      if (this.#rest.length === 0) break;
      const part = this.#cut(Math.min(size - length, this.#rest.length));
      taken.push(part);
      length += part.length;
    }
    return Buffer.concat(taken);
  }

  async skip(size: number): Promise<null> {
    let left = size;
    while (left > 0) {
      if (this.#rest.length === 0) this.#rest = (await this.#next()) ?? Buffer.alloc(0);
      if (this.#rest.length === 0) break;
      left -= this.#cut(Math.min(left, this.#rest.length)).length;
    }
    return null;
  }

  #cut(size: number): Buffer {
    const cut = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(size);
    return cut;
  }

  async #next(): Promise<Buffer | null> {
    const next = await this.#chunks.next();
    return next.done === true ? null : next.value;
  }
}
