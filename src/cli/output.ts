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
  readonly stream: Writable;
}

/** Wraps standard output or standard error. */
export function toOutput(stream: Writable & { readonly isTTY?: boolean }): Output {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    closed = true;
  });
  const write = async (chunk: string | Buffer) => {
    if (closed || chunk.length === 0 || stream.write(chunk)) return;
    await Promise.race([once(stream, 'drain'), once(stream, 'close')]).catch(() => undefined);
  };
  return {
    stream,
    isTerminal: stream.isTTY === true,
    isClosed: () => closed,
    write,
    writeBytes: write,
  };
}
