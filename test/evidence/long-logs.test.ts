import { describe, expect, it } from 'vitest';
import { repairLog } from '../../src/evidence/log/repair-log.ts';
import { findTraces } from '../../src/evidence/trace/find-traces.ts';
import { toPart } from './log/part.ts';
import { buildMixedLog, HOSTILE } from './long-logs.ts';

/** Milliseconds of processor time; machines that run tests are busy, so the bounds are generous (bench/logs.ts is strict). */
function measure(text: string): number {
  const start = process.cpuUsage();
  findTraces(repairLog(toPart(text)));
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

describe('time grows with the length alone', () => {
  it('200,000 lines of four consoles with traces', () => {
    expect(measure(buildMixedLog(200_000))).toBeLessThan(4000);
  });

  it.each(HOSTILE)('a megabyte of $name', ({ build }) => {
    expect(measure(build(1_000_000))).toBeLessThan(4000);
  });
});
