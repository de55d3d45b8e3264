import { describe, expect, it } from 'vitest';
import { ingest } from '../../src/pipeline.ts';

const NOISE = 200_000;
/** The mail's first line of text has the number 1: the crash stands behind the greeting and the noise. */
const FIRST = NOISE + 2;
const CRASH = [
  "(XEN) Assertion 'fits' failed at common/sched/core.c:321",
  '(XEN) ----[ Xen-4.19.1  x86_64  debug=y  Not tainted ]----',
  '(XEN) CPU:    1',
  '(XEN) RIP:    e008:[<ffff82d04022a1b2>] common/sched/core.c#schedule+0x2b2/0x4c0',
  '(XEN) Xen call trace:',
  '(XEN)    [<ffff82d04022a1b2>] R common/sched/core.c#schedule+0x2b2/0x4c0',
  '(XEN)    [<ffff82d04022c6b1>] F do_softirq+0x11/0x20',
];

function mailOf(lines: readonly string[]): Buffer {
  return Buffer.from(
    `Message-ID: <long@example.org>\nFrom: robin@example.org\nSubject: A crash\n\n${lines.join('\n')}\n`,
  );
}

describe('places in a mail that is too long', () => {
  it('are numbered as in the mail, before and behind what was left out', () => {
    const noise = Array.from({ length: NOISE }, (_, at) => `tick ${at}`);
    const { message, evidence } = ingest({ bytes: mailOf(['It runs Xen 4.18.2.', ...noise, ...CRASH]), origin: 'x' });

    expect(message.parts[0]?.gap).toBeDefined();
    expect(evidence.traces.map(({ lines }) => lines[0])).toEqual([FIRST]);
    const versions = evidence.facts.filter(({ key }) => key === 'xen-version');
    expect(versions.map(({ value, line }) => [value, line])).toEqual([
      ['4.18.2', 1],
      ['4.19.1', FIRST + 1],
    ]);
  });

  it('are those of the text where nothing was left out', () => {
    const { evidence } = ingest({ bytes: mailOf(['It runs Xen 4.18.2.', ...CRASH]), origin: 'x' });

    expect(evidence.traces.map(({ lines }) => lines[0])).toEqual([2]);
  });
});
