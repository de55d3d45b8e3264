import type { Dialect } from '../dialect.ts';
import type { Roster } from '../roster.ts';

/** What a stretch of history says of the people behind it. */
export interface Signers {
  readonly commits: number;
  /** Formatted and settled, in the order of the log; one entry a signature. */
  readonly signers: readonly string[];
  /** One a commit. */
  readonly authors: readonly string[];
  /** Lines that came and went, one a commit; of commits that name the file otherwise (renames) there are none. */
  readonly stats: readonly { readonly added: number; readonly deleted: number }[];
}

/** Marks in our own format of `git log`; the same words as in the scripts, whose answers depend on them in rare cases. */
export const LOG_FORMAT = '--format=GitCommit: %H%nGitAuthor: %an <%ae>%nGitSubject: %s%n%b%n';

const LONGEST_LINE = 2_000;
const COMMIT = /^GitCommit: [0-9a-f]{40}/;
const AUTHOR = /^GitAuthor: /;
const FEW = /^(?:Signed-off-by|Reviewed-by|Acked-by):[^@]*@/;

/** Lines without white space in front; empty ones are gone. */
function toLines(output: string): string[] {
  return output
    .split('\n')
    .map((line) => line.slice(0, LONGEST_LINE).replace(/^[ \t\r\f\v]+/, ''))
    .filter((line) => line !== '');
}

/** The commits of a log, each with its lines. */
export function splitLog(output: string): string[][] {
  const commits: string[][] = [];
  for (const line of toLines(output)) {
    if (COMMIT.test(line)) commits.push([]);
    commits.at(-1)?.push(line);
  }
  return commits;
}

/** What stands behind the last colon that has anything behind it. */
function afterColon(line: string): string {
  const last = line.lastIndexOf(':', line.length - 2);
  return last < 0 ? line : line.slice(last + 1).trim();
}

function isSignature(line: string, allTypes: boolean): boolean {
  if (!allTypes) return FEW.test(line);
  // Not at the very start of the line: something has to be done by somebody.
  const by = line.slice(1).search(/[Bb][Yy]:/);
  return by >= 0 && line.includes('@', by + 4);
}

/**
 * Reads the lines of a log in {@link LOG_FORMAT}, with `--numstat` where the dialect counts lines. Where nobody signed
 * anything the commits count as none, and authors stay as the log has them: so do the scripts.
 */
export function readSigners(lines: readonly string[], { path, allTypes, dialect, roster }: ReadContext): Signers {
  const signatures = lines.filter((line) => isSignature(line, allTypes));
  const authors = lines.filter((line) => AUTHOR.test(line));
  const stats = dialect.countsLines ? readStats(lines, path) : [];
  if (signatures.length === 0) return { commits: 0, signers: [], authors: dialect.countsLines ? authors : [], stats };
  const commits = lines.filter((line) => COMMIT.test(line)).length;
  const head = dialect.chief?.name.toLowerCase() ?? null;
  const told = signatures.filter((line) => head === null || !line.toLowerCase().includes(head));
  // Authors are met before signers: whose address is seen first under a name depends on it.
  const settledAuthors = dialect.countsLines ? authors.map((line) => roster.settle(afterColon(line))) : [];
  return { commits, authors: settledAuthors, signers: told.map((line) => roster.settle(afterColon(line))), stats };
}

interface ReadContext {
  /** The file whose lines are counted; the scripts take its name for a regular expression. */
  readonly path: string;
  readonly allTypes: boolean;
  readonly dialect: Dialect;
  readonly roster: Roster;
}

function readStats(lines: readonly string[], path: string): Signers['stats'] {
  const isOf = toNameTest(path);
  return lines.flatMap((line) => {
    const found = /^(?<added>\d{1,9})\t(?<deleted>\d{1,9})\t(?<name>.*)$/.exec(line)?.groups;
    if (!found || !isOf(found['name'] ?? '')) return [];
    return [{ added: Number(found['added']), deleted: Number(found['deleted']) }];
  });
}

/** A dot in a name stands for any character, as in the scripts; other marks are taken as they are. */
function toNameTest(path: string): (name: string) => boolean {
  const chars = path.split('');
  return (name) => name.length === path.length && chars.every((char, at) => char === '.' || char === name[at]);
}

/** The author of one commit's lines, formatted; `null` where there is none or it is the head of the project. */
export function readAuthor(lines: readonly string[], dialect: Dialect, roster: Roster): string | null {
  const line = lines.find((one) => AUTHOR.test(one));
  if (line === undefined) return null;
  if (dialect.chief !== null && line.toLowerCase().includes(dialect.chief.name.toLowerCase())) return null;
  return roster.settle(line.slice('GitAuthor: '.length));
}
