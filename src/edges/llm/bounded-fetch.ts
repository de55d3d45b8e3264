/** What an answer of a server may cost. */
export interface FetchBounds {
  /** For the whole answer, its body included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** The server's answer is longer than any that was asked for. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';
}

type FetchInput = string | URL | Request;

/**
 * `fetch`, but the body is read before it is handed on: within the time, up to the size, and from the address that was configured (a
 * redirection could carry mail and key to anybody). A server that sends a byte a minute is timed out like one that is silent.
 */
export function toBoundedFetch({ timeoutMs, maxBytes }: FetchBounds) {
  return async (input: FetchInput, init: RequestInit = {}): Promise<Response> => {
    const own = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([init.signal, own]) : own;
    const response = await fetch(input, { ...init, signal, redirect: 'error' });
    const bytes = await readBody(response, maxBytes);
    const { status, statusText, headers } = response;
    return new Response(bytes.length === 0 ? null : new Uint8Array(bytes), { status, statusText, headers });
  };
}

async function readBody(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  if (body === null) return Buffer.alloc(0);
  // Leaving the loop cancels the body.
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw new TooLongError(`the answer is longer than ${String(maxBytes)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
