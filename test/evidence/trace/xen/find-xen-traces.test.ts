import { describe, expect, it } from 'vitest';
import type { Part } from '../../../../src/model/message.ts';
import { addNotes } from '../../../../src/evidence/decode/add-notes.ts';
import { repairLog } from '../../../../src/evidence/log/repair-log.ts';
import { findXenTraces } from '../../../../src/evidence/trace/xen/find-xen-traces.ts';
import { golden } from '../../../bless.ts';
import { readFamily } from '../cases.ts';
import { writeTrace } from '../write-trace.ts';

const CASES = readFamily('xen');

const toPart = (text: string): Part => ({ name: 'body', type: 'text/plain', text, flowed: false, delSp: false });

const read = (text: string) => {
  const log = repairLog(toPart(text));
  return findXenTraces(log).map((trace) => addNotes(trace, log));
};

describe('findXenTraces', () => {
  it.each(CASES)('$name', ({ text: log, expected }) => {
    const traces = read(log);
    const text = traces.map(writeTrace).join('\n');
    expect(text).toBe(golden(expected, text));
  });

  it('gives the same title and fingerprint for other offsets, addresses, CPUs and builds', () => {
    const log = CASES.find(({ name }) => name === 'page-fault-quoted-and-wrapped')?.text ?? '';
    const other = log
      .replace(/^> /gm, '')
      .replace(/ffff82d0402/g, 'ffff82d0807')
      .replace(/\+0x41\/0x877/g, '+0x52/0x91a')
      .replace(/CPU:    45/, 'CPU:    7')
      .replace(/CPU 45/, 'CPU 7')
      .replace('Xen-4.19.0-1-d', 'Xen-4.18.3');
    const [first] = read(log);
    const [second] = read(other);
    expect(second?.cpu).toBe(7);
    expect([second?.title, second?.fingerprint]).toEqual([first?.title, first?.fingerprint]);
  });

  it('reads a long log in time that grows with its length', () => {
    const lines = Array.from(
      { length: 50_000 },
      (_, at) => `(XEN) [VT-D]d${String(at)}:PCIe: map 0000:00:${String(at % 10)}.0`,
    );
    const log = repairLog(toPart(lines.join('\n')));
    const start = performance.now();
    expect(findXenTraces(log)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
