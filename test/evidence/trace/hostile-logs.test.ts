import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../src/model/log.ts';
import { addNotes } from '../../../src/evidence/decode/add-notes.ts';
import { findUserspaceTraces } from '../../../src/evidence/trace/userspace/find-userspace-traces.ts';
import { findXenTraces } from '../../../src/evidence/trace/xen/find-xen-traces.ts';

/** Pieces of real lines, so that chance gets behind the first pattern. */
const PIECES = [
  'Xen BUG at ',
  "Assertion 'x' failed at ",
  'a.c:1',
  'Panic on CPU 0:',
  '****************************************',
  '----[ Xen-4.13.0  x86_64  debug=n   Not tainted ]----',
  '   [<ffff82d08022a60a>] R ',
  'f+0x1/0x2',
  'Domain 1 (vcpu#0) crashed on cpu#0:',
  'd1v0 vmentry failure (reason 0x80000021): ',
  '#0  0x1 in f (',
  ') at b.c:2',
  'Program received signal SIGSEGV',
  'Traceback (most recent call last):',
  '  File "x", line 1, in f',
  'libxl: error: libxl_a.c:1:f: ',
  '==1== Invalid read of size 8',
  'call  1: op=1 result=-1 ',
  '[error_code=0000]',
  '@@ -1,2 +1,2 @@',
  ' ',
  '',
];

const line = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join('')),
);

const log = fc
  .array(fc.tuple(line, fc.constantFrom('xen', 'linux', 'guest', null), fc.nat(2)), { maxLength: 60 })
  .map((lines): LogLine[] =>
    lines.map(([text, console, depth], at) => ({
      text,
      first: at + 1,
      last: at + 1,
      depth,
      console,
      domain: null,
      caller: null,
      seconds: null,
      repairs: [],
    })),
  );

describe('whatever strangers write', () => {
  it('is read without an exception, into traces that lie within the log', () => {
    fc.assert(
      fc.property(log, (lines) => {
        for (const trace of [...findXenTraces(lines), ...findUserspaceTraces(lines)]) {
          const noted = addNotes(trace, lines);
          const [first, last] = noted.lines;
          expect(first).toBeGreaterThanOrEqual(1);
          expect(last).toBeGreaterThanOrEqual(first);
          expect(last).toBeLessThanOrEqual(lines.length);
          expect(noted.title).not.toBe('');
          expect(noted.fingerprint).toMatch(/^[0-9a-f]{16}$/);
        }
      }),
      { numRuns: 400 },
    );
  });
});
