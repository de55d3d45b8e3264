import { describe, expect, it } from 'vitest';
import { draftQuestion, findMissing } from '../../../src/verdict/missing/find-missing.ts';
import { findFacts } from '../../../src/evidence/environment/find-facts.ts';
import type { Trace } from '../../../src/model/evidence.ts';
import type { ThreadView } from '../../../src/model/view.ts';
import { makeMail, makeParts } from '../../evidence/make-mail.ts';
import { makeTrace, makeView } from '../make-view.ts';

function gathered(
  subject: string,
  body: string,
  traces: readonly Trace[] = [],
): [ThreadView, Parameters<typeof findMissing>[1]] {
  const message = makeMail({ subject, body });
  const facts = findFacts(message, makeParts(message));
  return [makeView([{ subject, body, facts, traces }]), { facts, traces }];
}

describe('findMissing', () => {
  it.each<[string, string, string, string[]]>([
    [
      'nearly everything, of a vague report',
      'Xen does not start',
      'It shows nothing. What can I do?',
      ['Xen version', 'kernel version of dom0 or of the guest', 'hardware', 'xl dmesg', 'how to reproduce it'],
    ],
    [
      'the guest, of a report about one',
      'My guest crashes',
      'I am using Xen 4.17.1. My guest kernel is 6.1.14. The machine is a Dell R440. I can reproduce it reliably.',
      ['xl dmesg', 'kind of guest (PV, PVH or HVM)', 'guest configuration', 'a log of the failure'],
    ],
    [
      'command lines, of a failure to boot',
      'dom0 does not boot',
      'I am using Xen 4.17.1 with Linux 6.1.14 on my Dell R440. It happens every time.',
      ['xl dmesg', 'Xen and kernel command lines'],
    ],
    [
      'the device, of a report about passthrough',
      'PCI passthrough fails',
      'I am using Xen 4.17.1. The guest is PV, my guest kernel is 6.1.14, on a Dell R440. It always happens: reproducible every time.\n\nmemory = 1024\npci = [ "0000:03:00.0" ]\n',
      ['xl dmesg', 'lspci -vvv of the device'],
    ],
    [
      'a bisection, of a regression',
      'It broke',
      'I am using Xen 4.17.1. Linux 6.1.14 crashes on my Dell R440, every time; 6.1.10 worked.',
      ['xl dmesg', 'a log of the failure', 'bisect'],
    ],
    ['little, of a failure to build', 'Xen does not build: undefined reference', 'I am using Xen 4.17.1.', []],
  ])('%s', (_name, subject, body, expected) => {
    expect(findMissing(...gathered(subject, body))).toEqual(expected);
  });

  it.each<[string, string, string, string[]]>([
    [
      'no guest, where the tools for guests do not compile',
      'libxl fails to build',
      'The library for guests (Xen 4.18.2, HVM and PV) stops at an error.',
      [],
    ],
    [
      'no guest, where linking fails',
      'link failure in tools/libs/guest',
      'I am using Xen 4.19.0. The linker fails for guest code.',
      [],
    ],
    [
      'no steps, where the subject names them',
      'hypervisor hangs while unplugging a disk',
      'I am using Xen 4.17.1 with Linux 6.1.14 on my Dell R440.\n\n(XEN) Xen version 4.17.1 (a@example.org) (gcc 12) debug=y Mon',
      ['a log of the failure'],
    ],
    [
      'no steps, where a command is given',
      'the hypervisor hangs',
      'I am using Xen 4.17.1 with Linux 6.1.14 on my Dell R440. I type xl list and all is dead.\n\n(XEN) Xen version 4.17.1 (a@example.org) (gcc 12) debug=y Mon',
      ['a log of the failure'],
    ],
    [
      'the configuration, where one setting stands twice',
      'My guest crashes',
      'I am using Xen 4.17.1. The guest is PV, my guest kernel is 6.1.14, on a Dell R440, every time. With memory = 1024 or memory = 2048.',
      ['xl dmesg', 'guest configuration', 'a log of the failure'],
    ],
    [
      'not the configuration, where two settings stand there',
      'My guest crashes',
      'I am using Xen 4.17.1. The guest is PV, my guest kernel is 6.1.14, on a Dell R440, every time.\n\nmemory = 1024\ne820_host = 1\n',
      ['xl dmesg', 'a log of the failure'],
    ],
  ])('%s', (_name, subject, body, expected) => {
    expect(findMissing(...gathered(subject, body))).toEqual(expected);
  });

  it.each<[string, string, boolean]>([
    ['a guest, of a guest that crashes Xen', 'schedule', true],
    ['no guest, before the first one starts', '__start_xen', false],
    ['no guest, while dom0 is built', 'dom0_construct_pvh', false],
  ])('asks for %s', (_name, name, isAsked) => {
    const frame = { function: name, offset: 1, size: 2, address: null, module: null, reliable: true, location: null };
    const trace = makeTrace({ project: 'xen', kind: 'assertion', frames: [frame] });
    const missing = findMissing(...gathered('Xen panics, guests and all', 'I am using Xen 4.17.1.', [trace]));
    expect(missing.includes('guest configuration')).toBe(isAsked);
    expect(missing.includes('kind of guest (PV, PVH or HVM)')).toBe(isAsked);
  });

  it('knows a PV guest by its functions, and a trace as a log', () => {
    const frame = {
      function: 'xen_mc_flush',
      offset: 1,
      size: 2,
      address: null,
      module: null,
      reliable: true,
      location: null,
    };
    const missing = findMissing(
      ...gathered('My guest crashes', 'I am using Xen 4.17.1.', [makeTrace({ frames: [frame] })]),
    );
    expect(missing).toEqual([
      'kernel version of dom0 or of the guest',
      'hardware',
      'xl dmesg',
      'guest configuration',
      'how to reproduce it',
    ]);
  });
});

it('asks in plain lines of at most 72 columns', () => {
  const draft = draftQuestion(
    findMissing(
      ...gathered(
        'dom0 does not boot',
        'I am using Xen 4.17.1 with Linux 6.1.14 on my Dell R440. It happens every time.',
      ),
    ),
    'Rita Reporter',
  );
  expect(draft).toBe(`Hello Rita,

thanks for the report. To be able to look into it, could you please add
the following?

- the complete output of \`xl dmesg\` (or of the serial console), from the
  first line on, with \`loglvl=all guest_loglvl=all\` on the Xen command
  line
- the command lines of Xen and of the dom0 kernel

Please send logs as plain text, complete and without line wrapping; large
ones are better put somewhere and linked. If you can, try the newest
version as well, and keep everybody in Cc.
`);
});

it('asks nothing where nothing is missing', () => {
  const missing = findMissing(...gathered('Xen does not build: undefined reference', 'I am using Xen 4.17.1.'));

  expect(draftQuestion(missing, null)).toBe('');
});
