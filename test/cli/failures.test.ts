import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runHeddle } from './run-heddle.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MAIL =
  'From: Robin <robin@example.org>\nTo: list@example.org\nSubject: Hello\nMessage-ID: <a@example.org>\nDate: Thu, 28 Sep 2017 08:42:00 +0000\n\nGood morning.\n';
const good = join(folder, 'good.eml');
writeFileSync(good, MAIL);
const noStore = join(folder, 'none.db');
const broken = join(folder, 'broken.db');
writeFileSync(broken, 'this is no database, it only looks like a file'.repeat(100));

const ROWS = [
  { name: 'a missing file', argv: ['triage', join(folder, 'absent.mbox')], says: /absent\.mbox/ },
  { name: 'a missing store', argv: ['threads', '--store', noStore], says: /there is no store at .*none\.db/ },
  { name: 'a file that is no store', argv: ['threads', '--store', broken], says: /broken\.db/ },
  { name: 'nothing to check', argv: ['check'], says: /nothing to check/ },
  {
    name: 'a draft that is not there',
    argv: ['check', join(folder, 'absent.eml')],
    says: /absent\.eml: there is no such file/,
  },
  {
    name: 'a tree without MAINTAINERS',
    argv: ['maintainers', '--tree', folder, '-f', 'x.c'],
    says: /no MAINTAINERS file/,
  },
];

describe('what goes wrong', () => {
  it.each(ROWS)('is one clear line for $name', async ({ argv, says }) => {
    const { exitCode, err } = await runHeddle(argv);

    expect(exitCode).toBe(1);
    expect(err).toMatch(says);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('shows where it happened with -v', async () => {
    expect((await runHeddle(['threads', '--store', noStore, '-v'])).err).toMatch(/^ {4}at /m);
  });

  it('does not keep the good input from being read', async () => {
    const { exitCode, out } = await runHeddle(['triage', join(folder, 'absent.mbox'), good, '--json']);

    expect(exitCode).toBe(1);
    expect((JSON.parse(out) as { threads: { id: string }[] }).threads.map(({ id }) => id)).toEqual(['a@example.org']);
  });
});

describe('the store', () => {
  it('is filled, asked, and not filled twice', async () => {
    const store = join(folder, 'heddle.db');

    const first = await runHeddle(['import', good, '--store', store]);
    const second = await runHeddle(['import', good], { env: { HEDDLE_STORE: store } });
    const threads = await runHeddle(['threads', '--store', store, '--json']);
    const shown = await runHeddle(['show', '<a@example.org>', '--store', store, '--json']);
    const found = await runHeddle(['search', 'morning', '--store', store]);

    expect(first.out).toBe('imported 1 new, 0 already known, 1 threads, 0 failed\n');
    expect(second.out).toBe('imported 0 new, 1 already known, 1 threads, 0 failed\n');
    expect(JSON.parse(threads.out)).toEqual({ threads: [{ id: 'a@example.org', messages: ['a@example.org'] }] });
    expect(JSON.parse(shown.out)).toMatchObject({ schema: 'heddle.triage/1', threads: [{ subject: 'Hello' }] });
    expect(found.out).toContain('a@example.org');
  });

  it('names another day where the digest of a day is empty', async () => {
    const store = join(folder, 'heddle.db');
    await runHeddle(['import', good, '--store', store]);

    const { exitCode, err } = await runHeddle(['digest', '--store', store]);

    expect({ exitCode, err }).toEqual({
      exitCode: 0,
      err: 'heddle: nothing on that day; the newest mail is of 2017-09-28 (--day 2017-09-28)\n',
    });
  });
});
