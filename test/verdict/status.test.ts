import { describe, expect, it } from 'vitest';
import { toStatus } from '../../src/verdict/status/to-status.ts';
import type { Genre, Status } from '../../src/model/verdict.ts';
import { REPORTER } from '../evidence/make-mail.ts';
import { makeView, type ViewSketch } from './make-view.ts';

const ROOT: ViewSketch = {
  subject: '[BUG] it crashes',
  body: 'It crashes. Could you please try the attached patch? This fixes the issue.',
};
const says = (body: string): ViewSketch => ({ body });
const answers = (body: string): ViewSketch => ({ body, from: REPORTER });
const DIFF = 'diff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n';

function status(mails: readonly ViewSketch[], asOf?: string, genre: Genre = 'report'): Status {
  return toStatus(makeView(mails, asOf), genre).status;
}

describe('toStatus', () => {
  it.each<[string, Status, readonly ViewSketch[]]>([
    ['nobody answered, whatever the report proposes', 'new', [ROOT]],
    ['only its author added something', 'new', [ROOT, answers('One more thing: it is a laptop.')]],
    ['somebody answered', 'acknowledged', [ROOT, says('I have not seen that before, but your analysis is right.')]],
    ['somebody asked', 'needs-info', [ROOT, says('Which version of Xen is that?')]],
    ['the question was answered', 'acknowledged', [ROOT, says('Which version of Xen is that?'), answers('Xen 4.17.')]],
    [
      'asked again',
      'needs-info',
      [ROOT, says('Which version of Xen is that?'), answers('Xen 4.17.'), says('Can you please provide the full log?')],
    ],
    [
      'a comment beside an open question',
      'needs-info',
      [ROOT, says('Can you try a debug build?'), says('That chipset is an odd one, I fear.')],
    ],
    ['a patch inline', 'patch-proposed', [ROOT, says(`Could you please try this?\n\n${DIFF}`)]],
    ['a patch attached', 'patch-proposed', [ROOT, { body: 'See the attachment.', attachments: { 'fix.patch': DIFF } }]],
    ['a debug patch is no fix', 'needs-info', [ROOT, says(`Please run this debug patch:\n\n${DIFF}`)]],
    ['a patch that is only announced', 'acknowledged', [ROOT, says("I'll send a patch.")]],
    [
      'tested, not yet taken',
      'patch-proposed',
      [ROOT, says(`Try this:\n\n${DIFF}`), answers('Yes, this fixes the issue.')],
    ],
    ['tested in vain', 'acknowledged', [ROOT, says(`Try this:\n\n${DIFF}`), answers('No go, it hangs as before.')]],
    [
      'taken',
      'fixed',
      [ROOT, says(`Try this:\n\n${DIFF}`), answers('Yes, this fixes the issue.'), says('Applied to next, thank you.')],
    ],
    [
      'taken on a condition',
      'patch-proposed',
      [ROOT, says(`Try this:\n\n${DIFF}`), says("If this fixes it, I'll apply it.")],
    ],
    [
      'quoted words',
      'acknowledged',
      [ROOT, says('> Applied, thanks.\n> This was fixed by commit 0123456789ab.\nThat was another one.')],
    ],
    ['fixed by a commit', 'fixed', [ROOT, says('This should be fixed by commit 0123456789ab.')]],
    ['fixed in a version', 'fixed', [ROOT, says('That was fixed in Xen 4.18.')]],
    [
      'fixed, but not',
      'acknowledged',
      [ROOT, says('That was fixed in Xen 4.18.'), answers('It is still broken even in 4.18.')],
    ],
    [
      'a duplicate',
      'duplicate',
      [ROOT, says('That is likely the same problem as in https://lore.kernel.org/xen-devel/abc@example.org/')],
    ],
    ['fixed on a branch', 'fixed', [ROOT, says('This is fixed on staging already.')]],
    ['a duplicate by its id', 'duplicate', [ROOT, says('Duplicate of <abc@example.org>.')]],
    ['somebody waits for a patch', 'acknowledged', [ROOT, says('Where is your patch?')]],
    ['taken back', 'not-a-bug', [ROOT, answers('Please disregard, it was my own fault.')]],
    ['not a bug', 'not-a-bug', [ROOT, says('This is not a bug, it works as intended.')]],
    [
      'somebody whose mail is not at hand was answered',
      'acknowledged',
      [ROOT, { ...answers('Thank you, I will look.'), parent: 'unknown' }],
    ],
    [
      'a robot answered',
      'new',
      [ROOT, { body: 'Can you try? Which version?', from: { name: 'kernel test robot', address: 'lkp@intel.com' } }],
    ],
  ])('%s: %s', (_name, expected, mails) => {
    expect(status(mails)).toBe(expected);
  });

  it.each<[string, Status, readonly ViewSketch[]]>([
    ['sent', 'patch-proposed', [{ subject: '[PATCH] x', body: DIFF }, says('This could crash. Why not NULL?')]],
    ['taken', 'fixed', [{ subject: '[PATCH] x', body: DIFF }, says('Applied to for-linus-5.2b')]],
    [
      'taken in the words of its author',
      'patch-proposed',
      [{ subject: '[PATCH] x', body: DIFF }, answers('Applied the comment.')],
    ],
  ])('a patch that was %s: %s', (_name, expected, mails) => {
    expect(status(mails, undefined, 'patch')).toBe(expected);
  });

  it('asks nobody for more below an announcement', () => {
    const mails = [{ subject: '[ANNOUNCE] A tool 1.2', body: 'It is out.' }, says('Which kernels does it support?')];
    expect(status(mails, undefined, 'announcement')).toBe('acknowledged');
  });

  it('names the commit of the fix, also where it was quoted', () => {
    const view = makeView([
      ROOT,
      answers(
        '> Try it with commit 5f46400f7a6a4fad635d5a79e2aa5a04a30ffea1 on top.\n\nWith that commit added it fixes the hang.',
      ),
    ]);
    expect(toStatus(view, 'report')).toEqual(
      expect.objectContaining({ status: 'fixed', fixedBy: '5f46400f7a6a4fad635d5a79e2aa5a04a30ffea1' }),
    );
  });

  it('names the mail of a duplicate that is told by its id', () => {
    const view = makeView([ROOT, says('Duplicate of <abc@example.org>.')]);
    expect(toStatus(view, 'report').duplicateOf).toBe('abc@example.org');
  });

  it('names the thread of a duplicate', () => {
    const view = makeView([
      ROOT,
      says('It looks like the same bug as in https://lore.kernel.org/all/abc@example.org/T/#u'),
    ]);
    expect(toStatus(view, 'report').duplicateOf).toBe('abc@example.org');
  });

  it.each<[string, Status, readonly ViewSketch[], string]>([
    ['an unanswered question', 'stale', [ROOT, says('Which version of Xen is that?')], '2024-05-20T00:00:00.000Z'],
    [
      'an unanswered question of yesterday',
      'needs-info',
      [ROOT, says('Which version of Xen is that?')],
      '2024-03-05T00:00:00.000Z',
    ],
    ['what is fixed', 'fixed', [ROOT, says('That was fixed in Xen 4.18.')], '2029-01-01T00:00:00.000Z'],
  ])('after a while: %s is %s', (_name, expected, mails, asOf) => {
    expect(status(mails, asOf)).toBe(expected);
  });
});
