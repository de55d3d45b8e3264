import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairLog } from '../../../src/evidence/log/repair-log.ts';
import { findLinuxTraces } from '../../../src/evidence/trace/linux/find-linux-traces.ts';
import { toPart } from './part.ts';

describe('text without a log', () => {
  const word = fc.constantFrom(
    'the',
    'host',
    'domU',
    'xl',
    'create',
    'fails',
    'with',
    '4.17',
    '-',
    'memory:',
    '*',
    'e820_host=1',
    'you',
    'wrote:',
  );
  const line = fc.array(word, { maxLength: 14 }).map((words) => words.join(' '));

  it('comes out as it went in', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.boolean(), (lines, flowed) => {
        const log = repairLog(toPart(lines.join('\n'), { flowed }));
        expect(log.map((one) => one.text)).toEqual(lines.length === 0 ? [''] : lines);
      }),
    );
  });

  it('nothing that a stranger writes makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500, unit: 'binary' }), (text) => {
        const log = repairLog(toPart(`[    1.000000] BUG: x\n${text}\nCall Trace:\n${text}`));
        expect(findLinuxTraces(log).length).toBeLessThan(10);
      }),
    );
  });
});

describe('time', () => {
  it('200,000 lines take a second at most, and twice the lines twice the time', () => {
    const log = (count: number): string =>
      Array.from(
        { length: count },
        (_, i) => `[${(i / 100).toFixed(6).padStart(12)}] usb 1-1: new device number ${String(i)} using xhci_hcd`,
      ).join('\n');
    const measure = (text: string): number => {
      const start = performance.now();
      findLinuxTraces(repairLog(toPart(text)));
      return performance.now() - start;
    };
    measure(log(50_000));
    expect(measure(log(200_000))).toBeLessThan(3000);
  });

  it.each([
    ['blanks', `BUG: ${' '.repeat(1_000_000)}`],
    ['hex', `[    1.000000] RAX: ${'0123456789abcdef '.repeat(60_000)}`],
    ['glued stamps', '[    1.000000] a'.repeat(60_000)],
    ['headlines', 'WARNING: at a/b.c:1 '.repeat(50_000)],
    ['quote marks', '>'.repeat(1_000_000)],
    ['markers', 'Call Trace:\n'.repeat(100_000)],
    ['headlines in lines', 'Oops: x\n'.repeat(50_000)],
  ])('a megabyte of %s', (_, text) => {
    const start = performance.now();
    findLinuxTraces(repairLog(toPart(text)));
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
