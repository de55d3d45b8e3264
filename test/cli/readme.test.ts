import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runHeddle } from './run-heddle.ts';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

describe('the documents', () => {
  it.each(['npm ci && npm run demo', 'npm ci && npm test'])('give `%s` on one line', (command) => {
    expect(
      read('README.md')
        .split('\n')
        .map((line) => line.trim()),
    ).toContain(command);
  });

  it('name only commands that exist, and all of them', async () => {
    const { out } = await runHeddle(['--help']);
    const known = [...out.matchAll(/^ {2}(?<name>[a-z]+) /gm)].map((match) => match.groups?.['name']);
    const named = [...read('README.md').matchAll(/\| `heddle (?<name>[a-z]+)/g)].map((match) => match.groups?.['name']);

    expect(named.toSorted()).toEqual(known.filter((name) => name !== 'help').toSorted());
  });

  it.each(DOCUMENTS)('point at files that exist: %s', (name) => {
    const paths = [...read(name).matchAll(/`(?<path>(?:src|test|data|scripts|examples|\.ci)\/[\w./-]*)`/g)];

    expect(paths.map((match) => match.groups?.['path'] ?? '').filter((path) => !existsSync(join(root, path)))).toEqual(
      [],
    );
  });

  it.each(['triage', 'digest', 'search', 'show'])('and the help of %s speak of options that exist', async (command) => {
    const { out } = await runHeddle([command, '--help']);
    const [usage = '', examples = ''] = out.split('Examples:');
    const used = [...examples.matchAll(/--[a-z-]+/g)].map(([option]) => option);

    expect(used.filter((option) => !usage.includes(option))).toEqual([]);
  });
});
