import { describe, expect, it } from 'vitest';
import type { Part } from '../../../../src/model/message.ts';
import { addNotes } from '../../../../src/evidence/decode/add-notes.ts';
import { repairLog } from '../../../../src/evidence/log/repair-log.ts';
import { findUserspaceTraces } from '../../../../src/evidence/trace/userspace/find-userspace-traces.ts';
import { golden } from '../../../bless.ts';
import { readFamily } from '../cases.ts';
import { writeTrace } from '../write-trace.ts';

const CASES = readFamily('userspace');

const toPart = (text: string): Part => ({ name: 'body', type: 'text/plain', text, flowed: false, delSp: false });

const read = (text: string) => {
  const log = repairLog(toPart(text));
  return findUserspaceTraces(log).map((trace) => addNotes(trace, log));
};

describe('findUserspaceTraces', () => {
  it.each(CASES)('$name', ({ text: log, expected }) => {
    const traces = read(log);
    const text = traces.map(writeTrace).join('\n');
    expect(text).toBe(golden(expected, text));
  });
});
