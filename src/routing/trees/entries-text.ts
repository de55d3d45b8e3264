import { readMaintainers, type MaintainersFile } from '../maintainers/section.ts';
import type { Dialect } from '../maintainers/dialect.ts';

/** The lines that routing asks for. */
const KEPT_LETTERS = 'MRLSFXNK';

/** The directories above these files, without a slash at their ends. */
export function directoriesOf(paths: readonly string[]): ReadonlySet<string> {
  const directories = new Set<string>();
  for (const path of paths) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const directory = path.slice(0, at);
      if (directories.has(directory)) break;
      directories.add(directory);
    }
  }
  return directories;
}

/**
 * The entries of a MAINTAINERS text, title first, as lines that can be read without the tree: only what routing asks
 * for, and patterns that name a directory end in a slash.
 */
export function toEntryLines(text: string, dialect: Dialect, paths: readonly string[]): string[][] {
  const directories = directoriesOf(paths);
  return readMaintainers(text, dialect).sections.map(({ title, properties }) => [
    title,
    ...properties
      .filter(({ letter }) => KEPT_LETTERS.includes(letter))
      .map(({ letter, value }) => {
        const isDirectory = 'FX'.includes(letter) && directories.has(value.trimEnd());
        return `${letter}:${value.trimEnd()}${isDirectory ? '/' : ''}`;
      }),
  ]);
}

/** Reads what `toEntryLines` gave. */
export function readEntryLines(sections: readonly (readonly string[])[], dialect: Dialect): MaintainersFile {
  return readMaintainers(sections.map((lines) => lines.join('\n')).join('\n\n'), dialect);
}
