import { createServer } from 'node:http';

/** What a supervisor may ask: whether the process lives, and whether it can do its work. */
export interface Health {
  /** One line why the process cannot work just now; `null` where it can. */
  readonly trouble: () => string | null;
}

/**
 * Answers `/health` (200 while the process lives) and `/ready` (200 while its store and its queue answer, else 503 and one line).
 *
 * @returns ends it.
 */
export async function serveHealth(port: number, host: string, { trouble }: Health): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const reason = path === '/ready' ? trouble() : null;
    const status = path === '/health' || path === '/ready' ? (reason === null ? 200 : 503) : 404;
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    response.end(`${status === 404 ? 'not found' : (reason ?? 'ok')}\n`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
}
