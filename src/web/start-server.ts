import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { buildApp } from './app.tsx';

/** No reader needs longer to send a request, and none may hold a connection for nothing. */
const REQUEST_MS = 30_000;
const HEADERS_MS = 10_000;
const IDLE_MS = 5_000;
const CLOSE_MS = 3_000;

export interface RunningServer {
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Answers what is asked already, then ends; whoever is still connected after three seconds is cut off. */
  readonly close: () => Promise<void>;
}

/**
 * Listens for readers.
 *
 * @param port 0 for any free one.
 * @throws the error of `listen`, with its code (EADDRINUSE, EACCES).
 */
export async function startServer(
  app: ReturnType<typeof buildApp>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<RunningServer> {
  const answer = getRequestListener(app.fetch);
  const server = createServer((request, response) => void answer(request, response));
  server.requestTimeout = REQUEST_MS;
  server.headersTimeout = HEADERS_MS;
  server.keepAliveTimeout = IDLE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A client that goes away in the middle is nobody's trouble.
  server.on('clientError', (_error, socket) => socket.destroy());
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`, close: () => closeServer(server) };
}

async function closeServer(server: Server): Promise<void> {
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, CLOSE_MS);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}
