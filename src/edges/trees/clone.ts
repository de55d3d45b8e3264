import { askRepository, runGit } from './git.ts';

/** Addresses that git may be given; everything else it could start programs for, or take for options. */
const ADDRESS = /^(?:https?|git|ssh|file):\/\/[^\s-][^\s]*$|^[\w.-]+@[\w.-]+:[^\s-][^\s]*$/;
/** Six hours: Linux is four gigabytes. */
const CLONE_PATIENCE_MS = 6 * 3_600_000;

/** Is this the address of a repository, and no folder. */
export function isAddress(text: string): boolean {
  return /^[a-z+]+:\/\//i.test(text) || /^[\w.-]+@[\w.-]+:/.test(text);
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Nobody is there to be asked for a password, and no helper program may be named by an address. */
function quiet(env: Environment): Environment {
  return {
    ...env,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'http:https:git:ssh:file',
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
  };
}

/** Copies a repository, its main branch with all of its history, to a folder. Throws an Error of one line where that fails. */
export function cloneRepository(address: string, folder: string, env: Environment): void {
  if (!ADDRESS.test(address)) throw new Error('this is no address of a git repository: http, https, git, ssh or file');
  const args = ['clone', '--quiet', '--bare', '--single-branch', '--no-tags', '--', address, folder];
  const answer = runGit(args, { env: quiet(env), patienceMs: CLONE_PATIENCE_MS });
  if (!answer.ok) throw new Error(`the repository cannot be copied: ${answer.reason}`);
}

/** Brings a copy up to date with the branch that it follows, even where that was rewritten. Throws an Error of one line. */
export function fetchRepository(folder: string, env: Environment): void {
  const branch = askRepository(folder, ['symbolic-ref', 'HEAD']);
  const name = branch.output.toString('utf8').trim();
  if (!branch.ok || !name.startsWith('refs/heads/')) throw new Error('the copy of the repository follows no branch');
  const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', 'origin', `+${name}:${name}`];
  const answer = askRepository(folder, args, { env: quiet(env), patienceMs: CLONE_PATIENCE_MS });
  if (!answer.ok) throw new Error(`the repository cannot be fetched: ${answer.reason}`);
}
