import type { Readable } from 'node:stream';
import type { MailSource, Reading } from '../ports.ts';
import { openStream } from './byte-stream.ts';
import { readPath } from './read-path.ts';
import { failure, readStream } from './read-stream.ts';

const STANDARD_INPUT = '-';

/**
 * Opens whatever a person names as mail. What it is is told by looking, never by its name:
 *
 * - a file or `-` (standard input), plain or gzipped: an mbox (mboxrd, mboxo, mboxcl, mboxcl2), one mail, or a
 *   public-inbox thread page saved as text;
 * - a folder: a maildir with its folders, or files of any of these kinds anywhere below;
 * - a public-inbox archive: v2 with its epochs, one epoch, or v1, bare or not. These give cursors and start behind
 *   the ones that they are given.
 *
 * Nothing is thrown: what cannot be read is a `failure` with the name of the input and what to do, and the rest
 * goes on. At most one mail (up to 64 MiB) is held at a time.
 *
 * @param options.stdin what `-` reads; without it `-` is a failure.
 */
export function openMail(path: string, options: { readonly stdin?: Readable } = {}): MailSource {
  return {
    read: ({ cursors } = {}): AsyncIterable<Reading> => {
      if (path !== STANDARD_INPUT) return readPath(path, cursors ?? new Map<string, string>());
      return options.stdin ? readStream(openStream(options.stdin), 'standard input') : noInput();
    },
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- the same shape as every other reading
async function* noInput(): AsyncGenerator<Reading> {
  yield failure('standard input', 'is not connected: name a file or a folder');
}
