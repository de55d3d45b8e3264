import { describe, expect, it } from 'vitest';
import { findEmbeddedReports } from '../../src/verdict/genre/embedded-reports.ts';
import { toGenre } from '../../src/verdict/genre/to-genre.ts';
import { MAINTAINER } from '../evidence/make-mail.ts';
import { makeTrace, makeView, type ViewSketch } from './make-view.ts';

const SPLAT = [
  '[    1.000001] BUG: kernel NULL pointer dereference',
  '[    1.000002] Oops: 0000',
  '[    1.000003] CPU: 0 PID: 1',
  '[    1.000004] Call Trace:',
  '[    1.000005]  foo+0x1/0x2',
  '[    1.000006]  bar+0x1/0x2',
].join('\n');
const DIFF = 'diff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n';

describe('toGenre', () => {
  it.each<[string, string, readonly ViewSketch[]]>([
    ['a tagged bug', 'report', [{ subject: '[BUG] guests are gone', body: 'They are gone.' }]],
    [
      'a crash told in the subject',
      'report',
      [{ subject: 'Xen crash on CPU hotplug', body: 'We found it in our tests, reproducibly.' }],
    ],
    [
      'a vague report',
      'report',
      [
        {
          subject: 'Xen 4.17 on an old board',
          body: 'I upgraded from Xen 4.16 to 4.17 and now the host does not boot. Any ideas?',
        },
      ],
    ],
    [
      'a report as a question',
      'report',
      [
        {
          subject: 'Ceph rbd support broken?',
          body: 'It works fine with Xen 4.12. With Xen 4.13 it fails with an error. Please help confirm.',
        },
      ],
    ],
    [
      'a report with a patch proposed',
      'report',
      [{ subject: 'xenstored file descriptor leak', body: `I'm seeing a leak in xenstored, it loops.\n\n${DIFF}` }],
    ],
    [
      'a report without failure words but with a trace',
      'report',
      [{ subject: 'Strange output on the console', body: `I see this:\n${SPLAT}`, traces: [makeTrace()] }],
    ],
    [
      'a report that is forwarded',
      'report',
      [
        {
          subject: 'Fwd: trouble',
          body: '---------- Forwarded message ---------\nFrom: A user\nDate: Monday\nSubject: trouble\n\nMy server crashed after the update to Xen 4.17, I get a panic each time I boot it.',
        },
      ],
    ],
    [
      'a report whose first mail is missing',
      'report',
      [
        {
          parent: '0',
          subject: 'Re: no network in the guest',
          from: MAINTAINER,
          body: '> My guest crashes when I attach a vif, and dom0 hangs.\n> I can reproduce it every time.\nWhich version is that?',
        },
      ],
    ],
    [
      'a build failure',
      'report',
      [
        {
          subject: 'tools on a new distribution',
          body: 'It does not compile here:\n\nx.c:12:3: error: unknown type name\nmake[1]: *** [Makefile:3: x.o] Error 1\n',
        },
      ],
    ],
    [
      'a patch',
      'patch',
      [{ subject: '[PATCH] xen: fix a crash', body: `It crashed:\n${SPLAT}\n\nSigned-off-by: R\n---\n${DIFF}` }],
    ],
    [
      'a series without tags in its cover letter',
      'patch',
      [
        { subject: 'swiotlb cleanups' },
        { subject: '[PATCH 1/2] a', from: { name: 'Rita Reporter', address: 'rita@example.org' } },
        { subject: '[PATCH 2/2] b', from: { name: 'Rita Reporter', address: 'rita@example.org' } },
      ],
    ],
    [
      'a bare signed diff',
      'patch',
      [{ subject: 'xen: tidy up', body: `Words.\n\nSigned-off-by: Rita Reporter <rita@example.org>\n\n${DIFF}` }],
    ],
    [
      'a review whose patch is missing',
      'patch',
      [
        {
          parent: '0',
          subject: 'Re: [PATCH v2 3/4] xen: x',
          from: MAINTAINER,
          body: '> +  a = b;\nWhy is this needed? It might crash when b is NULL.',
        },
      ],
    ],
    [
      'a report under a patch that is missing',
      'report',
      [
        {
          parent: '0',
          subject: 'Re: [PATCH v2 3/4] xen: x',
          body: `This patch causes a crash on my laptop:\n${SPLAT}\nReverting it fixes it.`,
          traces: [makeTrace()],
        },
      ],
    ],
    [
      'a report under a patch',
      'patch',
      [
        { subject: '[PATCH] xen: x', from: MAINTAINER },
        {
          from: { name: 'Uwe User', address: 'uwe@example.org' },
          body: `This patch causes a crash on my laptop:\n${SPLAT}`,
          traces: [makeTrace()],
        },
      ],
    ],
    ['the stable queue', 'patch', [{ subject: 'Patch "xen: x" has been added to the 5.4-stable tree' }]],
    ['a pull request', 'pull-request', [{ subject: '[GIT PULL] xen: branch for v6.1-rc2' }]],
    [
      'a pull request by its text',
      'pull-request',
      [
        {
          subject: 'xen for 6.1',
          body: 'The following changes since commit 0123456789ab0123456789ab0123456789ab0123:\n\n  Linux 6.0',
        },
      ],
    ],
    [
      'a test machine',
      'ci',
      [
        {
          subject: '[xen-unstable test] 1: regressions - FAIL',
          from: { name: 'osstest service owner', address: 'osstest-admin@xenproject.org' },
          body: 'build broken',
        },
      ],
    ],
    [
      'a robot',
      'ci',
      [
        {
          subject: '[tip:x86] 0123: boot fails',
          from: { name: 'kernel test robot', address: 'lkp@intel.com' },
          body: SPLAT,
        },
      ],
    ],
    [
      'an answer to a pipeline',
      'ci',
      [
        {
          parent: '0',
          subject: 'Re: xen | Failed pipeline for staging | 0123abcd',
          from: MAINTAINER,
          body: 'The build is broken by 0123456789ab.',
        },
      ],
    ],
    [
      'an advisory',
      'security',
      [{ subject: 'Xen Security Advisory 400 v1 (CVE-2022-0001) - guests may crash the host' }],
    ],
    ['a release', 'announcement', [{ subject: 'Xen 4.16 RC1', body: 'Please send bug reports and test reports.' }]],
    ['an event', 'announcement', [{ subject: '[ANNOUNCE] Community call on Thursday' }]],
    [
      'a question',
      'question',
      [{ subject: 'How to limit the memory of dom0?', body: 'Is there a way to do that? What is the option?' }],
    ],
    [
      'a question about a limit',
      'question',
      [
        {
          subject: 'xenstored limits',
          body: 'What is the limit of watches? I was wondering how many guests one can have. How can I raise it?',
        },
      ],
    ],
    [
      'a proposal',
      'discussion',
      [{ subject: '[RFC] a new way to name domains', body: 'I would like to propose names. Any thoughts?' }],
    ],
    [
      'notes',
      'discussion',
      [{ subject: 'Design session notes: boot time', body: 'We met and talked about boot time.' }],
    ],
    [
      'a proposal that names problems',
      'discussion',
      [
        {
          subject: 'Proposal: drop 32-bit PV guests',
          body: "I'd like to propose to remove them. They are slow and there are known problems with them; a guest might crash the host. What do people think?",
        },
      ],
    ],
    [
      'a design that speaks of errors',
      'discussion',
      [
        {
          subject: 'xenstore: how errors should be returned',
          body: 'The protocol returns an error code to the guest. I think that we should add a new one. Comments are welcome.',
        },
      ],
    ],
    [
      'notes of a meeting',
      'discussion',
      [
        {
          subject: 'MISRA C meeting notes 2024-03-01',
          body: 'We talked about rule 8.3. Stefano to send a patch. Open: rule 2.1 fails in the scanner.',
        },
      ],
    ],
    [
      'a release manager',
      'announcement',
      [
        {
          subject: 'Xen 4.19 release status',
          body: 'Open issues: a crash on resume, a hang on Arm. Please tell me what is missing.',
        },
      ],
    ],
    [
      'a test report without a fault',
      'discussion',
      [
        {
          subject: '[TEST REPORT] Xen 4.16 RC2',
          body: '* Hardware: a laptop\n* Software: Debian 11\n* Functionality tested: xl create, xl save\n* Comments: all is well',
        },
      ],
    ],
    [
      'a question with its background',
      'question',
      [
        {
          subject: 'Question about grant table limits',
          body: 'I have a few questions. What is the maximum? How can I raise it for one guest? Is it possible at run time?',
        },
      ],
    ],
    [
      'a port that does not start',
      'report',
      [
        {
          subject: 'Xen on my new Arm board',
          body: 'I am trying to boot Xen on a new board. It hangs after the following output:\n\n(XEN) Latest ChangeSet: x\n(XEN) Processor: 1\n(XEN) Bringing up CPU1\n\nAny hints?',
        },
      ],
    ],
    [
      'a leak',
      'report',
      [
        {
          subject: 'oxenstored memory usage',
          body: 'We have found that oxenstored leaks memory on our servers whenever a guest is rebooted. After a week it uses 2 GB.',
        },
      ],
    ],
    [
      'a toolstack error',
      'report',
      [
        {
          subject: 'xl create fails with vif',
          body: 'When I run xl create I get this:\n\nlibxl: error: libxl_device.c:1105:device_backend_callback: Domain 4:unable to add device\n',
        },
      ],
    ],
    [
      'bad performance',
      'report',
      [
        {
          subject: 'Disk speed in HVM guests',
          body: 'In our setup the disk is very slow in HVM guests: 20 MB/s. In dom0 it is ten times faster. Is this a known problem?',
        },
      ],
    ],
    [
      'a report from a distribution',
      'report',
      [
        {
          subject: 'Bug#1022126: mpt3sas broken with xen dom0',
          body: 'A user reported in Debian that after updating the kernel the disks are gone. The report is at https://bugs.example.org/1022126',
        },
      ],
    ],
    [
      'unwanted mail',
      'spam',
      [
        {
          subject: 'Attention',
          body: 'Dear friend, you are the beneficiary of two million dollars. Contact me for the bank transfer.',
        },
      ],
    ],
  ])('%s: %s', (_name, expected, sketches) => {
    expect(toGenre(makeView(sketches)).genre).toBe(expected);
  });

  it('says which rule and which words decided', () => {
    const { because } = toGenre(makeView([{ subject: '[GIT PULL] xen' }]));
    expect(because).toEqual([
      {
        field: 'genre',
        rule: 'pull',
        where: expect.objectContaining({ part: 'header', quote: '[GIT PULL] xen' }) as unknown,
      },
    ]);
  });
});

describe('findEmbeddedReports', () => {
  const find = (body: string, traces = false): number =>
    findEmbeddedReports(
      makeView([
        { subject: '[PATCH] xen: x', from: MAINTAINER },
        { from: { name: 'Uwe User', address: 'uwe@example.org' }, body, traces: traces ? [makeTrace()] : [] },
      ]),
    ).length;

  it.each<[string, string, boolean]>([
    ['a trace with a word', `With this series I see:\n${SPLAT}`, true],
    [
      'a bisected failure',
      'I just bisected a boot failure on my desktop to this patch. It fails to mount its root, I get an error.',
      false,
    ],
    [
      'a broken build',
      'This patch breaks the build.\n\nx.c:1:2: error: unknown type name\nMakefile:3: *** [x.o] Error 1',
      false,
    ],
    ['a warning with its cause', `After this change I am seeing a warning when booting.\n${SPLAT}`, true],
  ])('%s', (_name, body, trace) => {
    expect(find(body, trace)).toBe(1);
  });

  it.each<[string, string]>([
    ['a review', 'This could crash if the pointer is NULL. Please check it.'],
    ['praise', 'This fixes the crash that I reported, thanks.\n\nTested-by: Uwe User <uwe@example.org>'],
    ['a design', 'The handler crash_kexec() is called on panic; the patch changes when it runs.'],
    ['a quotation', '> This patch causes a crash:\n> BUG: it broke\nI cannot see how.'],
  ])('not %s', (_name, body) => {
    expect(find(body)).toBe(0);
  });
});
