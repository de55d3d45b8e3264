import { describe, expect, it } from 'vitest';
import { readSubject } from '../../../src/evidence/signals/read-subject.ts';

describe('readSubject', () => {
  it.each<[string, { version: number; number: number | null; total: number | null }]>([
    ['[PATCH] xen: fix', { version: 1, number: null, total: null }],
    ['Re: [Xen-devel] [PATCH v3 02/10] x86: y', { version: 3, number: 2, total: 10 }],
    ['[PATCH for-4.17?] x', { version: 1, number: null, total: null }],
    ['[PATCH for-xen-4.15 v2 2/4] x', { version: 2, number: 2, total: 4 }],
    ['[XEN PATCH] x', { version: 1, number: null, total: null }],
    ['[QEMU][PATCH v1 2/7] x', { version: 1, number: 2, total: 7 }],
    ['[RFC PATCH 0/6] x', { version: 1, number: 0, total: 6 }],
    ['[patch V2 00/46] x', { version: 2, number: 0, total: 46 }],
    ['[PATCH AUTOSEL 5.4 12/73] x', { version: 1, number: 12, total: 73 }],
    ['[RFC 0/6] a series that does not say patch', { version: 1, number: 0, total: 6 }],
    ['[tip: x86/asm] x86: y', { version: 1, number: null, total: null }],
    ['[PATCH-for-4.x] x', { version: 1, number: null, total: null }],
    ['AW: [livepatch: build-tools PATCH v2] x', { version: 2, number: null, total: null }],
  ])('%s is a patch', (subject, patch) => {
    expect(readSubject(subject).patch).toEqual(patch);
  });

  it.each([
    '[xen-unstable test] 161829: regressions - FAIL',
    '[BUG] Xen 4.11 does not boot',
    '[ANNOUNCE] Xen 4.17 is released',
    'patch wanted for the driver domain',
    '[linux-linus test] 161829: regressions - FAIL',
    '[Design Session 12/06/2023] notes',
    '[dispatch] no patch at all',
    '[PULL 0/3] a queue of QEMU',
    '[PULL v2 07/12] hw/xen: y',
  ])('%s is none', (subject) => {
    expect(readSubject(subject).patch).toBeNull();
  });

  it('takes marks and list tags off', () => {
    expect(readSubject('Re: [EXTERNAL] [Xen-devel] Fwd: [BUG] it crashed')).toEqual({
      rest: 'it crashed',
      brackets: ['BUG'],
      reply: true,
      forward: true,
      patch: null,
    });
  });
});
