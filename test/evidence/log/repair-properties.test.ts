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
