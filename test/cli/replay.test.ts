import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runHeddle } from './run-heddle.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-replay-'));
const examples = join(import.meta.dirname, '../../examples');
const mails = readdirSync(examples).map((name) => join(examples, name));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A store that was filled in one run for each of the paths, in this order. */
async function fill(name: string, runs: readonly (readonly string[])[]): Promise<string> {
  const store = join(folder, `${name}.db`);
  for (const paths of runs) await runHeddle(['import', ...paths, '--store', store]);
  return store;
}

/** Every file that a replay writes, by name, and what it says. */
async function replay(store: string, name: string, more: readonly string[] = []) {
  const out = join(folder, name);
  mkdirSync(out);
  const args = ['--from', '2017-09-27', '--to', '2017-10-05', '--formats', 'text,html,markdown,json,atom'];
  const ran = await runHeddle(['replay', ...args, '--out', out, '--store', store, ...more]);
  const files = readdirSync(out).toSorted();
  return { ran, files: files.map((file) => `${file}\n${readFileSync(join(out, file), 'utf8')}`) };
}

describe('heddle replay', () => {
  it('writes the same bytes again, and from mail that came bit by bit in another order', async () => {
    const whole = await fill('whole', [mails]);
    const bits = await fill(
      'bits',
      mails.toReversed().map((one) => [one]),
    );
    const first = await replay(whole, 'first');

    expect(first.files).toHaveLength(45);
    expect((await replay(whole, 'second')).files).toEqual(first.files);
    expect((await replay(bits, 'third')).files).toEqual(first.files);
  }, 60_000);

  it('tells each day against the one before, and says what would not be sent', async () => {
    const { ran, files } = await replay(await fill('told', [mails]), 'told');
    const texts = new Map(files.map((text) => [text.slice(0, text.indexOf('\n')), text]));

    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out.split('\n').filter((line) => line.includes('not sent')).length).toBeGreaterThan(2);
    expect(texts.get('2017-09-28.txt')).toContain('[NEW] Linux kernel regression with tmem');
    expect(texts.get('2017-09-29.txt')).toContain('[CHANGED] Linux kernel regression with tmem');
    expect(texts.get('2017-10-01.txt')).toContain('Nothing new.');
  }, 60_000);

  it.each([
    [
      'a folder that is not there',
      ['--from', '2017-09-28', '--to', '2017-09-28', '--out', join(folder, 'no')],
      1,
      /there is no folder/,
    ],
    [
      'days the wrong way round',
      ['--from', '2017-09-28', '--to', '2017-09-27', '--out', folder],
      2,
      /is before --from/,
    ],
    ['a day that is none', ['--from', '2017-09-31', '--to', '2017-10-02', '--out', folder], 2, /is no day/],
    [
      'a form that is none',
      ['--from', '2017-09-28', '--to', '2017-09-28', '--out', folder, '--formats', 'pdf'],
      2,
      /not pdf/,
    ],
    ['a century', ['--from', '1917-09-28', '--to', '2017-09-28', '--out', folder], 2, /at most 3660 days/],
  ])('refuses %s in one line', async (_name, args, exitCode, reason) => {
    const ran = await runHeddle(['replay', ...args, '--store', join(folder, 'whole.db')]);

    expect(ran).toMatchObject({ exitCode, out: '' });
    expect(ran.err.trim().split('\n')).toHaveLength(1);
    expect(ran.err).toMatch(reason);
  });
});

describe('the digest in the README', () => {
  it('is what heddle writes today', async () => {
    const readme = readFileSync(join(examples, '../README.md'), 'utf8');
    const sample = /^Needs you \(1\)\n[^`]*/m.exec(readme)?.[0].trimEnd().split('\n') ?? [];
    const args = ['--day', '2017-09-29', '--filter', 'to:me', '--me', 'konrad.wilk@oracle.com'];
    const { out } = await runHeddle(['digest', ...args, '--store', join(folder, 'whole.db')]);

    expect(sample.length).toBeGreaterThan(5);
    expect(sample.filter((line) => !out.split('\n').includes(line))).toEqual([]);
  });
});

describe('heddle digest --filter', () => {
  const digest = (...args: readonly string[]) =>
    runHeddle(['digest', '--day', '2017-09-29', '--store', join(folder, 'whole.db'), ...args]);

  it.each([
    ['a component that has the report', ['--component', 'tmem'], /tmem regression|regression with tmem/],
    ['a filter and a reader', ['--filter', 'to:me', '--me', 'konrad.wilk@oracle.com'], /Needs you \(1\)/],
    ['what was asked for', ['--filter', 'kind:crash'], /Only what matches kind:crash is shown\./],
  ])('shows %s', async (_name, args, words) => {
    const { out, exitCode } = await digest(...args);

    expect(exitCode).toBe(0);
    expect(out).toMatch(words);
  });

  it.each([
    ['a key that is none', ['--filter', 'owner:ann'], /--filter: there is no owner/],
    ['me without an address', ['--filter', 'to:me'], /say who that is, with --me/],
  ])('refuses %s', async (_name, args, reason) => {
    const { err, exitCode } = await digest(...args);

    expect({ exitCode, lines: err.trim().split('\n').length }).toEqual({ exitCode: 2, lines: 1 });
    expect(err).toMatch(reason);
  });
});
