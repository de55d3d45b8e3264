import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Part } from '../../../../src/model/message.ts';
import { addNotes } from '../../../../src/evidence/decode/add-notes.ts';
import { repairLog } from '../../../../src/evidence/log/repair-log.ts';
import { findUserspaceTraces } from '../../../../src/evidence/trace/userspace/find-userspace-traces.ts';
import { golden } from '../../../bless.ts';
import { writeTrace } from '../write-trace.ts';

const CASES = join(import.meta.dirname, 'cases');
const names = readdirSync(CASES)
  .filter((name) => name.endsWith('.log'))
  .map((name) => name.slice(0, -'.log'.length));

const toPart = (text: string): Part => ({ name: 'body', type: 'text/plain', text, flowed: false, delSp: false });

const read = (text: string) => {
  const log = repairLog(toPart(text));
  return findUserspaceTraces(log).map((trace) => addNotes(trace, log));
};

describe('findUserspaceTraces', () => {
  it.each(names)('%s', (name) => {
    const traces = read(readFileSync(join(CASES, `${name}.log`), 'utf8'));
    const text = traces.map(writeTrace).join('\n');
    expect(text).toBe(golden(join(CASES, `${name}.expected`), text));
  });
});
