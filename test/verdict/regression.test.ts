import { describe, expect, it } from 'vitest';
import { compareVersions, refines } from '../../src/verdict/regression/compare-versions.ts';
import { toRegression } from '../../src/verdict/regression/to-regression.ts';
import { REPORTER } from '../evidence/make-mail.ts';
import { makeView, type ViewSketch } from './make-view.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';

function ends(mails: readonly ViewSketch[]): string | null {
  const { regression } = toRegression(makeView(mails));
  if (regression === null) return null;
  const { lastGood, firstBad, commit } = regression;
  return `${lastGood ?? '?'}..${firstBad ?? '?'}${commit === null ? '' : ` ${commit}`}`;
}

const report = (body: string, subject = 'Trouble with a guest'): readonly ViewSketch[] => [{ subject, body }];

describe('toRegression', () => {
  it.each<[string, string]>([
    ['After upgrading from Xen 4.14.3 to 4.14.4 my dom0 no longer boots.', '4.14.3..4.14.4'],
    ['We noticed that with Xen 4.17 the guest hangs, with Xen 4.16 it worked.', '4.16..4.17'],
    ['Kernel 6.1.0-13 is ok, 6.1.0-15 is broken.', '6.1.0-13..6.1.0-15'],
    ['Booting 5.14-rc1 works, booting 5.14-rc2 ends in a hang.', '5.14-rc1..5.14-rc2'],
    ['Linux 5.9 works fine. 5.10-rc1 is broken.', '5.9..5.10-rc1'],
    ['This worked in Xen 4.11, but stopped working in Xen 4.12.', '4.11..4.12'],
    ['Works: Xen 4.13. Does not work: Xen 4.14.', '4.13..4.14'],
    ['There is a regression introduced in the 5.13 kernel.', '?..5.13'],
    ['Starting from Xen 4.13 my guests crash.', '?..4.13'],
    ['With Xen 4.15 everything is fine, under Xen 4.16 the domU freezes.', '4.15..4.16'],
    ['Reverting to kernel 5.4 makes it work again. With 5.10.3 it crashes.', '5.4..5.10.3'],
    ['The last version that worked was Xen 4.12.1.', '4.12.1..?'],
    ['This happens with Xen 4.14.1 but not with Xen 4.13.2.', '4.13.2..4.14.1'],
    ['Xen 4.14 is affected, Xen 4.13 is not.', '4.13..4.14'],
    ['Xen 4.12.1: works. Xen 4.13.0: fails.', '4.12.1..4.13.0'],
    ['No problems with 4.14.62, but 4.14.63 fails.', '4.14.62..4.14.63'],
    ['The problem is not present in 5.4, but present in 5.10.', '5.4..5.10'],
    ['Since upgrading the dom0 kernel to 5.15.2 the guests hang.', '?..5.15.2'],
    ['I upgraded QEMU from 5.1 to 5.2, and now the guest crashes.', '5.1..5.2'],
    ['I could not reproduce it with Xen 4.18, it fails with Xen 4.19 every time.', '4.18..4.19'],
    ['It works fine up to 6.5.8, 6.5.9 panics.', '6.5.8..6.5.9'],
    ['The guest used to boot, now it does not.', '?..?'],
    [`I did a git bisect and the culprit is commit ${SHA.slice(0, 12)} ("x86: y").`, `?..? ${SHA.slice(0, 12)}`],
    [`git bisect points at ${SHA.slice(0, 12)}.`, `?..? ${SHA.slice(0, 12)}`],
    [`Commit ${SHA.slice(0, 12)} ("x86: y") broke booting on my laptop.`, `?..? ${SHA.slice(0, 12)}`],
    [`It worked in 5.9, crashes in 5.10.\n\n${SHA} is the first bad commit`, `5.9..5.10 ${SHA}`],
  ])('%s', (body, expected) => {
    expect(ends(report(body))).toBe(expected);
  });

  it.each([
    'I tested with Xen 4.14, Xen 4.15 and staging, and all of them fail.',
    'I tried Xen 4.14 as well, with the same result.',
    'PV works, HVM does not. This is Xen 4.17 with Linux 6.1.',
    'The same kernel 5.10 boots fine on bare metal; on Xen 4.14 it crashes.',
    'This is not a regression, Xen 4.13 fails the same way.',
    'It crashes with Xen 4.13.',
    'Should I try Xen 4.15? Does it work with Xen 4.14?',
    'Please tell me if it works in 4.17.',
  ])('none: %s', (body) => {
    expect(ends(report(body))).toBeNull();
  });

  it.each<[string, string, readonly ViewSketch[]]>([
    [
      'the body refines the subject',
      '4.1.44..4.4.88',
      report(
        'I am trying to migrate my domUs from v4.1.44 to v4.4.88 and see this. The git log v4.1.44..v4.4.89 shows some commits.',
        'Linux kernel regression v4.1 -> v4.4',
      ),
    ],
    ['the subject alone', '?..6.12', report('Hello.', 'The device is gone (regression, Linux 6.12)')],
    [
      'the reporter says it later',
      '4.17..4.18',
      [
        { subject: 'Crash', body: 'It crashes.' },
        { body: 'Did it ever work?' },
        { from: REPORTER, body: 'Yes, with Xen 4.17 it worked fine, with Xen 4.18 it crashes.' },
      ],
    ],
    [
      'somebody else bisected',
      `?..? ${SHA}`,
      [{ subject: 'Crash', body: 'It crashes.' }, { body: `${SHA} is the first bad commit` }],
    ],
    [
      'a quotation of what is at hand says nothing new',
      '4.17..4.18',
      [
        { subject: 'Crash', body: 'With Xen 4.17 it worked fine, with Xen 4.18 it crashes.' },
        { body: '> since Xen 4.11 it fails\nI see.' },
      ],
    ],
    [
      'of a missing first mail the quotation counts',
      '4.17..4.18',
      [
        {
          parent: '0',
          subject: 'Re: Crash',
          body: '> With Xen 4.17 it worked fine,\n> with Xen 4.18 it crashes.\nI see.',
        },
      ],
    ],
  ])('%s: %s', (_name, expected, mails) => {
    expect(ends(mails)).toBe(expected);
  });

  it('keeps programs apart', () => {
    const { regression, component } = toRegression(
      makeView(report('The dom0 kernel 5.10 is fine. With Xen 4.13 it worked, with Xen 4.14 it hangs.')),
    );
    expect([regression, component]).toEqual([{ lastGood: '4.13', firstBad: '4.14', commit: null }, 'xen']);
  });
});

describe('compareVersions', () => {
  it.each<[string, string, number]>([
    ['4.9', '4.10', -1],
    ['5.15-rc1', '5.15', -1],
    ['5.15-rc2', '5.15-rc10', -1],
    ['4.13', '4.13.0', 0],
    ['6.1.1', '6.1', 1],
  ])('%s and %s', (a, b, expected) => {
    expect(Math.sign(compareVersions(a, b) ?? NaN)).toBe(expected);
  });

  it.each([
    ['staging', '4.1'],
    ['4.1', '0123abc'],
    ['', '4.1'],
  ])('not %s and %s', (a, b) => {
    expect(compareVersions(a, b)).toBeNull();
  });

  it('knows a more exact telling', () => {
    expect([
      refines('4.1.44', '4.1'),
      refines('4.10', '4.1'),
      refines('4.1', '4.1'),
      refines('5.15-rc1', '5.15'),
    ]).toEqual([true, false, false, true]);
  });
});
