import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SAFE_SETTINGS } from './safe-settings.ts';

/** The history of one file of Linux takes git some seconds; what takes longer than this is given up. */
const LONGEST_MS = 60_000;
const MOST_BYTES = 128 * 1024 * 1024;

/** Names are taken as they are written, and never for patterns. */
const SAFE = ['--no-pager', '--literal-pathspecs', ...SAFE_SETTINGS];
/** Commands that would convert what they show by programs that the repository names. */
const CONVERTS = new Set(['log', 'blame', 'show', 'diff']);

/** Runs git in one source tree; `null` where it fails, takes too long or prints too much. */
export type SourceGit = (args: readonly string[]) => Buffer | null;

/**
 * How to ask the repository of a source tree; `undefined` where the folder is not the top of a git checkout. The first
 * argument is the command. `env` is the environment in which git runs; what points git elsewhere is taken out of it.
 */
export function openSourceGit(top: string, env: Readonly<Record<string, string | undefined>>): SourceGit | undefined {
  const repository = resolve(top, '.git');
  if (!existsSync(repository)) return undefined;
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')));
  // No protocol is allowed: nothing is fetched for a checkout that lacks objects.
  const plain = { ...own, LC_ALL: 'C', GIT_ALLOW_PROTOCOL: '', GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0' };
  // A directory that is named outright is not searched for, and not refused because of its owner.
  const place = ['--git-dir', repository, '--work-tree', join(resolve(top), '.')];
  return ([command = '', ...args]) => {
    const unconverted = CONVERTS.has(command) ? ['--no-textconv'] : [];
    const end = spawnSync('git', [...place, ...SAFE, command, ...unconverted, ...args], {
      cwd: top,
      env: plain,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: LONGEST_MS,
      maxBuffer: MOST_BYTES,
    });
    return end.status === 0 && end.error === undefined ? end.stdout : null;
  };
}
