/**
 * Gives a source tree a history of our own making: some hundred commits by the people of its MAINTAINERS, with sign-offs,
 * reviews, renames, merges, several addresses a person and a .mailmap, over three years. The same seed gives the same.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './sources.ts';

const DAY = 86_400;
const TAGS = [
  'Signed-off-by',
  'Reviewed-by',
  'Acked-by',
  'Tested-by',
  'Co-developed-by',
  'Reported-by',
  'Suggested-by',
];

/** Numbers that look random and are the same each time. */
export function toChance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

interface Person {
  readonly name: string;
  readonly address: string;
}

interface History {
  readonly top: string;
  readonly paths: readonly string[];
  readonly commits: number;
  /** Seconds since 1970 of the last commit. */
  readonly now: number;
}

/** People of the tree's file, half of them under a second address, some under another name. */
function findPeople(top: string, chance: (below: number) => number): Person[] {
  const text = readFileSync(join(top, 'MAINTAINERS'), 'utf8');
  const own = [...text.matchAll(/^[MR]:\s*"?(?<name>[^"<\n]{3,60}?)"?\s*<(?<address>[^>\n]{3,80})>/gm)].map(
    ({ groups }) => ({ name: groups?.['name'] ?? '', address: groups?.['address'] ?? '' }),
  );
  const some = [...new Map(own.map((one) => [one.address, one])).values()]
    .filter((_one, at) => at % 7 < 3)
    .slice(0, 40);
  const people = some.flatMap((one) => {
    const local = one.address.slice(0, one.address.indexOf('@'));
    const away = { name: one.name, address: `${local}@old.example.org` };
    const other = {
      name: `${one.name.slice(0, 1)}. ${one.name.split(' ').at(-1) ?? ''}`,
      address: one.address.toUpperCase(),
    };
    return chance(2) === 0 ? [one, away] : chance(3) === 0 ? [one, other] : [one];
  });
  const made = ['Ada Example', 'Łukasz Example', 'O’Brien Example', 'Dr. No Example'].map((name, at) => ({
    name,
    address: `made${String(at)}@example.org`,
  }));
  return [...people, ...made, { name: 'Linus Torvalds', address: 'torvalds@linux-foundation.org' }];
}

/** Some of the second addresses are mapped, in every form that there is. */
function writeMailmap(people: readonly Person[], before: string): string {
  const away = people.filter(({ address }) => address.endsWith('@old.example.org'));
  const lines = away.flatMap(({ name, address }, at) => {
    const kept = people.find((one) => one.name === name && one.address !== address)?.address ?? '';
    return (
      [
        [`${name} <${kept}> <${address}>`],
        [`<${kept}> <${address}>`],
        [`${name} <${kept}> ${name} <${address}>  # moved`],
        [],
      ][at % 4] ?? []
    );
  });
  return `${before}\n# second addresses\n${lines.join('\n')}\nAda B. Example <made0@example.org>\n`;
}

function toData(text: string | Buffer): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(`data ${String(bytes.length)}\n`), bytes, Buffer.from('\n')]);
}

/** Makes the repository in the tree, which must have none yet; returns the paths that have a history. */
export function makeHistory({ top, paths, commits, now }: History): string[] {
  const chance = toChance(42);
  const people = findPeople(top, chance);
  const mailmap = join(top, '.mailmap');
  const before = statSync(mailmap, { throwIfNoEntry: false }) ? readFileSync(mailmap, 'utf8') : '';
  writeFileSync(mailmap, writeMailmap(people, before));
  rmSync(join(top, '.git'), { recursive: true, force: true });
  run('git', ['init', '-q', '-b', 'main'], top);
  const stream = new Stream({ chance, people, now, commits });
  stream.begin([...paths, '.mailmap'].map((path) => [path, readFileSync(join(top, path))] as const));
  const touched = stream.continueWith(paths);
  const end = spawnSync('git', ['fast-import', '--quiet'], { cwd: top, input: stream.bytes(), maxBuffer: 1 << 28 });
  if (end.status !== 0) throw new Error(`git fast-import: ${end.stderr.toString()}`);
  run('git', ['reset', '-q', '--hard', 'main'], top);
  return touched;
}

interface Made {
  readonly chance: (below: number) => number;
  readonly people: readonly Person[];
  readonly now: number;
  readonly commits: number;
}

/** What git fast-import reads. */
class Stream {
  readonly #parts: Buffer[] = [];
  readonly #files = new Map<string, string[]>();
  readonly #made: Made;
  #mark = 0;

  constructor(made: Made) {
    this.#made = made;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  begin(files: readonly (readonly [string, Buffer])[]): void {
    const when = this.#made.now - 1100 * DAY;
    this.#commit('refs/heads/main', 'start', { name: 'First Example', address: 'first@example.org' }, when, []);
    for (const [path, bytes] of files) {
      this.#parts.push(Buffer.from(`M 100644 inline ${path}\n`), toData(bytes));
      if (bytes.length < 400_000) this.#files.set(path, bytes.toString('latin1').split('\n'));
    }
  }

  /** Commits on the main branch, at times on a side branch that is merged; returns the paths that changed. */
  continueWith(paths: readonly string[]): string[] {
    const { chance, people, now, commits } = this.#made;
    const pool = paths.filter(
      (path) => this.#files.has(path) && path !== 'MAINTAINERS' && !path.startsWith('scripts/'),
    );
    const touched = new Set<string>();
    for (let at = 0; at < commits; at += 1) {
      const when = now - Math.floor(((commits - at) / commits) * 1090 * DAY) - chance(3600);
      const author = this.#pick(people);
      const parent = this.#mark;
      const isSide = chance(12) === 0;
      this.#commit(
        isSide ? `refs/heads/side${String(at)}` : 'refs/heads/main',
        this.#message(at),
        author,
        when,
        isSide ? [parent] : [],
      );
      const changed = this.#change(pool, touched);
      if (!isSide && chance(25) === 0) this.#rename(this.#few(pool), touched);
      if (!isSide) continue;
      const side = this.#mark;
      this.#commit('refs/heads/main', `Merge side ${String(at)}\n\n${this.#tags()}`, author, when + 60, [], side);
      for (const path of changed) this.#write(path);
    }
    return [...touched].filter((path) => this.#files.has(path)).sort();
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#made.chance(items.length)] as T;
  }

  #tags(): string {
    const { chance, people } = this.#made;
    const count = chance(8) === 0 ? 0 : 1 + chance(4);
    const busy = people.slice(0, 12);
    return Array.from({ length: count }, (_one, at) => {
      const { name, address } = this.#pick(chance(3) === 0 ? people : busy);
      const shape = chance(15);
      const who =
        shape === 0 ? address : shape === 1 ? `"${name}" <${address}> # with a note: yes` : `${name} <${address}>`;
      return `${chance(20) === 0 ? '  ' : ''}${at === 0 ? 'Signed-off-by' : this.#pick(TAGS)}: ${who}`;
    }).join('\n');
  }

  #message(at: number): string {
    return `area: change ${String(at)}\n\nWhat is done and why.\n\n${this.#tags()}\n`;
  }

  #commit(ref: string, message: string, who: Person, when: number, from: readonly number[], merged?: number): void {
    this.#mark += 1;
    const by = `${who.name} <${who.address}> ${String(when)} +0100`;
    this.#parts.push(
      Buffer.from(`commit ${ref}\nmark :${String(this.#mark)}\nauthor ${by}\ncommitter ${by}\n`),
      toData(message),
      Buffer.from(from.map((mark) => `from :${String(mark)}\n`).join('')),
      Buffer.from(merged === undefined ? '' : `merge :${String(merged)}\n`),
    );
  }

  #change(pool: readonly string[], touched: Set<string>): string[] {
    const { chance } = this.#made;
    const few = this.#few(pool);
    const changed: string[] = [];
    for (let left = 1 + chance(3); left > 0; left -= 1) {
      const path = this.#pick(few);
      const lines = this.#files.get(path);
      if (!lines || lines.length < 3) continue;
      touched.add(path);
      this.#edit(lines);
      this.#write(path);
      changed.push(path);
    }
    return changed;
  }

  /** A history that is spread over all files says little of each. */
  #few(pool: readonly string[]): string[] {
    return pool.filter((_path, at) => at % Math.max(1, Math.floor(pool.length / 300)) === 0);
  }

  #edit(lines: string[]): void {
    const { chance } = this.#made;
    for (let left = 1 + chance(4); left > 0; left -= 1) {
      const place = chance(lines.length);
      if (chance(3) === 0 && lines.length > 20) lines.splice(place, 1 + chance(4));
      else
        lines.splice(place, chance(2), ...Array.from({ length: 1 + chance(5) }, () => `/* ${String(chance(1e9))} */`));
    }
  }

  #write(path: string): void {
    const text = Buffer.from((this.#files.get(path) ?? []).join('\n'), 'latin1');
    this.#parts.push(Buffer.from(`M 100644 inline ${path}\n`), toData(text));
  }

  #rename(pool: readonly string[], touched: Set<string>): void {
    const from = this.#pick(pool);
    const to = from.replace(/(?<stem>[^/.]+)(?<rest>\.[^/]*)?$/, '$<stem>-moved$<rest>');
    const lines = this.#files.get(from);
    if (!lines || this.#files.has(to)) return;
    this.#files.set(to, lines);
    this.#files.delete(from);
    touched.add(to);
    this.#parts.push(Buffer.from(`R ${from} ${to}\n`));
  }
}
