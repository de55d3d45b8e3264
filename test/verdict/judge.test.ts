import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/model/evidence.ts';
import { judge } from '../../src/verdict/judge.ts';
import { MAINTAINER, toId } from '../evidence/make-mail.ts';
import { makeTrace, makeView, NOBODY, type ViewSketch } from './make-view.ts';

const fact = (given: Partial<Fact>): Fact => ({
  message: toId('1'),
  part: 'body',
  line: 1,
  quote: '',
  depth: 0,
  key: 'xen-version',
  value: '4.8.1-r3',
  role: 'host',
  ...given,
});

function decide(
  mails: readonly ViewSketch[],
  given: Partial<Parameters<typeof judge>[1]> = {},
): ReturnType<typeof judge> {
  return judge(makeView(mails), {
    traces: mails.flatMap(({ traces = [] }) => traces),
    facts: [],
    people: NOBODY,
    missing: [],
    ...given,
  });
}

describe('symptoms', () => {
  it.each<[string, readonly string[], ViewSketch]>([
    ['a crash in the subject', ['crash'], { subject: 'Xen crash on resume' }],
    ['a panic while booting', ['crash', 'boot-failure'], { subject: '[BUG] panic', body: 'It panics early in boot.' }],
    ['no boot', ['boot-failure'], { subject: '[BUG] Unable to boot Xen 4.11 on a new CPU' }],
    ['a hang', ['hang'], { subject: 'Guest hangs after a change of the config' }],
    ['a deadlock', ['hang'], { subject: '[BUG] Deadlock in the console backend' }],
    ['a build', ['build-failure'], { subject: '[BUG] build error in the tools' }],
    [
      'speed',
      ['performance'],
      { subject: 'arm64: poor performance of the disk', body: 'In the guest I get 40 MB/s, which is very slow.' },
    ],
    ['lost data', ['data-loss'], { subject: '[BUG] RAID1 data corruption in dom0' }],
    [
      'multicalls',
      ['warning'],
      { subject: 'linux-6.1: 2 of 3 multicall(s) failed: cpu 1', traces: [makeTrace({ kind: 'multicall' })] },
    ],
    ['a hung task', ['hang'], { subject: '[BUG] the disk', traces: [makeTrace({ kind: 'hung-task' })] }],
    ['a trace alone', ['crash'], { subject: '[BUG] the disk', traces: [makeTrace()] }],
    [
      'nothing of these',
      ['misbehaviour'],
      { subject: '[BUG] guests keep their memory', body: 'It is never given back.' },
    ],
    [
      'a failure that is denied',
      ['misbehaviour'],
      { subject: '[BUG] guests keep their memory', body: 'It does not crash, and without any hang it goes on.' },
    ],
  ])('%s: %s', (_name, expected, mail) => {
    expect(decide([mail]).symptoms).toEqual(expected);
  });
});

describe('a thread whose first mail is missing', () => {
  it('is told by who answers it', () => {
    const { summary } = decide([
      {
        parent: '0',
        subject: 'Re: [BUG] guests hang',
        from: MAINTAINER,
        body: '> My guest hangs after an hour, and it happens every time.\nWhich version is that?',
      },
    ]);
    expect(summary).toBe(
      'Max Maintainer answers a report of a hang: guests hang. The first mail is missing. The reporter was asked for more.',
    );
  });
});

describe('what a summary shows', () => {
  it.each<[string, Parameters<typeof makeTrace>[0], string]>([
    ['a title', {}, '(BUG: unable to handle page fault in blk_mq_stop_hw_queues)'],
    [
      'the function where nobody is blamed',
      { title: 'WARNING in corrupted', culprit: 'xen_foo' },
      '(WARNING in xen_foo)',
    ],
    ['none where none is known', { title: 'WARNING in corrupted', culprit: null }, '(WARNING)'],
  ])('%s', (_name, given, expected) => {
    const { summary } = decide([{ subject: '[BUG] it broke', traces: [makeTrace(given)] }]);
    expect(summary).toContain(expected);
  });

  it('the version that fails, not that of the old host', () => {
    const { summary } = decide([{ subject: '[BUG] it broke' }], {
      facts: [
        fact({ value: '4.16.2', quote: 'on the old host Xen 4.16.2 runs' }),
        fact({ value: '4.18.1', quote: 'Xen 4.18.1 here' }),
      ],
    });
    expect(summary).toContain('(Xen 4.18.1)');
  });
});

describe('judge', () => {
  const report: ViewSketch = {
    subject: 'Ballooning regression of Linux v4.1 -> v4.4',
    body: 'We took our guests from v4.1.44 to v4.4.88 and since then they print this trace, with e820_host = 1 alone.',
    traces: [makeTrace({ kind: 'multicall', title: 'multicall failed in xen_alloc_pte' })],
  };

  it('makes a sentence that a maintainer would write', () => {
    const { summary } = decide([report, { body: 'Cc-ing Konrad.' }], {
      facts: [
        fact({}),
        fact({ key: 'guest-type', value: 'PV', role: 'domU' }),
        fact({ key: 'workaround', value: 'e820_host = 0', role: null }),
      ],
      people: {
        ...NOBODY,
        asked: [
          {
            name: 'Konrad',
            address: null,
            by: 'max@example.org',
            message: '2',
            quote: 'Cc-ing Konrad.',
            reached: false,
          },
        ],
      },
    });
    expect(summary).toBe(
      'Rita Reporter reports a regression of the kernel (a warning, 4.1.44 worked, 4.4.88 does not): Ballooning regression of Linux v4.1 -> v4.4 (multicall failed in xen_alloc_pte, Xen 4.8.1-r3, PV domU). Workaround: e820_host = 0; Konrad was to be brought in and was not reached; Max Maintainer wrote last.',
    );
  });

  it('orders reports: a hypervisor crash that worked before above a warning, and what is fixed below both', () => {
    const panic = decide([
      {
        subject: 'Xen panic since Xen 4.18',
        body: 'It panics since Xen 4.18.',
        traces: [makeTrace({ project: 'xen', kind: 'panic' })],
      },
    ]);
    const warning = decide([{ subject: '[BUG] a warning', traces: [makeTrace({ kind: 'warning' })] }]);
    const fixed = decide([
      { subject: '[BUG] a warning', traces: [makeTrace({ kind: 'warning' })] },
      { body: 'That was fixed in Xen 4.18.' },
    ]);
    const none = decide([{ subject: '[PATCH] x' }]);
    expect([panic, warning, fixed, none].map(({ severity }) => severity)).toEqual([85, 15, 3, 0]);
  });

  it('keeps a patch a patch, and tells the report below it', () => {
    const verdict = decide([
      { subject: '[PATCH] xen: x', from: MAINTAINER },
      {
        from: { name: 'Uwe User', address: 'uwe@example.org' },
        body: 'This patch causes a crash on my laptop, it panics. Reverting it fixes it.',
        traces: [makeTrace({ message: toId('2') })],
      },
    ]);
    expect([verdict.genre, verdict.status, verdict.symptoms, verdict.severity > 0, verdict.summary]).toEqual([
      'patch',
      'patch-proposed',
      ['crash'],
      true,
      'Max Maintainer sent a patch: [PATCH] xen: x. Uwe User reports a crash with it (BUG: unable to handle page fault in blk_mq_stop_hw_queues).',
    ]);
  });

  it('has nothing but a genre and a status for what is no report', () => {
    const verdict = decide([{ subject: 'Xen 4.16 RC1', body: 'Please send bug reports. It crashes less.' }], {
      missing: ['hardware'],
    });
    expect({ ...verdict, because: [] }).toEqual({
      genre: 'announcement',
      symptoms: [],
      regression: null,
      status: 'new',
      fixedBy: null,
      duplicateOf: null,
      summary: 'Rita Reporter announces: Xen 4.16 RC1.',
      classifiedBy: 'rules',
      severity: 0,
      missing: [],
      because: [],
    });
  });

  it('gives reasons with their words', () => {
    const { because } = decide([report]);
    expect(
      because.filter(({ field }) => field === 'regression').map(({ rule, where }) => [rule, where?.part, where?.line]),
    ).toEqual([['from-to', 'body', 1]]);
  });
});
