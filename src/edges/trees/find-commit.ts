import { askRepository } from './git.ts';

/** Who is behind one commit, each as `Name <address>`; the author as the repository's .mailmap has them. */
export interface FoundCommit {
  readonly author: string;
  readonly signers: readonly string[];
}

const SIGNER = /^[ \t]{0,12}(?:Reviewed|Acked|Signed-off)-by: {0,4}(?<person>[^<>]{1,100} <[^<>\s]{3,254}>)/;
const MOST_SIGNERS = 8;
const PATIENCE_MS = 10_000;
const MOST_KNOWN = 500;

/**
 * Looks up commits (7 to 40 hex digits) in these repositories, the first that has it; each is asked for once. `null` where
 * none has it, or where what they have under that name is no commit.
 */
export function toCommitFinder(repositories: readonly string[]): (commit: string) => FoundCommit | null {
  const known = new Map<string, FoundCommit | null>();
  return (commit) => {
    if (!/^[0-9a-f]{7,40}$/.test(commit)) return null;
    const before = known.get(commit);
    if (before !== undefined) return before;
    if (known.size >= MOST_KNOWN) known.clear();
    const found = repositories.map((repository) => read(repository, commit)).find((one) => one !== null) ?? null;
    known.set(commit, found);
    return found;
  };
}

function read(repository: string, commit: string): FoundCommit | null {
  const args = ['log', '-1', '--no-color', '--format=%aN <%aE>%n%b', `${commit}^{commit}`, '--'];
  const { ok, output } = askRepository(repository, args, { patienceMs: PATIENCE_MS, limit: 1024 * 1024 });
  const [author = '', ...lines] = output.toString('utf8').split('\n');
  if (!ok || !author.includes('@')) return null;
  const signers = lines.flatMap((line) => SIGNER.exec(line.slice(0, 500))?.groups?.['person'] ?? []);
  return { author, signers: [...new Set(signers)].filter((one) => one !== author).slice(0, MOST_SIGNERS) };
}
