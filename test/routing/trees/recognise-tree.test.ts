import { expect, it } from 'vitest';
import { recogniseTree } from '../../../src/routing/trees/recognise-tree.ts';

const XEN = 'THE REST\nM:\tAnn <ann@example.org>\nL:\txen-devel@lists.example.org\nF:\t*\n';
const XEN_MAKE =
  'export XEN_VERSION       = 4\nexport XEN_SUBVERSION    = 17\nexport XEN_EXTRAVERSION ?= .5$(XEN_VENDORVERSION)\n';

it.each([
  ['Xen', { MAINTAINERS: `${XEN}V:\txen-maintainers-1\n`, 'xen/Makefile': XEN_MAKE }, 'xen', 'xen', 'Xen 4.17.5'],
  ['Xen before its mark', { MAINTAINERS: `\n${XEN}` }, 'xen', 'xen', null],
  [
    'Linux',
    {
      MAINTAINERS: 'THE REST\nL:\tlinux-kernel@vger.kernel.org\n',
      Makefile: 'VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\nEXTRAVERSION = -rc2\n',
    },
    'linux',
    'linux',
    'Linux 6.1-rc2',
  ],
  ['QEMU', { MAINTAINERS: 'QEMU Maintainers\n', VERSION: '7.2.0\n' }, 'qemu', 'qemu', 'QEMU 7.2.0'],
  ['another project', { MAINTAINERS: 'ALPHA\nM:\tAnn <ann@example.org>\n' }, 'own', 'linux', null],
])('%s', (_what, files, project, dialect, label) => {
  const texts = new Map<string, string>(Object.entries(files));
  const known = recogniseTree('own', (path) => (texts.has(path) ? Buffer.from(texts.get(path) ?? '') : null));

  expect({ ...known, dialect: known?.dialect.name }).toEqual({ project, dialect, label });
});

it('no MAINTAINERS, no tree', () => {
  expect(recogniseTree('own', () => null)).toBeNull();
});
