import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TreeSource } from '../../ports.ts';
import { dayOf, readPlain } from './folder-source.ts';
import { LARGEST_TOP_FILE, MOST_FILES, TOO_MANY_FILES } from './limits.ts';

const LARGEST_LIST = 256 * 1024 * 1024;

/** Is a folder a snapshot: MAINTAINERS with a list of files and a list of functions instead of the sources. */
export function isSnapshot(folder: string): boolean {
  return readPlain(join(folder, 'files.txt.gz'), LARGEST_LIST) !== null;
}

/**
 * A folder with MAINTAINERS, files.txt.gz (one path a line) and symbols.tsv.gz (function, tab, file). Its day stands at
 * the end of its name (`xen-2017-09`), or is that of its MAINTAINERS. Throws an Error of one line where a list is damaged.
 */
export function openSnapshot(folder: string): TreeSource {
  const files = readLines(join(folder, 'files.txt.gz')).sort();
  if (files.length > MOST_FILES) throw new Error(TOO_MANY_FILES);
  const named = /(?:^|\D)(?<day>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?)$/.exec(basename(folder))?.groups?.['day'];
  return {
    kind: 'snapshot',
    commit: null,
    date: named ?? dayOf(join(folder, 'MAINTAINERS')),
    files,
    functions: readLines(join(folder, 'symbols.tsv.gz')).map((line) => {
      const [name = '', path = ''] = line.split('\t');
      return [name, path] as const;
    }),
    read: (path) => readPlain(join(folder, path), LARGEST_TOP_FILE),
    readEach: (paths) => paths,
  };
}

function readLines(file: string): string[] {
  const packed = readPlain(file, LARGEST_LIST);
  if (!packed) return [];
  try {
    const text = gunzipSync(packed, { maxOutputLength: LARGEST_LIST }).toString('utf8');
    return text.split('\n').filter((line) => line !== '');
  } catch (error) {
    throw new Error(`${basename(file)} cannot be unpacked`, { cause: error });
  }
}
