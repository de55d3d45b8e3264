/**
 * Which files define a function, and which files there are. The text is kept as bytes and searched where it lies: a
 * table of two hundred thousand functions costs nothing but its size until it is asked.
 */
export interface SymbolTable {
  /** The files that define a function of this name, in order; empty where none does. */
  filesOf(name: string): readonly string[];
  /** The same, and those that a log or a mail on this list hardly means (see `preferKept`). */
  everyFileOf(name: string): readonly string[];
  /** For every function whose name begins with this, the files that define it (a file as often as it has any). */
  filesOfFamily(start: string): readonly string[];
  /** How many functions there are. */
  size(): number;
  /** Every file of the table. */
  files(): readonly string[];
  /** The files whose path ends in these components (`vmsi.c`, `common/sched/core.c`), in order. */
  filesNamed(ending: string): readonly string[];
  /** The file that a longer path ends in (`/builds/xen-4.19/xen/common/domain.c`), two components at least; or `null`. */
  fileEndingIn(path: string): string | null;
}

const NEWLINE = 10;
const BLANK = 32;

/**
 * Opens a table as `SymbolTableWriter` writes it: the number of files, that many paths, then one line a function:
 * name, blank, file numbers with commas between; sorted by bytes. Bytes of another form hold no function.
 */
export function openSymbolTable(bytes: Buffer): SymbolTable {
  const firstEnd = bytes.indexOf(NEWLINE);
  const count = Number(bytes.toString('latin1', 0, Math.max(firstEnd, 0)));
  let start = firstEnd + 1;
  for (let line = 0; line < count && start > 0; line += 1) start = bytes.indexOf(NEWLINE, start) + 1;
  const paths = bytes
    .toString('utf8', firstEnd + 1, Math.max(start - 1, firstEnd + 1))
    .split('\n')
    .filter((path) => path !== '');
  let byBase: Map<string, string[]> | undefined;
  const filesNamed = (ending: string) => {
    byBase ??= indexByBase(paths);
    const candidates = byBase.get(ending.slice(ending.lastIndexOf('/') + 1)) ?? [];
    return candidates.filter((path) => path === ending || path.endsWith(`/${ending}`));
  };
  const filesOf = (name: string) => {
    const line = findLine(bytes, start, Buffer.from(name));
    return line === null ? [] : line.split(',').flatMap((number) => paths[Number(number)] ?? []);
  };
  return {
    filesOf,
    everyFileOf: filesOf,
    filesOfFamily: (family) =>
      findFamily(bytes, start, Buffer.from(family)).flatMap((line) =>
        line.split(',').flatMap((number) => paths[Number(number)] ?? []),
      ),
    size: () => countLines(bytes, start),
    files: () => paths,
    filesNamed,
    fileEndingIn: (path) => {
      const base = filesNamed(path.slice(path.lastIndexOf('/') + 1));
      return base.find((file) => file.includes('/') && (path === file || path.endsWith(`/${file}`))) ?? null;
    },
  };
}

/** Several tables as one: each question goes to the first that has an answer; later ones are opened only then. */
export function joinTables(tables: readonly (() => SymbolTable)[]): SymbolTable {
  const first = <T>(ask: (table: SymbolTable) => T, has: (answer: T) => boolean, nothing: T): T => {
    for (const table of tables) {
      const answer = ask(table());
      if (has(answer)) return answer;
    }
    return nothing;
  };
  const list = (ask: (table: SymbolTable) => readonly string[]) => first(ask, ({ length }) => length > 0, []);
  return {
    filesOf: (name) => list((table) => table.filesOf(name)),
    everyFileOf: (name) => list((table) => table.everyFileOf(name)),
    filesOfFamily: (start) => list((table) => table.filesOfFamily(start)),
    size: () => tables[0]?.().size() ?? 0,
    files: () => list((table) => table.files()),
    filesNamed: (ending) => list((table) => table.filesNamed(ending)),
    fileEndingIn: (path) =>
      first(
        (table) => table.fileEndingIn(path),
        (answer) => answer !== null,
        null,
      ),
  };
}

function countLines(bytes: Buffer, from: number): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

function indexByBase(paths: readonly string[]): Map<string, string[]> {
  const byBase = new Map<string, string[]>();
  for (const path of paths) {
    const base = path.slice(path.lastIndexOf('/') + 1);
    const known = byBase.get(base);
    if (known) known.push(path);
    else byBase.set(base, [path]);
  }
  return byBase;
}

/** A family larger than this is no family. */
const MAX_FAMILY = 400;

/** What stands behind the blank of each line that begins with these bytes; empty where there are too many. */
function findFamily(bytes: Buffer, from: number, family: Buffer): string[] {
  let low = from;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = Math.max(bytes.lastIndexOf(NEWLINE, middle - 1) + 1, from);
    const newline = bytes.indexOf(NEWLINE, middle);
    const end = newline < 0 ? bytes.length : newline;
    if (bytes.compare(family, 0, family.length, start, Math.min(start + family.length, end)) < 0) low = end + 1;
    else high = start;
  }
  const found: string[] = [];
  for (let at = low; at < bytes.length && found.length <= MAX_FAMILY;) {
    const newline = bytes.indexOf(NEWLINE, at);
    const end = newline < 0 ? bytes.length : newline;
    if (bytes.compare(family, 0, family.length, at, Math.min(at + family.length, end)) !== 0) break;
    found.push(bytes.toString('latin1', bytes.indexOf(BLANK, at) + 1, end));
    at = end + 1;
  }
  return found.length > MAX_FAMILY ? [] : found;
}

/** Binary search by bytes; what stands behind the blank of the line of that name, or `null`. */
function findLine(bytes: Buffer, from: number, name: Buffer): string | null {
  let low = from;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = Math.max(bytes.lastIndexOf(NEWLINE, middle - 1) + 1, from);
    const newline = bytes.indexOf(NEWLINE, middle);
    const end = newline < 0 ? bytes.length : newline;
    const blank = bytes.indexOf(BLANK, start);
    if (blank < 0 || blank > end) return null;
    const order = bytes.compare(name, 0, name.length, start, blank);
    if (order === 0) return bytes.toString('latin1', blank + 1, end);
    if (order < 0) low = end + 1;
    else high = start;
  }
  return null;
}
