import { createReadStream, readFileSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip, constants, type Gunzip } from 'node:zlib';

/** Bytes of a gzip input looked at in one go: one such chunk unpacks to at most 16 MB (gzip gains 1,032 at most). */
const PACKED_CHUNK = 16 * 1024;
const PLAIN_CHUNK = 256 * 1024;

/** A stream of unpacked bytes that never throws: what went wrong stands in `damage` once the chunks have ended. */
export interface ByteStream {
  readonly chunks: AsyncIterator<Buffer, undefined>;
  /** One line about a read error or an early end; `null` while (or when) all is well. */
  damage(): string | null;
}

/** Files up to this size are read at once: a stream for each of a maildir's mails costs four times the CPU. */
const SMALL_FILE = 1024 * 1024;

/** The bytes of a file, gunzipped where its first bytes say gzip. */
export function openFile(path: string): ByteStream {
  const small = readSmallFile(path);
  return openStream(small ? [small] : createReadStream(path, { highWaterMark: PLAIN_CHUNK }));
}

/** `null` where it is no small file, or cannot be read: the stream says why. */
function readSmallFile(path: string): Buffer | null {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= SMALL_FILE ? readFileSync(path) : null;
  } catch {
    return null;
  }
}

/** The bytes of a stream, gunzipped where its first bytes say gzip. What was readable before a fault is handed out. */
export function openStream(stream: Readable | readonly Buffer[]): ByteStream {
  let damage: string | null = null;
  const note = (reason: string): void => {
    damage ??= reason;
  };
  return { chunks: unpack(safely(stream, note), note), damage: () => damage };
}

/** Takes up to `size` bytes off the front; the returned stream hands them out once more. */
export async function peek(bytes: ByteStream, size: number): Promise<{ head: Buffer; bytes: ByteStream }> {
  const taken: Buffer[] = [];
  let length = 0;
  while (length < size) {
    const next = await bytes.chunks.next();
    if (next.done === true) break;
    taken.push(next.value);
    length += next.value.length;
  }
  const head = taken.length === 1 && taken[0] ? taken[0] : Buffer.concat(taken);
  return { head: head.subarray(0, size), bytes: { chunks: chain(head, bytes.chunks), damage: () => bytes.damage() } };
}

/** Reads at most `limit` bytes; `more` says whether there were others, which are read past and dropped. */
export async function readAll(bytes: ByteStream, limit: number): Promise<{ content: Buffer; more: boolean }> {
  const taken: Buffer[] = [];
  let length = 0;
  let more = false;
  for (;;) {
    const next = await bytes.chunks.next();
    if (next.done === true) break;
    const room = limit - length;
    if (next.value.length > room) more = true;
    if (room <= 0) continue;
    taken.push(next.value.subarray(0, room));
    length += Math.min(room, next.value.length);
  }
  return { content: Buffer.concat(taken), more };
}

async function* chain(first: Buffer, rest: AsyncIterator<Buffer, undefined>): AsyncGenerator<Buffer, undefined> {
  if (first.length > 0) yield first;
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return undefined;
    yield next.value;
  }
}

async function* safely(
  stream: Readable | readonly Buffer[],
  note: (reason: string) => void,
): AsyncGenerator<Buffer, undefined> {
  try {
    for await (const chunk of stream as AsyncIterable<Buffer | string> | readonly Buffer[]) {
      yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    }
  } catch (error) {
    note(`cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
  return undefined;
}

async function* unpack(
  source: AsyncGenerator<Buffer, undefined>,
  note: (reason: string) => void,
): AsyncGenerator<Buffer, undefined> {
  let first: Buffer = Buffer.alloc(0);
  while (first.length < 2) {
    const next = await source.next();
    if (next.done === true) break;
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
  }
  const all = chain(first, source);
  if (!isGzip(first)) yield* all;
  else yield* gunzip(all, note);
  return undefined;
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Node drops what it has unpacked but not yet handed out when the input ends early. So every chunk is pushed through
 * by itself, then all is flushed, and only then is the stream ended, which is where an early end becomes an error.
 */
async function* gunzip(
  source: AsyncGenerator<Buffer, undefined>,
  note: (reason: string) => void,
): AsyncGenerator<Buffer, undefined> {
  const unzip = createGunzip({ chunkSize: PLAIN_CHUNK });
  let unpacked: Buffer[] = [];
  let failure: Error | null = null;
  unzip.on('data', (chunk: Buffer) => unpacked.push(chunk));
  unzip.on('error', (error) => {
    failure = error;
  });
  const take = (): Buffer[] => {
    const taken = unpacked;
    unpacked = [];
    return taken;
  };
  const failed = (): boolean => failure !== null;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length && !failed(); at += PACKED_CHUNK) {
      await settle(unzip, (done) => unzip.write(chunk.subarray(at, at + PACKED_CHUNK), done));
      yield* take();
    }
    if (failed()) break;
  }
  if (!failed())
    await settle(unzip, (done) => {
      unzip.flush(constants.Z_SYNC_FLUSH, done);
    });
  yield* take();
  if (!failed()) await settle(unzip, () => unzip.end());
  yield* take();
  if (failed()) note('the gzip data ends early or is damaged; what came before was read: fetch the file again');
  return undefined;
}

/** Waits until a step of the unpacker is through, has failed, or the stream has ended. */
async function settle(unzip: Gunzip, step: (done: () => void) => unknown): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      unzip.off('error', done).off('end', done);
      // One turn of the loop later, so that what was unpacked has reached the listener.
      setImmediate(resolve);
    };
    unzip.once('error', done).once('end', done);
    step(done);
  });
}
