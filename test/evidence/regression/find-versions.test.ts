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
