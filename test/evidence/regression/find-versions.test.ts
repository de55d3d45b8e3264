import { describe, expect, it } from 'vitest';
import { findVersions } from '../../../src/evidence/regression/find-versions.ts';

const read = (text: string): string[] =>
  findVersions(text).map(({ version, component, foreign }) => `${component ?? (foreign ? 'foreign' : '-')} ${version}`);

describe('findVersions', () => {
  it.each<[string, string[]]>([
    ['Xen 4.19 fails', ['xen 4.19']],
    ['the kernel is 4.19', ['linux 4.19']],
    ['a 4.19 kernel', ['linux 4.19']],
    ['linux-5.4.y and xen-4.9.2', ['linux 5.4.y', 'xen 4.9.2']],
    ['6.16-rc6', ['linux 6.16-rc6']],
    ['Linux-6.1.0-rc5', ['linux 6.1.0-rc5']],
    ['since 4.19.143', ['linux 4.19.143']],
    ['4.20-unstable', ['xen 4.20-unstable']],
    ['Debian kernel 5.8.3+1~exp1', ['linux 5.8.3+1~exp1']],
    ['qemu-6.2.0-r4, xen-4.16.0-r5', ['qemu 6.2.0-r4', 'xen 4.16.0-r5']],
    ['on Debian 11 and Ubuntu 20.04', ['foreign Debian 11', 'foreign Ubuntu 20.04']],
    ['gcc 8.3.0', ['foreign 8.3.0']],
    ['v4.1.44..v4.4.89', ['linux 4.1.44', 'linux 4.4.89']],
    ['on the latest staging', ['xen staging']],
    ['Xen 4.18.', ['xen 4.18']],
    ['QEMU 5.1', ['qemu 5.1']],
    ['the BIOS 1.40', ['firmware 1.40']],
    ['4.12.x', ['- 4.12.x']],
    ['6.13.6-1.qubes.fc37', ['linux 6.13.6-1.qubes.fc37']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    'at 9.39Gbits/sec',
    '192.168.0.1',
    'takes 20.5 seconds',
    'a load of 0.75',
    '(hd0,0)',
    'about 3.5 GB',
    '95.5% of it',
    'x86_64',
    'https://example.org/xen-4.12/x',
    'file.c:12.34:56',
  ])('none in %s', (text) => {
    expect(read(text)).toEqual([]);
  });
});

/** Which program a number belongs to; `-` where that is not said, `foreign` where it is none of ours. */
describe('the program of a version', () => {
  it.each([
    ['The guest dies since QEMU 8.2, 8.1 was fine', '8.2 qemu, 8.1 qemu'],
    ['Regression in 8.2: USB passthrough is dead, QEMU 8.1.3 works', '8.2 qemu, 8.1.3 qemu'],
    ['8.2.0 hangs, 8.1.5 does not', '8.2.0 -, 8.1.5 -'],
    ['7.1 hangs', '7.1 -'],
    ['7.0-rc3 hangs', '7.0-rc3 linux'],
    ['The device model was updated from 7.0 to 8.0', '7.0 qemu, 8.0 qemu'],
    ['The qemu-xen tree of 4.17', '4.17 xen'],
    ['virsh 8.0 cannot define it', '8.0 libvirt'],
    ['SeaBIOS 1.16.0 is fine, 1.16.2 is not', '1.16.0 firmware, 1.16.2 firmware'],
    ['With OVMF 2023.05 it boots, with OVMF 2023.11 not', '2023.05 firmware, 2023.11 firmware'],
    ['U-Boot 2024.01 loads it', ''],
    ['GRUB 2.06 loads it, GRUB 2.12 does not', '2.06 foreign, 2.12 foreign'],
    ['Worked on 4.17, fails on 4.18 (xl hangs)', '4.17 xen, 4.18 xen'],
    ['Worked on 4.14.180, fails on 4.14.184', '4.14.180 linux, 4.14.184 linux'],
    ['Worked on 4.9, fails on 4.14', '4.9 -, 4.14 -'],
    ['kernel 4.20 with Xen 4.20', '4.20 linux, 4.20 xen'],
    ['oxenstored from 4.16 crashes, 4.15 is fine', '4.16 xen, 4.15 xen'],
  ])('%s', (text, expected) => {
    const told = findVersions(text).map(
      ({ version, component, foreign }) => `${version} ${foreign ? 'foreign' : (component ?? '-')}`,
    );
    expect(told.join(', ')).toBe(expected);
  });
});
