import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** PostgreSQL refuses to run as root; a test that does runs its servers as this user (`nobody` on Debian). */
const NOBODY = { uid: 65_534, gid: 65_534 } as const;
const SERVER_USER: Partial<typeof NOBODY> = userInfo().uid === 0 ? NOBODY : {};

/** A folder of its own that the server may write to. */
export function makeServerFolder(name: string): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), `heddle-${name}-`));
  const { uid, gid } = SERVER_USER;
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise<void>((done) => server.close(() => done()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A program of PostgreSQL: Debian keeps them beside each other by version, others on the path. */
export function findPostgresProgram(name: string): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(root, version, 'bin', name)).find((path) => existsSync(path));
  return found ?? name;
}

/** Starts a server as the servers' user; what it says is kept for the error of {@link untilReady}. */
export function startServer(program: string, args: readonly string[]): ServerProcess {
  const child = spawn(program, [...args], { ...SERVER_USER, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const keep = (piece: string): void => {
    said = (said + piece).slice(-4000);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const ended = new Promise<void>((done) => {
    child.on('error', (error) => {
      keep(error.message);
      done();
    });
    child.on('close', () => done());
  });
  // A test that ends early leaves no server behind.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  void ended.then(() => process.off('exit', kill));
  return { child, ended, said: () => said };
}

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  readonly said: () => string;
}

/** Ends a server by a signal and waits until it is gone. */
export async function stopServer({ child, ended }: ServerProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await ended;
}

/** Waits until a look at the server succeeds. */
export async function untilReady(server: ServerProcess, look: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (server.child.exitCode !== null) break;
    try {
      await look();
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  throw new Error(`the server did not start: ${server.said()}`);
}

/** Runs a program of the servers' user to its end. */
export async function runAsServer(program: string, args: readonly string[]): Promise<void> {
  const server = startServer(program, args);
  await server.ended;
  if (server.child.exitCode !== 0) throw new Error(`${program}: ${server.said()}`);
}
