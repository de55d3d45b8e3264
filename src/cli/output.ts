import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** A stream that a command writes to, and what it is. */
export interface Output {
  /** Writes, and waits while the reader is slow. After the reader has gone (`| head`) nothing is written, and nothing fails. */
  readonly write: (text: string) => Promise<void>;
  /** The same for bytes in a coding of their own. */
  readonly writeBytes: (bytes: Buffer) => Promise<void>;
  /** Whether a person watches. */
  readonly isTerminal: boolean;
  /** Whether the reader has gone: long work may stop. */
  readonly isClosed: () => boolean;
  /** Why writing failed for good (a full disk), or `null`; a reader who has gone is no failure. */
  readonly failure: () => Error | null;
  readonly stream: Writable;
}

/** Wraps standard output or standard error. */
export function toOutput(stream: Writable & { readonly isTTY?: boolean }): Output {
  let closed = false;
  let failure: Error | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') failure = error;
  });
  const write = async (chunk: string | Buffer) => {
    if (closed || chunk.length === 0 || stream.write(chunk)) return;
    await Promise.race([once(stream, 'drain'), once(stream, 'close')]).catch(() => undefined);
  };
  return {
    stream,
    isTerminal: stream.isTTY === true,
    isClosed: () => closed,
    failure: () => failure,
    write,
    writeBytes: write,
  };
}
