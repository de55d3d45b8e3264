import { existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TreeAbout, TreePart } from '../../model/tree.ts';
import { openTreeFile, writeTreeFile, type KeptTree } from './tree-file.ts';

/** A tree of the folder, or why it cannot be read. */
export type FoundTree =
  | { readonly kind: 'tree'; readonly name: string; readonly tree: KeptTree }
  | { readonly kind: 'damaged'; readonly name: string; readonly reason: string };

const ENDING = '.tree';
const NAME = /^[A-Za-z0-9][\w.+-]{0,63}$/;

/** Can a tree be called so: a file name of letters, digits, dot, plus, minus and underscore. */
export function isTreeName(name: string): boolean {
  return NAME.test(name) && !name.endsWith(ENDING) && !name.endsWith('.git');
}

/**
 * The folder of added trees: NAME.tree for each, and NAME.git beside it where the repository is a copy of its own. A
 * tree changes in one step, when its new file takes the old one's name: whoever is killed before leaves the old one.
 */
export class TreeFolder {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** All trees, by name. */
  list(): FoundTree[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .filter((file) => file.endsWith(ENDING) && isTreeName(file.slice(0, -ENDING.length)))
      .map((file) => file.slice(0, -ENDING.length))
      .sort()
      .map((name) => this.#find(name));
  }

  has(name: string): boolean {
    return isTreeName(name) && existsSync(this.#file(name));
  }

  /** Opens one; throws an Error of one line where it is not there or damaged. */
  open(name: string): KeptTree {
    return openTreeFile(this.#file(name));
  }

  /** Where the copy of a tree's repository lies, or would lie. */
  cloneOf(name: string): string {
    return join(this.folder, `${name}.git`);
  }

  /** A folder for work that may fail, on the same disk; gone when the work ends, and what killed work left is gone too. */
  work<T>(name: string, make: (scratch: string) => T): T {
    mkdirSync(this.folder, { recursive: true });
    this.#sweep();
    const scratch = mkdtempSync(join(this.folder, `.${name}-${String(process.pid)}-`));
    try {
      return make(scratch);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }

  /**
   * Keeps a tree under its name: `new` fails with an Error of one line where the name is taken meanwhile, `again` takes the
   * place of the old one. A copy of the repository that was made in `scratch` (see `work`) is kept with it.
   */
  keep(
    { about, parts }: { readonly about: TreeAbout; readonly parts: Readonly<Record<TreePart, Buffer>> },
    how: { readonly as: 'new' | 'again'; readonly scratch: string; readonly clone?: string },
  ): void {
    const made = join(how.scratch, `made${ENDING}`);
    writeTreeFile(made, about, parts);
    if (how.as === 'again') {
      renameSync(made, this.#file(about.name));
      return;
    }
    if (this.has(about.name)) throw new Error(`there is a tree ${about.name} already`);
    if (how.clone !== undefined) {
      // Without its tree a copy is what somebody who was killed left behind.
      rmSync(this.cloneOf(about.name), { recursive: true, force: true });
      renameSync(how.clone, this.cloneOf(about.name));
    }
    linkOnce(made, this.#file(about.name), about.name);
  }

  /** Takes a tree away: the tree first, in one step, then its copy of the repository. */
  remove(name: string): void {
    rmSync(this.#file(name));
    rmSync(this.cloneOf(name), { recursive: true, force: true });
    this.#sweep();
  }

  #file(name: string): string {
    return join(this.folder, `${name}${ENDING}`);
  }

  #find(name: string): FoundTree {
    try {
      return { kind: 'tree', name, tree: this.open(name) };
    } catch (error) {
      return { kind: 'damaged', name, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Takes away what work left whose process is no more. */
  #sweep(): void {
    for (const file of existsSync(this.folder) ? readdirSync(this.folder) : []) {
      const owner = /^\.[\w.+-]+-(?<pid>\d+)-\w{6}$/.exec(file);
      if (owner && !isAlive(Number(owner.groups?.['pid']))) {
        rmSync(join(this.folder, file), { recursive: true, force: true });
      }
    }
  }
}

/** A second name for the file, which fails where there is one: nobody's tree is written over. */
function linkOnce(made: string, file: string, name: string): void {
  try {
    linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new Error(`there is a tree ${name} already`, { cause: error });
    // Some file systems know no links.
    renameSync(made, file);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
