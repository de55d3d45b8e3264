import { ArchiveTrouble, toTrouble } from './archive-trouble.ts';

export interface BodyBounds {
  readonly maxBytes: number;
  /** All waiting for the server together; what the reader does in between is not counted. */
  readonly waitMs: number;
  /** Waiting for one piece. */
  readonly silentMs: number;
}

/**
 * The body of an answer as it comes. Throws an {@link ArchiveTrouble} that names `where`: too long, too slow (one that drips
 * is as slow as one that is silent), broken off.
 */
export async function* openBody(
  response: Response,
  where: string,
  bounds: BodyBounds,
): AsyncGenerator<Buffer, undefined> {
  if (response.body === null) return undefined;
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let length = 0;
  let waited = 0;
  try {
    for (;;) {
      const most = Math.min(bounds.silentMs, bounds.waitMs - waited);
      const started = performance.now();
      const next = await within(
        reader.read(),
        most,
        () => new ArchiveTrouble('too-slow', `${where}: the answer takes too long`),
      );
      waited += performance.now() - started;
      if (next.done) return undefined;
      length += next.value.length;
      if (length > bounds.maxBytes)
        throw new ArchiveTrouble('too-long', `${where}: the answer is longer than ${bounds.maxBytes} bytes`);
      yield Buffer.from(next.value.buffer, next.value.byteOffset, next.value.length);
    }
  } catch (error) {
    throw error instanceof ArchiveTrouble
      ? error
      : new ArchiveTrouble('broken-off', `${toTrouble(error, where).message} (in the middle of the answer)`, {
          cause: error,
        });
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

async function within<T>(promise: Promise<T>, ms: number, toError: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => {
        reject(toError());
      },
      Math.max(0, ms),
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
