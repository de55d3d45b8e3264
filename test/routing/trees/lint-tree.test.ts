import { expect, it } from 'vitest';
import { XEN } from '../../../src/routing/maintainers/dialect.ts';
import { readMaintainers } from '../../../src/routing/maintainers/section.ts';
import { lintTree } from '../../../src/routing/trees/lint-tree.ts';

const FILE = `
ALPHA
M:	Ann Hale <ann@example.org>
S:	Supported
F:	alpha/
F:	gone/*.c
N:	nothing
X:	alpha/none.c

BETA
M:	Bo Lund <bo@example.org>
F:	alpha/
F:	beta/*.c

LOST
L:	lost@example.org
S:	Maintained
F:	lost.c

LEFT
S:	Orphan
F:	left.c

THE REST
M:	Cy Dahl <cy@example.org>
F:	*
F:	*/
`;

it('a file of entries is checked against the files of its tree', () => {
  const file = readMaintainers(FILE, XEN);

  expect(lintTree(file, ['README', 'alpha/one.c', 'beta/two.c', 'beta/two.h', 'left.c', 'lost.c'])).toEqual({
    dead: [
      { section: 'ALPHA', pattern: 'F: gone/*.c' },
      { section: 'ALPHA', pattern: 'N: nothing' },
      { section: 'ALPHA', pattern: 'X: alpha/none.c' },
    ],
    uncovered: ['README', 'beta/two.h'],
    nobody: ['LOST'],
    ties: [{ path: 'alpha/one.c', sections: ['ALPHA', 'BETA'] }],
  });
});
