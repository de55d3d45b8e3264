import { describe, expect, it } from 'vitest';
import { findSignals } from '../../../src/evidence/signals/find-signals.ts';
import { makeMail, makeParts } from '../make-mail.ts';

function find(body: string): (readonly [string, string | null])[] {
  const mail = makeMail({ body, subject: 'Loom stops' });
  return findSignals(mail, makeParts(mail))
    .filter(({ name }) => name.startsWith('release:'))
    .map(({ name, value }) => [name, value] as const);
}

describe('what is said of a release', () => {
  it.each<[string, readonly (readonly [string, string | null])[]]>([
    ['I consider this a blocker.', [['release:blocker', null]]],
    ['To me that is a release blocker for 4.20.', [['release:blocker', '4.20']]],
    ['This blocks the release, I fear.', [['release:blocker', null]]],
    ['That is a blocker for 4.21.', [['release:blocker', '4.21']]],
    ['The hang needs to be fixed before the release.', [['release:blocker', null]]],
    ['It must be reverted for 4.19.', [['release:blocker', '4.19']]],
    ['It should be resolved in time for Xen 4.20.', [['release:blocker', '4.20']]],
    ['Release-critical, as every guest hangs.', [['release:blocker', null]]],
    ['I do not think that this is a blocker.', [['release:no-blocker', null]]],
    ["This isn't a release blocker any more.", [['release:no-blocker', null]]],
    ['That should not block the release.', [['release:no-blocker', null]]],
    ['Do we want to call this a blocker?', [['release:asked', null]]],
    ['Is it a blocker for this patch series?', []],
    ['That is a blocker for me.', []],
    ['The blocks are written for the ring.', []],
    ['It must be fixed for 4.4.88 kernels too', []],
    ['A non-blocking read is used here.', []],
    ['> I consider this a blocker.', []],
  ])('%s', (body, expected) => {
    expect(find(body)).toEqual(expected);
  });
});
