import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { GitEnd } from '../git-repository.ts';
import { toLimits, type ArchivePorts } from './archive-ports.ts';

/**
 * Nothing of what a server or a user's settings could switch on: no hooks, no submodules, no redirections (they were followed and
 * looked at before), no transport but the one that is meant, no questions on the terminal.
 */
function toSettings(remote: string, silentMs: number): string[] {
  const settings = [
    'protocol.allow=never',
    `protocol.${remote.startsWith('https:') ? 'https' : 'http'}.allow=always`,
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'core.askPass=',
    'credential.helper=',
    'fetch.recurseSubmodules=false',
    'fetch.writeCommitGraph=false',
    'gc.autoDetach=false',
    'http.followRedirects=false',
    'http.lowSpeedLimit=100',
    `http.lowSpeedTime=${Math.max(1, Math.round(silentMs / 1000))}`,
    // Some servers are slow to start a pack of a large archive: HTTP/1.1 shows a dead line at once.
    'http.version=HTTP/1.1',
  ];
  return settings.flatMap((setting) => ['-c', setting]);
}

/** Makes an empty bare repository where there is none. */
export async function initMirror(folder: string, ports: ArchivePorts, signal: AbortSignal): Promise<GitEnd> {
  if (existsSync(join(folder, 'HEAD'))) return { ok: true, reason: '' };
  mkdirSync(folder, { recursive: true });
  return run(['init', '--quiet', '--bare', '--template=', '--', folder], ports, signal);
}

/**
 * Brings all branches of `remote` into the bare repository, also where its history was rewritten. An interrupted fetch leaves
 * the repository as it was; the next one begins again.
 */
export async function fetchMirror(
  folder: string,
  remote: string,
  ports: ArchivePorts,
  signal: AbortSignal,
): Promise<GitEnd> {
  sweepMirror(folder, ports);
  const settings = toSettings(remote, toLimits(ports).silentMs);
  const what = ['--quiet', '--no-tags', '--force', '--prune', '--no-recurse-submodules', '--no-write-fetch-head'];
  return run(
    ['--git-dir', folder, ...settings, 'fetch', ...what, '--', remote, '+refs/heads/*:refs/heads/*'],
    ports,
    signal,
  );
}

const LEFT_BEHIND = /\.lock$|^tmp_pack_|^tmp_idx_|^tmp_obj_|^incoming-|^gc\.pid$/;

/** Takes away what killed git processes left behind: locks and half packs, once nobody can be at work on them any more. */
export function sweepMirror(folder: string, ports: ArchivePorts): void {
  const oldest = ports.clock.now().getTime() - toLimits(ports).staleLockMs;
  for (const place of ['.', 'refs', 'refs/heads', 'objects', 'objects/pack', 'objects/info']) {
    for (const name of namesIn(join(folder, place))) {
      const path = join(folder, place, name);
      const age = LEFT_BEHIND.test(name) ? statSync(path, { throwIfNoEntry: false })?.mtimeMs : undefined;
      if (age !== undefined && age < oldest) rmSync(path, { recursive: true, force: true });
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function run(args: readonly string[], ports: ArchivePorts, signal: AbortSignal): Promise<GitEnd> {
  const env = {
    ...ports.env,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    LC_ALL: 'C',
  };
  for (const name of [
    'GIT_DIR',
    'GIT_WORK_TREE',
    'GIT_INDEX_FILE',
    'GIT_OBJECT_DIRECTORY',
    'GIT_ALLOW_PROTOCOL',
    'SSH_ASKPASS',
  ])
    Reflect.deleteProperty(env, name);
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(toLimits(ports).fetchMs)]);
  return new Promise((resolve) => {
    const child = spawn('git', args, { env, signal: bounded, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-4_000);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'git cannot be started: install git' : 'git took too long and was stopped';
      if (child.pid === undefined) resolve({ ok: false, reason: why });
      said += `\nfatal: ${why}`;
    });
    child.on('close', (code) => {
      resolve({ ok: code === 0, reason: toReason(said) });
    });
  });
}

/** The line that says what went wrong; what git advises stands behind it. */
function toReason(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((one) => /^(?:fatal|error):/.test(one)) ?? lines.at(-1) ?? 'no reason given';
  return line.replace(/^(?:fatal|error): /, '');
}
