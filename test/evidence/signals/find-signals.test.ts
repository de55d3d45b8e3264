import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { findSignals } from '../../../src/evidence/signals/find-signals.ts';
import type { Signal } from '../../../src/model/evidence.ts';
import { makeMail, makeParts, type MailSketch } from '../make-mail.ts';

function find(sketch: MailSketch): Signal[] {
  const mail = makeMail(sketch);
  return findSignals(mail, makeParts(mail));
}

const names = (body: string): string[] => find({ body, subject: 'x' }).map(({ name }) => name);

describe('status phrases', () => {
  it.each([
    ['thanks-for-report', 'Thanks for the report.'],
    ['thanks-for-report', 'Thanks for the bug report!'],
    ['patch-coming', 'Thank you for the report; I will send a patch tonight.'],
    ['patch-coming', 'Patch is coming.'],
    ['patch-coming', "I'm working on a fix."],
    ['reproduced', 'Today we finally got a repro on our own board'],
    ['reproduced', 'On the second try I was able to hit that too.'],
    ['reproduced', 'I can reproduce this on my box.'],
    ['asks-info', 'Can you please provide the full log?'],
    ['asks-info', "I don't suppose you have kept the serial output?"],
    ['asks-info', 'Before I go on I wait for you to run it once more.'],
    ['asks-info', 'Any chance you can switch the watchdog on?'],
    ['asks-info', 'Could you try with one vCPU:'],
    ['asks-question', 'Is the backend in dom0 or elsewhere?'],
    ['asks-test', 'Would you mind to test the attached patch?'],
    ['asks-test', 'The change is simple, please give it a spin.'],
    ['asks-test', 'Please try the untested patch below.'],
    ['patch-offered', 'Attached patch helps on my board.'],
    ['patch-offered', 'The cause is clear to me now, and I posted a fix: https://example.org/x'],
    ['patch-offered', 'This patch should do, please verify.'],
    ['patch-offered', "here's a new patch that also covers Arm."],
    ['verified', 'Your change fixes it, that solves the hang.'],
    ['verified', 'Yes, that works on both hosts!'],
    ['verified', 'So far so good, twenty reboots.'],
    ['verified', 'Please add my tested-by to it.'],
    ['verified', 'It works now, thank you.'],
    ['verified', 'We confirm that the hang is gone.'],
    ['test-failed', 'No go here, the guest dies as before'],
    ['test-failed', 'With three hosts tried, the patch does not help.'],
    ['applied', 'Applied to for-linus-6.9'],
    ['applied', 'Pushed to my tree, branch for-linus'],
    ['applied', 'Applied with both tags for v6.14.'],
    ['applied', 'Applied, thanks.'],
    ['applied', 'Nice, reviewed and applied it to next.'],
    ['fixed-by', 'Mainline has it fixed with 5f89468e2f06 ("swiotlb: keep the offset")'],
    ['fixed-in', 'Already fixed.'],
    ['fixed-by', 'QEMU has that resolved by commit a495eba03c31c96.'],
    ['fixed-in', 'It was fixed in QEMU 4.0, I believe.'],
    ['fixed-in', 'Just use 5.10.180, it is there.'],
    ['duplicate-of', 'Looks like the same bug as in https://example.org/abc@x/'],
    ['not-xen', 'That is a firmware bug, to me.'],
    ['disputed', 'To me it is a combination of both'],
    ['disputed', 'And how is this not ours to mend?'],
    ['not-a-bug', 'Please disregard the mail above'],
    ['not-a-bug', 'It turns out that this works as designed.'],
    ['reopened', 'With 6.1 that is still broken'],
    ['reopened', 'We have hit this again on two hosts.'],
    ['wrong-fix', 'The backport to 5.15 is wrong, have a look.'],
    ['ping', 'Gentle reminder'],
    ['ping', 'Is there any progress here?'],
    ['ping', 'After two months this appears stalled'],
    ['debug-patch', 'Please run the debug patch below once.'],
    ['debug-patch', 'I added a few prints around the lock.'],
    ['fixed-in', 'This is fixed on staging already.'],
    ['duplicate-of', 'Duplicate of <abc.1@example.org>'],
    ['duplicate-of', 'This is a duplicate of abc.1@example.org, please follow up there.'],
    ['known-cause', 'That smells like a race in the console driver.'],
    ['known-cause', 'Sounds like a bug of the emulator to me.'],
    ['verified', 'It survived a night of reboots.'],
    ['verified', 'The patched host passed all our tests.'],
    ['not-xen', 'That has to be fixed in the kernel, not in Xen.'],
    ['not-xen', 'It needs to be solved in QEMU and not in Xen.'],
    ['backport-wanted', 'A candidate for stable, I think.'],
    ['backport-wanted', 'It is queued for the stable trees.'],
  ])('%s: %s', (name, body) => {
    expect(names(body)).toContain(name);
  });

  it.each([
    ['verified', 'If this fixes the issue, I will apply it.'],
    ['verified', 'This does not fix the issue.'],
    ['verified', 'Does this fix the problem?'],
    ['verified', 'I hope it fixes the issue.'],
    ['verified', 'Let me know if it works for me and you.'],
    ['verified', '> Yes, this fixes the issue.'],
    ['applied', "If this fixes it, I'll apply it."],
    ['applied', 'The patch was not applied.'],
    ['applied', 'The same rule is applied to all guests when they start, before the others.'],
    ['applied', '> Applied, thanks.'],
    ['applied', 'Should this be queued for 4.17?'],
    ['fixed-by', 'This is not fixed by commit a495eba03c31c96.'],
    ['fixed-by', '> fixed by commit a495eba03c31c96'],
    ['fixed-in', 'This must be fixed in Xen 4.19.'],
    ['fixed-in', 'Is that fixed in 4.18?'],
    ['reproduced', 'I cannot reproduce this here.'],
    ['reproduced', 'Is this something you can reproduce?'],
    ['duplicate-of', 'I am not sure it falls in either of the two buckets: https://example.org/x'],
    ['not-a-bug', 'This might not be a bug if you ask me.'],
    ['thanks-for-report', 'Thanks for the quick fix.'],
    ['patch-coming', "If that is wanted I'll send a patch."],
    ['ping', 'The guest answers ping from dom0 only.'],
    ['asks-info', '> Can you please provide the full log?'],
    ['test-failed', 'If it is still the same, tell me.'],
    ['debug-patch', 'The second host prints the same trace.'],
    ['debug-patch', 'xl info prints nothing.'],
    ['reopened', 'Tell me if you see this again.'],
    ['fixed-in', 'Is it fixed on staging?'],
    ['duplicate-of', 'I do not think that this is a duplicate of anything.'],
    ['duplicate-of', '> Duplicate of <abc.1@example.org>'],
    ['not-xen', 'Whether it is to be solved in Xen we shall see.'],
  ])('not %s: %s', (name, body) => {
    expect(names(body)).not.toContain(name);
  });
});

describe('failures that are told', () => {
  it.each([
    ['failure:crash', 'If I attach a device, the guest crashes.'],
    ['failure:crash', 'You should know that Xen panics, as the log shows.'],
    ['failure:hang', 'The domU freezes after an hour.'],
    ['failure:boot', 'With this option the host does not boot.'],
    ['failure:boot', 'Booting it on our board ends in a black screen.'],
    ['failure:build', 'Xen 4.16.1 does not build anymore.'],
    ['failure:performance', 'The disk is very slow in the guest.'],
    ['failure:data', 'After a migration the file system is corrupted.'],
    ['failure:warning', 'I get this warning at every boot.'],
    ['failure:other', 'The guest does not work with it.'],
    ['failure:other', 'oxenstored leaks memory.'],
    ['failure:other', 'Unplugging the cable takes down the whole host.'],
    ['failure:other', 'The script reboots my machine.'],
    ['failure:boot', 'Every boot of dom0 with that option freezes.'],
    ['failure:boot', 'A cold boot always panics.'],
    ['failure:hang', 'The toolstack ends up in a busy loop.'],
    ['failure:hang', 'xenconsoled is caught in a loop.'],
    ['failure:performance', 'The throughput of the vif has halved.'],
    ['failure:performance', 'Reads went from 1.1 GB/s to 480 MB/s.'],
    ['failure:performance', 'X in dom0 crawls.'],
    ['failure:performance', 'xl create takes 40 seconds (was 3).'],
    ['failure:performance', 'Building a kernel is five times slower.'],
  ])('%s: %s', (name, body) => {
    expect(names(body)).toContain(name);
  });

  it.each([
    ['failure:crash', 'If the pointer is NULL this might crash.'],
    ['failure:crash', 'With the option it does not crash.'],
    ['failure:crash', 'The handler crash_kexec() runs first.'],
    ['failure:hang', 'To avoid a hang we take the lock.'],
    ['failure:boot', 'That could break booting.'],
    ['failure:build', 'It builds fine here.'],
    ['failure:performance', 'What is the throughput of a ring?'],
    ['failure:data', 'This would corrupt the disk.'],
    ['failure:other', 'It works well.'],
    ['failure:performance', 'The timeout takes 40 seconds by default.'],
    ['failure:performance', 'We moved from 4 GB to 8 GB of RAM.'],
    ['failure:hang', 'The loop in this function is short.'],
  ])('not %s: %s', (name, body) => {
    expect(names(body)).not.toContain(name);
  });
});

describe('what was observed', () => {
  it.each([
    ['observed:nothing', 'No frame leaves the guest.'],
    ['observed:not', 'Linux in it does not see the disk.'],
    ['observed:gone', 'The second socket stays offline.'],
    ['observed:verb', 'xenconsoled eats memory.'],
    ['observed:message', 'xl says "no such domain" for a running guest.'],
    ['observed:before', 'On 4.16 it took two seconds.'],
    ['observed:elsewhere', 'Without Xen the same kernel runs.'],
    ['observed:expected', 'Only 16 of 24 CPUs are online.'],
    ['observed:figures', 'Its RSS grows by about 20 MB a day.'],
  ])('%s: %s', (name, body) => {
    expect(names(body)).toContain(name);
  });

  it.each([
    ['observed:not', 'I do not understand the man page.'],
    ['observed:not', 'Does it not see the disk?'],
    ['observed:gone', 'The field would be ignored by old guests.'],
    ['observed:verb', 'We propose a change that drops the lock earlier.'],
    ['observed:message', 'It might say "no such domain" then.'],
    ['observed:before', 'Since you asked, here is the list.'],
    ['observed:elsewhere', 'Is it fine without Xen?'],
    ['observed:figures', 'Could it take 40 seconds?'],
  ])('not %s: %s', (name, body) => {
    expect(names(body)).not.toContain(name);
  });
});

describe('what a mail is', () => {
  it.each<[string, MailSketch, string]>([
    [
      'osstest',
      {
        subject: '[xen-unstable test] 1: regressions - FAIL',
        from: { name: 'osstest service owner', address: 'osstest-admin@xenproject.org' },
      },
      'machine:osstest',
    ],
    ['an advisory', { subject: 'Xen Security Advisory 374 v2 (CVE-2021-28691) - a title' }, 'machine:xsa'],
    [
      'a failed pipeline that was answered',
      { subject: 'Re: xen | Failed pipeline for staging | 0123abcd' },
      'machine:gitlab-ci',
    ],
    [
      'Coverity that was answered',
      { subject: 'Re: New Defects reported by Coverity Scan for XenProject' },
      'machine:coverity',
    ],
    ['the kernel test robot', { from: { name: 'kernel test robot', address: 'lkp@intel.com' } }, 'machine:lkp'],
    ['the stable queue', { subject: 'Patch "xen: x" has been added to the 4.4-stable tree' }, 'machine:stable-queue'],
    ['linux-next', { subject: 'linux-next: build failure after merge of the xen-tip tree' }, 'machine:linux-next'],
    ['tip', { from: { name: 'tip-bot2 for Rita', address: 'tip-bot2@linutronix.de' } }, 'machine:tip-bot'],
    ['syzbot', { from: { name: 'syzbot', address: 'syzbot+1@syzkaller.appspotmail.com' } }, 'machine:syzbot'],
    ['patchew', { from: { name: null, address: 'no-reply@patchew.org' } }, 'machine:patchew'],
    ['a pull request', { subject: '[GIT PULL] xen: branch for v6.1-rc2' }, 'subject:pull'],
    ['a pull request of QEMU', { subject: '[PULL 0/3] a queue' }, 'subject:pull'],
    ['a release of another project', { subject: 'ANNOUNCE: libfoo 2.1' }, 'subject:announce'],
    ['a release candidate', { subject: 'Xen 4.16 RC1' }, 'subject:announcement'],
    ['an announcement', { subject: '[ANNOUNCEMENT] Xen 4.17 is released' }, 'subject:announce'],
    ['a question', { subject: '[Question] grant tables' }, 'subject:question'],
    ['a bug', { subject: 'Re: [BUG] it broke' }, 'subject:bug'],
    ['a patch', { subject: '[PATCH v2 1/3] x' }, 'subject:patch'],
    ['an attached patch', { attachments: { 'fix.diff': '--- a\n+++ b' } }, 'diff'],
    ['a diff in the body', { body: 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b' }, 'diff'],
    ['a compiler that fails', { body: 'x.c:12:3: error: unknown type name' }, 'build-error'],
  ])('%s', (_name, sketch, expected) => {
    expect(find(sketch).map(({ name }) => name)).toContain(expected);
  });

  it('takes a person who answers osstest for a person', () => {
    expect(find({ subject: 'Re: something about osstest' }).some(({ name }) => name.startsWith('machine:'))).toBe(
      false,
    );
  });

  it('says where a tag stands and whose it is', () => {
    const [signal] = find({ id: '7', body: 'Good.\n\nFixes: 0123456789ab ("xen: x")' }).filter(
      ({ name }) => name === 'tag:fixes',
    );
    expect(signal).toEqual({
      message: '7@example.org',
      part: 'body',
      line: 3,
      quote: 'Fixes: 0123456789ab ("xen: x")',
      depth: 0,
      name: 'tag:fixes',
      value: '0123456789ab',
    });
  });
});

/** Subjects as reports have them; each must be known for a failure by its words. Forms: `domain.md` 2.3. */
describe('subjects of reports', () => {
  it.each([
    'Xen panics on resume of a laptop',
    'Xen crash in the scheduler',
    'Kernel panic when a module is loaded, HVM guest, since 5.4.20',
    'stable-4.17: crash of the driver domain under load',
    'Odd VT-d(?) problem',
    'Init of the secure world fails',
    'Guest hangs with tracing in the kernel config',
    'linux-6.1: 2 of 3 multicall(s) failed: cpu 1',
    'arm64: very slow disk in the guest',
    'NULL pointer dereference in a driver(?) under dom0 - regression in 6.9',
    "Reset of the wireless card doesn't end in dom0 (regression, Linux 6.9)",
    'Regression from 0123456789ab ("mm: x") with debug options',
    'Boot crash due to "x86: y"',
    'Report in downstream: disks broken with the update to 5.10.180',
    'Problems with the guests after the latest update',
    'Permission fault of the SMMU in dom0',
  ])('%s', (subject) => {
    expect(find({ subject }).some(({ name }) => /^subject:(?:failure:|bug$|regression$)/.test(name))).toBe(true);
  });

  it.each([
    'xenstored socket backlog length',
    'OXenstored performance',
    'Xen 4.16 RC1',
    'Design session notes',
    'xen/arm: support for R52',
  ])('not %s', (subject) => {
    expect(find({ subject }).some(({ name }) => /^subject:(?:failure:|bug$|regression$)/.test(name))).toBe(false);
  });
});

describe('findSignals', () => {
  it('takes any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        (text) => find({ body: text, subject: text }).length >= 0,
      ),
    );
  });

  it('is not slowed down by hostile text', () => {
    const before = performance.now();
    for (const piece of ['please can you ', 'fixed in ', 'a'.repeat(50), 'commit ', 'it is not ', 'the the ']) {
      find({ body: piece.repeat(20_000), subject: piece.repeat(50) });
    }
    expect(performance.now() - before).toBeLessThan(3000);
  });
});
