import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request for a token. */
export type TokenBehaviour = (response: ServerResponse, asked: URLSearchParams) => void;

export interface TokenServer {
  readonly url: string;
  readonly asked: readonly URLSearchParams[];
  readonly behave: (behaviour: TokenBehaviour) => void;
  readonly close: () => Promise<void>;
}

/** Answers with JSON. */
export function answer(status: number, body: unknown): TokenBehaviour {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** A real server that trades tokens, with whatever can go wrong. */
export async function startTokenServer(): Promise<TokenServer> {
  const asked: URLSearchParams[] = [];
  let behaviour = answer(500, {});
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      asked.push(form);
      behaviour(response, form);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/token`,
    asked,
    behave: (next) => {
      behaviour = next;
      asked.length = 0;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => {
          done();
        });
      }),
  };
}
