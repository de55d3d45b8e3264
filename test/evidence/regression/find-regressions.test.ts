import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { findRegressions } from '../../../src/evidence/regression/find-regressions.ts';
import type { RegressionClaim } from '../../../src/model/evidence.ts';
import { makeMail, makeParts } from '../make-mail.ts';

function find(body: string, subject = 'x'): RegressionClaim[] {
  const mail = makeMail({ body, subject });
  return findRegressions(mail, makeParts(mail));
}

const show = ({ component, lastGood, firstBad, commit, denied }: RegressionClaim): string =>
  denied
    ? `denied ${lastGood ?? ''}`.trim()
    : `${component ?? '-'} ${lastGood ?? '?'}..${firstBad ?? '?'}${commit === null ? '' : ` ${commit}`}`;

const SHA = '0123456789abcdef0123456789abcdef01234567';

/** Each phrase must give this claim, among others. Wordings: `domain.md` 2.4, 4.3, 4.4. */
describe('regression claims', () => {
  it.each([
    [
      'works on X, fails on Y',
      'Under Xen 4.18 it works, under Xen 4.20 the guest fails to start.',
      ['xen 4.18..?', 'xen ?..4.20'],
    ],
    ['fails on X but Y is fine', 'Suspend fails on 6.1.x, but 5.15 is fine', ['linux ?..6.1.x', 'linux 5.15..?']],
    ['since', 'Loading the module crashes the guest since 4.19.143', ['linux ?..4.19.143']],
    ['between', 'it must be a regression between 6.12.11 and 6.13.6', ['linux 6.12.11..6.13.6']],
    [
      'an update from A to B',
      'Our storage broke after an update from 5.10.140 to 5.10.149',
      ['linux 5.10.140..5.10.149'],
    ],
    [
      'migrate from A to B',
      'We wanted to take our guests from v4.1.44 to v4.4.88 and they crash',
      ['linux 4.1.44..4.4.88'],
    ],
    ['regzbot range', '#regzbot introduced: v6.12.11..v6.13.6', ['- 6.12.11..6.13.6']],
    ['regzbot commit', `#regzbot introduced: ${SHA}`, [`- ?..? ${SHA}`]],
    ['regzbot with a caret', '#regzbot ^introduced 0123456789ab', ['- ?..? 0123456789ab']],
    ['range of git', 'see git log v4.1.44..v4.4.89 for the kernel', ['linux 4.1.44..4.4.89']],
    ['last working', 'last working: Xen 4.17.2', ['xen 4.17.2..?']],
    ['broken since', 'PCI passthrough is broken since Xen 4.15', ['xen ?..4.15']],
    ['introduced in', 'This was introduced in Linux 6.8-rc1', ['linux ?..6.8-rc1']],
    ['and later', 'The problem appears with Xen 4.9 and later', ['xen ?..4.9']],
    ['downgrading', 'Downgrading to Xen 4.8 fixes it', ['xen 4.8..?']],
    [
      'started with, does not show',
      'Trouble started with Debian kernel 5.8.3+1~exp1 in the guest, Debian kernel 5.7.17-1 does not show the issue.',
      ['linux ?..5.8.3+1~exp1', 'linux 5.7.17-1..?'],
    ],
    ['I see no problem with', 'I see no crash with QEMU 5.1, but QEMU 5.2 hangs', ['qemu 5.1..?', 'qemu ?..5.2']],
    [
      'a candidate not yet',
      'It happens with 6.16-rc6 (but not 6.16-rc2 yet)',
      ['linux ?..6.16-rc6', 'linux 6.16-rc2..?'],
    ],
    ['two programs', 'Xen 4.19 with Linux 6.1 works, with Linux 6.6 it hangs', ['linux ?..6.6']],
    ['no versions', 'It used to work before the update.', ['- ?..?']],
    ['not any more', "The guest doesn't boot anymore.", ['- ?..?']],
    ['denied', 'I know it is not a regression from Xen 4.13, for that one fails alike', ['denied 4.13']],
    ['denied without a version', "I don't think it is a regression.", ['denied']],
    ['first bad commit', `${SHA} is the first bad commit`, [`- ?..? ${SHA}`]],
    [
      'first bad commit in a log',
      `git bisect start\n# bad: [aaaaaaaaaaaa] Linux 5.10\n# good: [bbbbbbbbbbbb] Linux 5.9\n# first bad commit: [${SHA}] x86: y`,
      [`- 5.9..5.10 ${SHA}`],
    ],
    ['refs/bisect/bad', `commit ${SHA} (refs/bisect/bad)`, [`- ?..? ${SHA}`]],
    ['osstest', `  Bug introduced:  ${SHA}\n  Bug not present: ${'f'.repeat(40)}`, [`- ?..? ${SHA}`]],
    ['bisected to', 'My bisection has led to commit c330fb1ddc0a', ['- ?..? c330fb1ddc0a']],
    [
      'bisected to this commit',
      `I bisected down to this commit, and reverting it helps.\n\ncommit ${SHA}\nAuthor: Max`,
      [`- ?..? ${SHA}`],
    ],
    ['reverting helps', 'Reverting c330fb1ddc0a fixes our guests.', ['- ?..? c330fb1ddc0a']],
    [
      'regression from a commit',
      'My tests show a regression from a9b3c355c2e6 ("asm-generic: x")',
      ['- ?..? a9b3c355c2e6'],
    ],
    [
      'narrowed down',
      'We could narrow it down to 92d12f9544b7 ("memblock: x"), which breaks our boot',
      ['- ?..? 92d12f9544b7'],
    ],
    ['since a commit', 'We have had that only since commit eed9a328aa1ae.', ['- ?..? eed9a328aa1ae']],
  ])('%s', (_name, body, expected) => {
    expect(find(body).map(show)).toEqual(expect.arrayContaining(expected));
  });

  it.each([
    ['Ballooning regression of Linux v4.1 -> v4.4', 'linux 4.1..4.4'],
    ['Wireless dead in dom0 (regression, Linux 6.12)', 'linux ?..6.12'],
    ['Panic at shutdown - 6.15 regression', 'linux ?..6.15'],
    ['[REGRESSION] domU does not start', '- ?..?'],
    ['[REGRESSION][BISECTED] 5.15-rc1: no disks', 'linux ?..5.15-rc1'],
    ['vga problem introduced between 4.14.1 and 4.15.0', '- 4.14.1..4.15.0'],
    ['Timer problem on versions 4.9 and later (4.8 works)', '- 4.8..?'],
    ['DomU crashes with xen 4.16 but works with xen 4.14', 'xen 4.14..?'],
  ])('in a subject: %s', (subject, expected) => {
    expect(find('', subject).map(show)).toContain(expected);
  });
});

describe('no regression claims', () => {
  it.each([
    ['a target', 'This should work in Xen 4.19.'],
    ['a plan', 'The fix will be in 4.17.'],
    ['a question', 'Does it work with Xen 4.18?'],
    ['where else it was seen, as good', 'We suggest to stay with 4.14'],
    ['a bisection that is wanted', 'Would you please bisect that?'],
    ['a bisection that is hard', 'There was no time for me to bisect this.'],
    ['a commit beside the point', 'See commit 0123456789ab for how this works.'],
    ['tests', 'We run regression tests for Xen 4.18 every day.'],
    ['a measure', 'The throughput works out at 9.39Gbits/sec.'],
    ['a series', '[PATCH 1/2] x works'],
  ])('%s', (_name, body) => {
    expect(find(body).filter(({ rule }) => rule !== 'fails')).toEqual([]);
  });

  it('in the subject of a test machine', () => {
    expect(find('', '[xen-unstable test] 1: regressions - FAIL').filter(({ rule }) => rule === 'said')).toEqual([]);
  });
});

describe('findRegressions', () => {
  it('says where a claim stands', () => {
    expect(find('Hello,\n> it fails in general\nThis is broken since\nXen 4.15.')).toEqual([
      {
        message: '1@example.org',
        part: 'body',
        line: 4,
        quote: 'This is broken since Xen 4.15.',
        depth: 0,
        component: 'xen',
        lastGood: null,
        firstBad: '4.15',
        commit: null,
        denied: false,
        rule: 'since',
      },
      expect.objectContaining({ rule: 'starting-with' }),
      expect.objectContaining({ rule: 'fails', firstBad: '4.15' }),
    ]);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) =>
        Array.isArray(find(`bisect 4.1 ${text}`, text)),
      ),
    );
  });

  it('is not slowed down by hostile text', () => {
    const before = performance.now();
    for (const piece of [
      '4.1 to ',
      'from 4.1 ',
      'regression since ',
      'bisected ',
      '4.1.',
      'works ',
      '0123456 ',
      'not ',
      '# bad: [',
      '(((',
      'on 4.1 and ',
      'after we replaced 4.1 by ',
      'since we got the old ',
      "it doesn't work. 4.1 does. ",
    ]) {
      find(piece.repeat(10_000), piece.repeat(100));
    }
    expect(performance.now() - before).toBeLessThan(3000);
  });
});
