/**
 * How long each page takes and what it weighs: the median of 50 requests over a real socket.
 *   npx tsx scripts/time-pages.ts http://127.0.0.1:8080
 */
const TIMES = 50;
const base = process.argv[2] ?? 'http://127.0.0.1:8080';

interface Listed {
  readonly threads: readonly { readonly id: string }[];
}

/** Paths of every kind of page, with a thread of the store. */
async function listPaths(): Promise<readonly string[]> {
  const listed = (await (await fetch(`${base}/threads.json?genre=report`)).json()) as Listed;
  const threads = listed.threads.slice(0, 3).map(({ id }) => `/thread/${encodeURIComponent(id)}`);
  const others = ['/', '/threads', '/threads?genre=report', '/threads?q=xenbus', '/sections', '/digests', '/check'];
  return [...others, '/sections/xen/X86%20ARCHITECTURE', '/people/jgross%40suse.com', '/health', ...threads];
}

for (const path of await listPaths()) {
  const times: number[] = [];
  let bytes = 0;
  let status = 0;
  for (let time = 0; time < TIMES; time += 1) {
    const begin = performance.now();
    const answer = await fetch(`${base}${path}`);
    bytes = (await answer.arrayBuffer()).byteLength;
    status = answer.status;
    times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  const [median = 0, worst = 0] = [times[TIMES / 2], times.at(-1)];
  console.log(
    `${String(status)} ${median.toFixed(1).padStart(7)} ms (worst ${worst.toFixed(0)})  ${(bytes / 1000).toFixed(1).padStart(6)} kB  ${path}`,
  );
}
