/**
 * How long reading a log takes: `npm run bench:logs`.
 *
 * Prints the processor time for a log of 200,000 lines, end to end (repair and traces), and for text that is made to be
 * slow, at a size and at four times that size: the ratio of one doubling says whether time grows with the length alone. Ends with one line.
 */
import { repairLog } from '../src/evidence/log/repair-log.ts';
import { findTraces } from '../src/evidence/trace/find-traces.ts';
import { buildMixedLog, HOSTILE } from '../test/evidence/long-logs.ts';

const LIMIT_MS = 1000;
/** A doubling, the mean of two; what is above two is the memory of the larger text. */
const LIMIT_RATIO = 2.5;
/** Shorter runs than this are noise. */
const SHORTEST_MS = 50;

/** Milliseconds of processor time, the best of three runs. */
function measure(text: string): { readonly ms: number; readonly traces: number } {
  let best = Number.POSITIVE_INFINITY;
  let traces = 0;
  for (let run = 0; run < 3; run += 1) {
    const start = process.cpuUsage();
    traces = findTraces(repairLog({ name: 'body', type: 'text/plain', text, flowed: false, delSp: false })).traces
      .length;
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return { ms: best, traces };
}

measure(buildMixedLog(20_000));
const whole = measure(buildMixedLog(200_000));
console.log(`200,000 lines of a mixed log: ${whole.ms.toFixed(0)} ms, ${String(whole.traces)} traces`);

let worst = 0;
for (const { name, build } of HOSTILE) {
  const [one, two] = [measure(build(500_000)), measure(build(2_000_000))];
  const ratio = two.ms < SHORTEST_MS ? 1 : Math.sqrt(two.ms / Math.max(one.ms, 1));
  worst = Math.max(worst, ratio);
  console.log(
    `${name.padEnd(34)} ${one.ms.toFixed(0).padStart(6)} ms  ${two.ms.toFixed(0).padStart(6)} ms  x${ratio.toFixed(2)}`,
  );
}
const good = whole.ms < LIMIT_MS && worst <= LIMIT_RATIO;
console.log(
  `bench logs: 200,000 lines ${whole.ms.toFixed(0)} ms (limit ${String(LIMIT_MS)}) · worst doubling x${worst.toFixed(2)} (limit ${String(LIMIT_RATIO)}) · ${good ? 'good' : 'too slow'}`,
);
