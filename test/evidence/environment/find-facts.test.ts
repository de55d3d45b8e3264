import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { findFacts } from '../../../src/evidence/environment/find-facts.ts';
import { looksLikeLog, repairLog } from '../../../src/evidence/log/repair-log.ts';
import type { ReadPart } from '../../../src/model/evidence.ts';
import type { Message } from '../../../src/model/message.ts';
import { makeMail, makeParts as makeBareParts, type MailSketch } from '../make-mail.ts';

function makeParts(message: Message): ReadPart[] {
  return makeBareParts(message).map((one) =>
    looksLikeLog(one.part.text) ? { ...one, log: repairLog(one.part) } : one,
  );
}

function read(sketch: MailSketch): string[] {
  const message = makeMail(sketch);
  return findFacts(message, makeParts(message)).map(({ key, value, role }) => `${key} = ${value} (${role ?? '-'})`);
}

const inBody = (body: string): string[] => read({ body });

describe('memory maps', () => {
  const MAP = ['00001000-0009ffff : System RAM', '  000f0000-000fffff : System ROM', '00100000-3fffffff : System RAM'];

  it.each<[string, readonly string[], string[]]>([
    ['a map is one fact', MAP, ['other = /proc/iomem: 3 ranges, System RAM up to 3fffffff (-)']],
    [
      'two maps are told apart by what they hold',
      [...MAP, '', 'And with the other setting:', ...MAP, '20000000-d7feffff : Unusable memory'],
      [
        'other = /proc/iomem: 3 ranges, System RAM up to 3fffffff (-)',
        'other = /proc/iomem: 4 ranges, System RAM up to 3fffffff; Unusable memory (-)',
      ],
    ],
    ['two lines are a quotation', MAP.slice(0, 2), []],
  ])('%s', (_name, lines, expected) => {
    expect(inBody(lines.join('\n'))).toEqual(expected);
  });
});

describe('what sentences tell', () => {
  it.each([
    [
      'a range with a path',
      'In git log v5.1.2..v5.4.7 -- drivers/xen/foo.c I see two.',
      'v5.1.2..v5.4.7 -- drivers/xen/foo.c',
    ],
    ['a range of releases', 'Something in v6.1..v6.2-rc1 broke it.', 'v6.1..v6.2-rc1'],
  ])('where to look: %s', (_name, body, range) => {
    expect(inBody(body)).toContain(`commit = ${range} (-)`);
  });

  it.each<[string, string, string[]]>([
    [
      'Xen with its distribution',
      'Here I use Xen 4.14 (OpenXT).',
      ['xen-version = 4.14 (host)', 'distribution = OpenXT (dom0)'],
    ],
    [
      'versions in a list',
      'Xen 4.16.1, 4.16.2 and 4.17.0-rc1 do not build any more.',
      ['xen-version = 4.16.1 (host)', 'xen-version = 4.16.2 (host)', 'xen-version = 4.17.0-rc1 (host)'],
    ],
    ['a version wrapped to the next line', 'We run the\nXen hypervisor\n4.11 on it.', ['xen-version = 4.11 (host)']],
    ['the unstable tree', 'My box is running xen-unstable.', ['xen-version = xen-unstable (host)']],
    ['a bare version that fails', 'It crashes in 4.15.0 with Xen.', ['xen-version = 4.15.0 (host)']],
    [
      'dom0 and domU told apart',
      'The dom0 is 6.1.55. My guest kernel is 6.1.14.',
      ['kernel-version = 6.1.55 (dom0)', 'kernel-version = 6.1.14 (domU)'],
    ],
    [
      'the kernel before its word',
      'It is an Ubuntu 18.04 guest with a 4.15 kernel.',
      ['kernel-version = 4.15 (domU)', 'distribution = Ubuntu 18.04 (domU)'],
    ],
    [
      'an upgrade: the newer one',
      'We upgraded the domU kernel from v4.9.30 to v4.14.12.',
      ['kernel-version = 4.14.12 (domU)'],
    ],
    [
      'hardware and processor',
      'I have an AMD Ryzen 7 5800X on an ASRock B550 Taichi.',
      ['cpu = AMD Ryzen 7 5800X (host)', 'hardware = ASRock B550 Taichi (host)'],
    ],
    ['a guest system', 'My Windows Server 2019 guest dies.', ['distribution = Windows Server 2019 (domU)']],
    ['kind of guest', 'I start a PV guest.', ['guest-type = PV (domU)']],
    ['an option of the hypervisor', 'This is also with smt=off.', ['xen-command-line = smt=off (host)']],
    ['a setting of the guest', 'I have e820_host = 1 in the configuration.', ['config = e820_host = 1 (domU)']],
    ['QEMU', 'I am using qemu-6.2.0-r4.', ['qemu-version = 6.2.0-r4 (host)']],
    ['a version without its name', 'This is 4.20-rc3, on my box.', ['xen-version = 4.20-rc3 (host)']],
    [
      'a list of bare names and numbers',
      '4.19.1, Alpine 3.21 as dom0.',
      ['distribution = Alpine 3.21 (dom0)', 'xen-version = 4.19.1 (host)'],
    ],
    [
      'a rolling release',
      'Kernel 6.13.4, Alpine edge.',
      ['kernel-version = 6.13.4 (dom0)', 'distribution = Alpine edge (dom0)'],
    ],
    [
      'a name alone in a list',
      'Xen 4.20.0, Void Linux.',
      ['xen-version = 4.20.0 (host)', 'distribution = Void Linux (dom0)'],
    ],
    ['a program of the tools', 'xentop from 4.18.3 shows nonsense.', ['xen-version = 4.18.3 (host)']],
    [
      'a product and its Xen',
      "Xen is XCP-ng 8.3's 4.17.5-4 here.",
      ['xen-version = 4.17.5-4 (host)', 'distribution = XCP-ng 8.3 (host)'],
    ],
    ['a package of a vendor', 'All run linux-xlnx 6.6.40.', ['kernel-version = 6.6.40 (dom0)']],
    [
      'a branch with its commit',
      'I tried xen (master, 8e7a11b4c0).',
      ['xen-version = master (host)', 'commit = 8e7a11b4c0 (host)'],
    ],
    ['a compiler that fails', 'It fails with gcc (GCC) 15.0.1 here.', ['compiler = gcc (GCC) 15.0.1 (host)']],
    ['a processor by its number', 'I see it on a 9700X.', ['cpu = 9700X (host)']],
    ['a kernel option', 'I build with CONFIG_XEN_GRANT_DMA_ALLOC.', ['config = CONFIG_XEN_GRANT_DMA_ALLOC (-)']],
    ['another architecture', 'This is an arm64 board.', ['architecture = arm64 (host)']],
    ['how often, in words', 'About one time in five.', ['reproducibility = About one time in five (-)']],
    ['how often, by time', 'It dies about every 3 days.', ['reproducibility = It dies about every 3 days (-)']],
    [
      'an option that helps',
      'iommu=no-igfx helps.',
      ['xen-command-line = iommu=no-igfx (host)', 'workaround = iommu=no-igfx helps (-)'],
    ],
  ])('%s', (_name, body, expected) => {
    expect(inBody(body)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['where it works', 'It works fine with Xen 4.14.'],
    ['where it does not happen', 'It does not happen with Linux 5.10.3.'],
    ['what was left behind', 'We switched back to xen 4.14 and all was fine.'],
    ['what somebody else has', 'The other reporter had a Threadripper 3970X.'],
    ['when something was introduced', 'This was introduced in Xen 4.9.'],
    ['a question', 'Is it any different on Xen 4.20?'],
    ['advice', 'You could try Xen 4.20.'],
    ['a link', 'See https://example.org/patches-4.12.0/xen-4.12/x.'],
    ['a branch', 'Both linux-5.4.y and linux-5.10.y.'],
    ['drivers, not guests', 'No PV drivers are installed.'],
    ['sizes', 'The kernel 4.5MB is large.'],
    ['a target', 'It would be good to have this for 4.20.'],
    ['a compiler that does not complain', 'There is no complaint from gcc 14.'],
    ['an option that does not help', 'swiotlb=65536 does not help.'],
    ['a kernel option that is asked about', 'Should I set CONFIG_XEN_GRANT_DMA_ALLOC?'],
    ['a part of a whole', 'It uses 2 of 8 vcpus.'],
    ['people of a distribution', 'The Debian maintainers know.'],
  ])('nothing of %s', (_name, body) => {
    expect(inBody(body)).toEqual([]);
  });
});

describe('machines by maker and model', () => {
  it.each<[string, string]>([
    ['I have an ASUS ProArt X670E here.', 'ASUS ProArt X670E'],
    ['It is a server (Dell R440) with Xen.', 'Dell R440'],
    ['My box is an MSI PRO Z690-A with 64 GB.', 'MSI PRO Z690-A'],
    ['I see this on my Framework 13 since May.', 'Framework 13'],
    ['We run it on an ASRock J5040-ITX.', 'ASRock J5040-ITX'],
    ['The machine is a Supermicro X11SPM-F.', 'Supermicro X11SPM-F'],
    ['This is an HP ProLiant DL380 Gen10, fully patched.', 'HP ProLiant DL380 Gen10'],
    ['My laptop is a ThinkPad X230.', 'ThinkPad X230'],
    ['I use an Intel NUC 8i5BEK for this.', 'Intel NUC 8i5BEK'],
    ['We have a Gigabyte X570 AORUS MASTER.', 'Gigabyte X570 AORUS MASTER'],
    ['I booted it on a Radxa Rock 5B.', 'Radxa Rock 5B'],
    ['I have a Dell Latitude E6420, Xen 4.17.1.', 'Dell Latitude E6420'],
  ])('%s', (body, expected) => {
    expect(inBody(body)).toContain(`hardware = ${expected} (host)`);
  });

  it.each<[string, string]>([
    ['a maker alone', 'The people at ASUS were friendly.'],
    ['a word that begins like a maker', 'MSIs and HPETs are broken, Dellish too.'],
    ['a version behind a maker', 'I have a Dell 4.17.'],
    ['what begins behind a maker', 'I have a Dell running here.'],
  ])('nothing of %s', (_name, body) => {
    expect(inBody(body).filter((fact) => fact.startsWith('hardware'))).toEqual([]);
  });

  it('ends at the name of a program', () => {
    expect(inBody('I have a Dell R440 Xen 4.17.1 host.')).toContain('hardware = Dell R440 (host)');
  });
});

describe('kinds of guests', () => {
  it.each<[string, string[]]>([
    ['There are 14 PV and PVH guests.', ['guest-type = PV (domU)', 'guest-type = PVH (domU)']],
    [
      'It happens to PV, PVH and HVM guests.',
      ['guest-type = PV (domU)', 'guest-type = PVH (domU)', 'guest-type = HVM (domU)'],
    ],
    ['The file says type="pvh" for it.', ['guest-type = PVH (domU)']],
    ["With builder = 'hvm' it dies.", ['guest-type = HVM (domU)']],
    ['I start a pvh guest.', ['guest-type = PVH (domU)']],
    ['I start a PVHVM guest.', ['guest-type = HVM (domU)']],
    ['The PV and HVM drivers are old.', []],
  ])('%s', (body, expected) => {
    expect(inBody(body)).toEqual(expected);
  });
});

describe('trackers and trees', () => {
  it('reads the head of a report in a tracker, and not the name of the package', () => {
    const body = [
      'On Monday Ed wrote:',
      '> Package: src:xen',
      '> Version: 4.14.6+12-g0123456789-1',
      '> Severity: normal',
      '>',
      '> Debian Release: 11.9',
    ].join('\n');
    expect(read({ subject: 'Bug#1: xen-hypervisor-4.14-amd64: silence', body })).toEqual([
      'xen-version = 4.14.6+12-g0123456789-1 (host)',
      'distribution = Debian 11.9 (-)',
    ]);
  });

  it.each<[string, string, string[]]>([
    ['a package of Linux', 'Package: src:linux\nVersion: 5.10.149-1\n', ['kernel-version = 5.10.149-1 (dom0)']],
    ['a package of something else', 'Package: gimp\nVersion: 2.10.8-2\n', []],
    ['a version that is far away', 'Package: src:xen\n\n\n\n\nVersion: 4.17.1-1\n', []],
    [
      'a branch with its commit',
      'I built Xen staging at 0f1e2d3c4b.',
      ['xen-version = staging (host)', 'commit = 0f1e2d3c4b (host)'],
    ],
    ['words after a branch', 'I built Xen staging at defaced.', ['xen-version = staging (host)']],
    [
      'a command line, whose it is said behind',
      'Command line of Xen: dom0_mem=4G loglvl=all',
      ['xen-command-line = dom0_mem=4G loglvl=all (host)'],
    ],
    [
      'a command line, and no prose behind it',
      'Command line of Xen: dom0_mem=4G loglvl=all\ndom0 is plain old Gentoo.',
      ['xen-command-line = dom0_mem=4G loglvl=all (host)'],
    ],
    [
      'the same of the dom0 kernel',
      'Command line for the dom0 kernel: root=/dev/sda1 ro',
      ['kernel-command-line = root=/dev/sda1 ro (dom0)'],
    ],
    [
      'the system that Xen is from',
      'We use Xen 4.17.3 from Debian testing, with 9 guests.',
      ['xen-version = 4.17.3 (host)', 'distribution = Debian testing (host)'],
    ],
  ])('%s', (_name, body, expected) => {
    expect(inBody(body)).toEqual(expected);
  });
});

describe('how often, and what gets around it', () => {
  it.each<[string, string, string]>([
    ['always', 'I can reproduce it reliably.', 'reproducibility = I can reproduce it reliably (-)'],
    ['a share', 'It happens in about 40% of cases.', 'reproducibility = It happens in about 40% of cases (-)'],
    [
      'commands behind a colon',
      'I reproduced it with this:\n\nwhile true; do date; done\n',
      'reproducibility = I reproduced it with this: while true; do date; done (-)',
    ],
    [
      'a setting that helps',
      'Setting smt=off seems to avoid the stall.',
      'workaround = Setting smt=off seems to avoid the stall (-)',
    ],
    [
      'a negation of its own',
      'With one CPU less, after adding a sleep, it did *not* hang.',
      'workaround = With one CPU less, after adding a sleep, it did *not* hang (-)',
    ],
    [
      'a bare negation',
      'Without the second disk my box never crashes.',
      'workaround = Without the second disk my box never crashes (-)',
    ],
    [
      'a command that helps',
      'Running "xl vcpu-pin" on all of them prevents the stall.',
      'workaround = Running "xl vcpu-pin" on all of them prevents the stall (-)',
    ],
    [
      'another command',
      'An "echo 1" into that file makes the guest work.',
      'workaround = An "echo 1" into that file makes the guest work (-)',
    ],
    [
      'what was done',
      'We have moved the disk to another port and the fault is gone.',
      'workaround = We have moved the disk to another port and the fault is gone (-)',
    ],
    [
      'what was done, shorter',
      "I've set the timer to HPET and it boots up.",
      "workaround = I've set the timer to HPET and it boots up (-)",
    ],
    [
      'what will do',
      'For now the following will do the trick: dom0_max_vcpus=1.',
      'workaround = For now the following will do the trick: dom0_max_vcpus=1 (-)',
    ],
    [
      'what is enough',
      'On that board this is enough to make it boot.',
      'workaround = On that board this is enough to make it boot (-)',
    ],
    [
      'what the box is',
      'The logs are short since this is a driver domain.',
      'other = The logs are short since this is a driver domain (domU)',
    ],
    [
      'what the box is, with its kind',
      'My box is an unprivileged domU, nothing else.',
      'other = My box is an unprivileged domU, nothing else (domU)',
    ],
    ['said outright', 'The workaround is to unplug it.', 'workaround = The workaround is to unplug it (-)'],
  ])('%s', (_name, body, expected) => {
    expect(inBody(body)).toContain(expected);
  });

  it.each<[string, string]>([
    ['a request', 'Can you reproduce it with a debug build?'],
    ['a hope', 'Please try disabling SMT to see if that helps.'],
    ['a command without effect', 'An "echo 1" shows nothing.'],
    ['a title', 'This is a guest kernel issue.'],
    ['a fix under review', 'No known workaround exists.'],
  ])('nothing of %s', (_name, body) => {
    expect(inBody(body)).toEqual([]);
  });
});

describe('what programs print', () => {
  it.each<[string, string, string[]]>([
    [
      'the banner',
      '(XEN) Xen version 4.18.3 (builder@example.org) (gcc (GCC) 11.4.0) debug=y Sun Jan 12 10:11:12 UTC 2025',
      ['xen-version = 4.18.3 (host)', 'compiler = gcc (GCC) 11.4.0 (host)'],
    ],
    [
      'the changeset',
      '(XEN) Latest ChangeSet: Wed Sep 25 10:00:01 2024 +0100 git:8d7c71efb0',
      ['commit = 8d7c71efb0 (host)'],
    ],
    [
      'a crash banner',
      '(XEN) ----[ Xen-4.13.0  x86_64  debug=n   Not tainted ]----',
      ['xen-version = 4.13.0 (host)', 'architecture = x86_64 (host)'],
    ],
    [
      'a kernel that crashes',
      'CPU: 0 PID: 22 Comm: kworker/0:1 Not tainted 4.4.88 #157',
      ['kernel-version = 4.4.88 (-)'],
    ],
    ['a tainted one', 'CPU: 0 PID: 7 Comm: a Tainted: G        W  O      5.4.103 #1', ['kernel-version = 5.4.103 (-)']],
    [
      'the machine',
      'Hardware name: MSI MS-7640/890FXA-GD70 (MS-7640)  , BIOS V1.8B1 09/13/2010',
      ['hardware = MSI MS-7640/890FXA-GD70 (MS-7640) (host)', 'firmware = BIOS V1.8B1 09/13/2010 (host)'],
    ],
    [
      'an HVM guest as its machine',
      'Hardware name: Xen HVM domU, BIOS 4.13.1 01/01/2020',
      ['xen-version = 4.13.1 (host)', 'guest-type = HVM (domU)'],
    ],
    ['a PV kernel by its selector', 'RIP: e030:xen_mc_flush+0x176/0x1a0', ['guest-type = PV (-)']],
    ['the guest that Xen saw', '(XEN) RFLAGS: 0000000000000246   CONTEXT: pv guest (d0v0)', ['guest-type = PV (dom0)']],
    [
      'a device',
      '03:00.0 Ethernet controller: Example Corp. E10 Gigabit (rev 02)',
      ['hardware = Ethernet controller: Example Corp. E10 Gigabit (rev 02) (host)'],
    ],
    [
      'Xen options',
      '(XEN) Command line: placeholder dom0_mem=1024M loglvl=all',
      ['xen-command-line = placeholder dom0_mem=1024M loglvl=all (host)'],
    ],
    [
      'kernel options',
      '[    0.000000] Kernel command line: root=/dev/xvda1 ro console=hvc0',
      ['kernel-command-line = root=/dev/xvda1 ro console=hvc0 (-)'],
    ],
  ])('%s', (_name, body, expected) => {
    expect(inBody(body)).toEqual(expected);
  });

  it('tells logs of dom0 and of guests apart by what introduces them', () => {
    const body = [
      'Inside the domU I see:',
      '',
      '[ 1.000000] CPU: 0 PID: 1 Comm: a Not tainted 4.9.0 #1',
      '',
      'And in dom0:',
      '',
      '[ 1.000000] CPU: 0 PID: 1 Comm: a Not tainted 4.19.0 #1',
    ].join('\n');
    expect(inBody(body)).toEqual(['kernel-version = 4.9.0 (domU)', 'kernel-version = 4.19.0 (dom0)']);
  });
});

describe('lists and files', () => {
  it('reads xl info, with a command line over several lines', () => {
    const body = [
      'release                : 5.3.6-local',
      'machine                : x86_64',
      'nr_cpus                : 12',
      'xen_version            : 4.13-unstable',
      'xen_scheduler          : credit2',
      'xen_commandline        : console_timestamps=date',
      'iommu=1,verbose dom0_mem=8G sched=credit2',
      'guest_loglvl=all',
      'cc_compiler            : gcc (Debian 8.3.0-6) 8.3.0',
    ].join('\n');
    expect(inBody(body)).toEqual([
      'kernel-version = 5.3.6-local (dom0)',
      'architecture = x86_64 (dom0)',
      'xen-version = 4.13-unstable (host)',
      'other = credit2 (host)',
      'xen-command-line = console_timestamps=date iommu=1,verbose dom0_mem=8G sched=credit2 guest_loglvl=all (host)',
      'compiler = gcc (Debian 8.3.0-6) 8.3.0 (host)',
    ]);
  });

  it('reads the list form of a reporter', () => {
    const body = 'Xen 4.18.1\nDom0 kernel: 6.1.55\nDomU kernel: 6.1.14\nBoard: i.MX8DXP EVK rev 2\nu-boot: v2024.01\n';
    expect(inBody(body)).toEqual(
      expect.arrayContaining([
        'kernel-version = 6.1.55 (dom0)',
        'kernel-version = 6.1.14 (domU)',
        'firmware = u-boot: v2024.01 (host)',
      ]),
    );
  });

  it('reads a guest configuration, lists over several lines, and not what names the guest', () => {
    const body =
      'name = "secret"\ntype = "pvh"\nmemory = 1024\nvcpus=2\ndisk = [ "phy:/dev/a,xvda,w",\n  "phy:/dev/b,xvdb,w" ]\non_crash = "restart"\n';
    expect(inBody(body)).toEqual([
      'guest-type = PVH (domU)',
      'config = memory = 1024 (domU)',
      'config = vcpus=2 (domU)',
      'config = disk = [ "phy:/dev/a,xvda,w", "phy:/dev/b,xvdb,w" ] (domU)',
    ]);
  });

  it('takes a setting that an answer asks for as none', () => {
    expect(
      read({ subject: 'Re: It crashes', parent: '0', body: 'Could you try adding:\n\nmsr_relaxed=1\n\nto it?' }),
    ).toEqual([]);
  });

  it('takes nothing of a whole kernel configuration', () => {
    const body = Array.from({ length: 40 }, (_, at) => `CONFIG_OPTION_${at}=y`).join('\n');
    expect(inBody(body)).toEqual([]);
  });
});

describe('which mails are believed', () => {
  const body = 'I am using Xen 4.13.1 here.';
  it.each<[string, MailSketch, string[]]>([
    ['a first mail', { body }, ['xen-version = 4.13.1 (host)']],
    ['an answer in the first person', { subject: 'Re: a', parent: '0', body }, ['xen-version = 4.13.1 (host)']],
    ['an answer that only names a version', { subject: 'Re: a', parent: '0', body: 'Xen 4.13.1 crashes.' }, []],
    ['a patch', { subject: '[PATCH v2 1/3] x86: a', body }, []],
    ['a review', { subject: 'Re: [PATCH v2] x86: a', parent: '0', body }, []],
    [
      'a log under a patch',
      {
        subject: 'Re: [PATCH v2] x86: a',
        parent: '0',
        body: 'It warns:\n[ 1.000000] CPU: 0 PID: 1 Comm: a Not tainted 6.2.0 #1',
      },
      ['kernel-version = 6.2.0 (-)'],
    ],
    ['a machine', { from: { name: null, address: 'osstest-admin@xenproject.org' }, body }, []],
    ['an announcement', { subject: 'Xen 4.16 RC1', body }, []],
    [
      'lines of a diff',
      { body: 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-memory = 512\n+memory = 1024\n' },
      [],
    ],
    [
      'the subject where the body is silent',
      { subject: 'Crash on Xen 4.17', body: 'See below.' },
      ['xen-version = 4.17 (host)'],
    ],
    [
      'not the subject where the body says more',
      { subject: 'Crash on Xen 4.13', body },
      ['xen-version = 4.13.1 (host)'],
    ],
  ])('%s', (_name, sketch, expected) => {
    expect(read(sketch)).toEqual(expected);
  });
});

it('gives whole provenance, quoted lines with their depth', () => {
  const message = makeMail({ subject: 'Re: a', parent: '0', body: 'Hm.\n> I am running\n> Xen 4.13.1 here.\n' });
  expect(findFacts(message, makeParts(message))).toEqual([
    {
      key: 'xen-version',
      value: '4.13.1',
      role: 'host',
      message: message.id,
      part: 'body',
      line: 3,
      quote: 'I am running Xen 4.13.1 here.',
      depth: 1,
    },
  ]);
});

it('never throws and always points at a line of its part', () => {
  const word = fc.constantFrom(
    'Xen ',
    '4.1',
    '.',
    ' = ',
    '[',
    '\n',
    '> ',
    'CPU: ',
    'Not tainted ',
    '(XEN) ',
    'command line: ',
    'kernel ',
    '5.10',
    '"',
    'pci=',
    'if I ',
    'works',
    '(',
    ' #1',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      const message = makeMail({ body: words.join('') });
      const count = words.join('').split('\n').length;
      for (const fact of findFacts(message, makeParts(message))) {
        expect(fact.line).toBeGreaterThan(0);
        expect(fact.line).toBeLessThanOrEqual(count);
        expect(fact.value).not.toBe('');
      }
    }),
  );
});
