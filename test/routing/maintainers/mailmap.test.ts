import { expect, it } from 'vitest';
import { XEN } from '../../../src/routing/maintainers/dialect.ts';
import { mapPerson, readMailmap } from '../../../src/routing/maintainers/mailmap.ts';

const map = readMailmap(
  [
    '# comment',
    'Ann Right <ann@example.org>',
    '<bob@example.org> <bob@old.example.org>',
    'Cy Right <cy@example.org> <cy@old.example.org>',
    'Dee Right <dee@example.org> Dee Wrong <shared@example.org>',
    'nonsense',
  ].join('\n'),
  XEN,
);

it.each([
  ['a name for an address', 'Ann W <ann@example.org>', 'Ann Right <ann@example.org>'],
  ['an address for an address', 'Bob <bob@old.example.org>', 'Bob <bob@example.org>'],
  ['both', 'C <cy@old.example.org>', 'Cy Right <cy@example.org>'],
  ['by name and address', 'Dee Wrong <shared@example.org>', 'Dee Right <dee@example.org>'],
  ['not by the address alone', 'Eve <shared@example.org>', 'Eve <shared@example.org>'],
])('%s', (_what, from, to) => {
  expect(mapPerson(from, map, XEN)).toBe(to);
});
