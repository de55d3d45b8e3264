import type { Dialect } from '../dialect.ts';
import type { Roster } from '../roster.ts';
import type { GitWork, Range, Tally } from './git-question.ts';
import { LOG_FORMAT, readAuthor, readSigners, splitLog } from './read-log.ts';

/** What the history says, and where it goes. */
interface Place {
  readonly work: GitWork;
  readonly dialect: Dialect;
  readonly roster: Roster;
}

/** So many commits are asked for at once: the command line has an end. */
const AT_ONCE = 500;
const COMMIT_NAME = /^[0-9a-f]{6,64}$/i;

function ask({ work, dialect }: Place, args: readonly string[]): string {
  return work.run(args)?.toString(dialect.encoding) ?? '';
}

/** Adds those who signed changes of a file since the day asked for; in the newer dialect its authors too. */
export function addFileSigners(path: string, place: Place): void {
  const { work, dialect, roster } = place;
  const more = dialect.countsLines ? ['--numstat', '--no-merges'] : [];
  const args = ['log', '--no-color', '--follow', `--since=${work.modes.since}`, ...more, LOG_FORMAT, '--', path];
  const lines = splitLog(ask(place, args)).flat();
  const found = readSigners(lines, { path, allTypes: work.modes.allTypes, dialect, roster });
  const signers = found.signers.map((who) => roster.settle(who));
  assign('commit_signer', found.commits, signers, place);
  assign('authored', found.commits, found.authors, place);
  if (found.authors.length > 0 && found.authors.length === found.stats.length) assignLines(found, place);
}

function assignLines(
  { authors, stats }: Pick<ReturnType<typeof readSigners>, 'authors' | 'stats'>,
  place: Place,
): void {
  for (const [role, side] of [
    ['added_lines', 'added'],
    ['removed_lines', 'deleted'],
  ] as const) {
    const byAuthor = new Map<string, number>();
    let all = 0;
    for (const [at, author] of authors.entries()) {
      const count = stats[at]?.[side] ?? 0;
      const who = place.roster.settle(author);
      byAuthor.set(who, (byAuthor.get(who) ?? 0) + count);
      all += count;
    }
    assignCounts(role, all, byAuthor, place);
  }
}

/** Adds those who signed the commits from which a file's lines come, or those lines that a patch changes. */
export function addBlame(path: string, place: Place): void {
  const { work, dialect, roster } = place;
  const lines = work.isFile(path) ? blameLines(path, place) : [];
  const commits = [...new Set(lines)];
  const logs = new Map(readCommits(commits, place).map((log) => [log[0]?.slice('GitCommit: '.length) ?? '', log]));
  const signers = commits.flatMap((commit) => {
    const context = { path, allTypes: work.modes.allTypes, dialect, roster };
    return readSigners(logs.get(commit) ?? [], context).signers;
  });
  if (work.isFiles && showsFigures(place)) {
    const byAuthor = new Map<string, number>();
    for (const commit of commits) {
      const author = readAuthor(logs.get(commit) ?? [], dialect, roster);
      const count = lines.filter((line) => line === commit).length;
      if (author !== null) byAuthor.set(author, (byAuthor.get(author) ?? 0) + count);
    }
    assignCounts('authored lines', lines.length, byAuthor, place);
  }
  const settled = signers.map((who) => roster.settle(who));
  assign(work.isFiles ? 'commits' : 'modified commits', commits.length, settled, place);
}

/** The commit of each line. Where a patch gives lines, those of this file; where it gives none at all, the whole file. */
function blameLines(path: string, place: Place): string[] {
  const { ranges } = place.work;
  if (ranges.length === 0) return readBlame(ask(place, ['blame', '-l', 'HEAD', '--', path]));
  return ranges
    .filter((range) => range.path === path)
    .flatMap((range) => readBlame(ask(place, ['blame', '-l', '-L', toLines(range), 'HEAD', '--', path])));
}

function toLines({ start, length }: Range): string {
  return `${String(start)},+${String(length)}`;
}

/** Lines of the oldest commit (marked with a circumflex) are left out, as the scripts do. */
function readBlame(output: string): string[] {
  return output.split('\n').flatMap((line) => /^[0-9a-f]{40}(?= )/.exec(line)?.[0] ?? []);
}

/** The lines of each of these commits that the repository has. */
function readCommits(commits: readonly string[], place: Place): string[][] {
  const found: string[][] = [];
  for (let at = 0; at < commits.length; at += AT_ONCE) {
    const names = commits.slice(at, at + AT_ONCE);
    found.push(...splitLog(ask(place, ['log', '--no-color', '--no-walk=unsorted', LOG_FORMAT, ...names, '--'])));
  }
  return found;
}

/** Adds those who signed the commits that a patch says it mends. */
export function addFixed(place: Place): void {
  const { work, dialect, roster } = place;
  for (const commit of work.fixes.filter((one) => COMMIT_NAME.test(one))) {
    const [lines = []] = splitLog(ask(place, ['log', '--no-color', '-1', LOG_FORMAT, commit, '--']));
    const { signers } = readSigners(lines, { path: '', allTypes: work.modes.allTypes, dialect, roster });
    const settled = signers.map((who) => roster.settle(who));
    assign('blamed_fixes', 1, settled, place);
  }
}

function showsFigures({ work, dialect }: Place): boolean {
  return work.modes.figures ?? dialect.figures;
}

function assign(role: string, divisor: number, people: readonly string[], place: Place): void {
  const counts = new Map<string, number>();
  for (const who of people) counts.set(who, (counts.get(who) ?? 0) + 1);
  assignCounts(role, divisor, counts, place);
}

/** Adds the most frequent people, each with the role. `divisor` is what counts for all of it. */
function assignCounts(role: string, divisor: number, counts: ReadonlyMap<string, number>, place: Place): void {
  const { work, roster } = place;
  const all = divisor <= 0 ? 1 : divisor;
  const merged = new Map<string, number>();
  for (const [who, count] of counts) {
    const mapped = roster.map(who);
    if (count > 0) merged.set(mapped, (merged.get(mapped) ?? 0) + count);
  }
  const toRole = (one: Tally): string => writeRole(role, one.count, all, showsFigures(place));
  let rank = 0;
  for (const one of inOrder(merged, toRole, work)) {
    if (work.ignored.has(one.who)) continue;
    rank += 1;
    const { minSignatures, maxMaintainers, minPercent } = work.modes;
    if (one.count < minSignatures || rank > maxMaintainers || percentOf(one.count, all) < minPercent) break;
    roster.add(one.who, '');
    roster.addRole(one.who, toRole(one));
  }
}

function inOrder(counts: ReadonlyMap<string, number>, toRole: (one: Tally) => string, work: GitWork): Tally[] {
  const tallies = [...counts].map(([who, count]) => ({ who, count }));
  const groups = new Map<number, Tally[]>();
  for (const one of tallies) groups.set(one.count, [...(groups.get(one.count) ?? []), one]);
  const arrange = work.arrange ?? ((tied: readonly Tally[]) => tied.toSorted((a, b) => (a.who < b.who ? -1 : 1)));
  return [...groups].sort(([a], [b]) => b - a).flatMap(([, tied]) => arrange(tied, toRole));
}

function percentOf(count: number, all: number): number {
  return Math.min((count * 100) / all, 100);
}

function writeRole(role: string, count: number, all: number, hasFigures: boolean): string {
  if (!hasFigures) return role;
  return `${role}:${String(count)}/${String(all)}=${toWhole(percentOf(count, all))}%`;
}

/** Rounded as C does: an exact half goes to the even side. */
function toWhole(value: number): string {
  const below = Math.floor(value);
  if (value - below !== 0.5) return value.toFixed(0);
  return String(below % 2 === 0 ? below : below + 1);
}
