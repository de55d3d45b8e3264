import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { runHeddle } from './run-heddle.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-bad-'));
afterAll(() => {
  chmodSync(join(folder, 'locked'), 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const SEPARATOR = 'From robin@example.org Thu Sep 28 08:42:00 2017\n';

interface Sketch {
  readonly head?: string;
  readonly body?: string;
}

function mail(id: string, { head = '', body = `The text of ${id}.\n` }: Sketch = {}): string {
  return `Message-ID: <${id}@example.org>\nFrom: Robin <robin@example.org>\nTo: list@example.org\nDate: Thu, 28 Sep 2017 08:42:00 +0000\nSubject: About ${id}\n${head}\n${body}`;
}

function mbox(...mails: readonly string[]): string {
  return mails.map((one) => `${SEPARATOR}${one}\n`).join('');
}

function nested(depth: number): string {
  const opening = Array.from({ length: depth }, (_, at) => {
    const boundary = `b${at}`;
    return `Content-Type: multipart/mixed; boundary=${boundary}\n\n--${boundary}\n`;
  });
  return `${opening.join('')}Content-Type: text/plain\n\nThe innermost text.\n`;
}

function chain(length: number): string {
  const ids = Array.from({ length }, (_, at) => `chain-${at}`);
  return mbox(
    ...ids.map((id, at) =>
      mail(id, { head: at === 0 ? '' : `In-Reply-To: <${ids[at - 1] ?? ''}@example.org>\n`, body: 'Yes.\n' }),
    ),
  );
}

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function nonsense(): string {
  const path = join(folder, 'nonsense');
  mkdirSync(path);
  writeFileSync(join(path, 'picture.png'), Buffer.from('89504e470d0a1a0a00000000', 'hex'));
  writeFileSync(join(path, 'notes.txt'), 'Nothing but words.\n'.repeat(50));
  return path;
}

const three = mbox(mail('one'), mail('two'), mail('three', { body: 'It goes on, and on.\n'.repeat(20) }));
const packed = gzipSync(
  mbox(...Array.from({ length: 300 }, (_, at) => mail(`packed-${at}`, { body: String(Math.sin(at)) }))),
);

interface Row {
  readonly name: string;
  readonly path: () => string;
  /** Mails that are read all the same; a number where only part of a file is there, at least so many. */
  readonly mails: number;
  readonly threads?: number;
  /** What the one line on standard error says; nothing where the result is sound. */
  readonly says?: RegExp;
  /** The same of a mail that is read in part, which is no failure. */
  readonly cuts?: RegExp;
}

const ROWS: readonly Row[] = [
  {
    name: 'a missing file',
    path: () => join(folder, 'absent.mbox'),
    mails: 0,
    says: /absent\.mbox: no such file or folder/,
  },
  { name: 'a directory of nonsense', path: nonsense, mails: 0, says: /nonsense: .*no mail/ },
  { name: 'an empty file', path: () => write('empty.mbox', ''), mails: 0, says: /empty\.mbox: / },
  { name: 'a picture', path: () => write('a.png', Buffer.alloc(5000, 7)), mails: 0, says: /a\.png: / },
  {
    name: 'a truncated mbox',
    path: () => write('cut.mbox', three.slice(0, -30)),
    mails: 3,
    says: /cut\.mbox.*(?:ends|cut)/,
  },
  {
    name: 'a gzip that ends early',
    path: () => write('early.mbox.gz', packed.subarray(0, Math.floor(packed.length / 2))),
    mails: 50,
    says: /early\.mbox\.gz: .*(?:ends|damaged)/,
  },
  {
    name: 'a gzip of nothing',
    path: () => write('hollow.mbox.gz', packed.subarray(0, 12)),
    mails: 0,
    says: /hollow\.mbox\.gz: /,
  },
  {
    name: 'a mail of 60 MB',
    path: () =>
      write(
        'large.mbox',
        mbox(mail('before'), mail('large', { body: 'It is long.\n'.repeat(5_250_000) }), mail('after')),
      ),
    mails: 3,
    cuts: /large\.mbox.*: body is too long: its lines \d+ to \d+ were left out$/,
  },
  {
    name: 'a line of 10 MB',
    path: () => write('line.eml', mail('line', { body: `It is long: ${'x'.repeat(10_000_000)}\nThe end.\n` })),
    mails: 1,
    cuts: /line\.eml: body: line 1 was cut after 16384 characters$/,
  },
  {
    name: 'a header line of 10 MB',
    path: () => write('head.eml', mail('head', { head: `X-Long: ${'x '.repeat(5_000_000)}\n` })),
    mails: 1,
  },
  {
    name: 'MIME nested 1,000 deep',
    path: () => write('deep.eml', mail('deep', { head: nested(1000).trimEnd() })),
    mails: 1,
    cuts: /deep\.eml: parts nested more than 30 deep were left out$/,
  },
  { name: 'a chain of 5,000 replies', path: () => write('chain.mbox', chain(5000)), mails: 5000, threads: 1 },
  {
    name: 'a mail that references itself',
    path: () =>
      write('self.eml', mail('self', { head: 'References: <self@example.org>\nIn-Reply-To: <self@example.org>\n' })),
    mails: 1,
  },
  {
    name: 'two mails that answer each other',
    path: () =>
      write(
        'loop.mbox',
        mbox(
          mail('hen', { head: 'References: <egg@example.org>\n' }),
          mail('egg', { head: 'References: <hen@example.org>\n' }),
        ),
      ),
    mails: 2,
    threads: 1,
  },
  { name: 'a mail with a byte order mark', path: () => write('mark.eml', `\ufeff${mail('mark')}`), mails: 1 },
  {
    name: 'nothing but a header',
    path: () => write('bare.eml', 'Message-ID: <bare@example.org>\nFrom: a@example.org\n'),
    mails: 1,
  },
];

const good = write('good.eml', mail('good'));

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !/ (?:mails read|threads judged), \d+\/s$/.test(line));
}

describe('bad input', { timeout: 120_000 }, () => {
  it.each(ROWS)('$name is one clear line or a sound result, for triage and import', async ({ name, path, ...row }) => {
    const given = path();
    const store = join(folder, `${name.replace(/\W+/g, '-')}.db`);
    const triage = await runHeddle(['triage', given, good, '--json']);
    const brought = await runHeddle(['import', given, good, '--store', store]);

    const { threads } = JSON.parse(triage.out) as { threads: { id: string; messages: unknown[] }[] };
    const read = threads.reduce((sum, thread) => sum + thread.messages.length, 0) - 1;
    const counted =
      /^imported (?<mails>\d+) new, 0 already known, (?<threads>\d+) threads, (?<failed>\d+) failed\n$/.exec(
        brought.out,
      );
    const failed = row.says === undefined ? 0 : 1;
    expect(threads.map(({ id }) => id)).toContain('good@example.org');
    expect(Number(counted?.groups?.['mails']) - 1).toBe(read);
    expect(Number(counted?.groups?.['threads'])).toBe(threads.length);
    expect(counted?.groups?.['failed']).toBe(String(failed));
    if (row.threads !== undefined) expect(threads.length).toBe(row.threads + 1);
    if (name.includes('early')) expect(read).toBeGreaterThanOrEqual(row.mails);
    else expect(read).toBe(row.mails);
    for (const { exitCode, err } of [triage, brought]) {
      expect(exitCode).toBe(failed);
      const told = row.says ?? row.cuts;
      expect(linesOf(err)).toHaveLength(told === undefined ? 0 : 1);
      if (told !== undefined) expect(linesOf(err)[0]).toMatch(told);
    }
  });
});

const locked = join(folder, 'locked');
mkdirSync(locked);

/** The rights of files do not bind the superuser. */
const isBound = process.getuid?.() !== 0;

describe('a store that cannot be written', () => {
  it.skipIf(!isBound)('is one clear line: its folder may not be written to', async () => {
    chmodSync(locked, 0o500);
    const { exitCode, err } = await runHeddle(['import', good, '--store', join(locked, 'heddle.db')]);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/locked\/heddle\.db: cannot be opened as a store/);
    expect(linesOf(err)).toHaveLength(1);
  });

  it.skipIf(!isBound)('is one clear line: its file may not be written to', async () => {
    const store = join(folder, 'frozen.db');
    await runHeddle(['import', good, '--store', store]);
    chmodSync(store, 0o400);
    const { exitCode, err } = await runHeddle(['import', write('more.eml', mail('more')), '--store', store]);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/frozen\.db: .*(?:may not be written to|cannot be opened)/);
    expect(linesOf(err)).toHaveLength(1);
  });

  it.each([
    { name: 'is a folder', path: () => folder },
    { name: 'lies in a file', path: () => join(good, 'heddle.db') },
  ])('is one clear line: it $name', async ({ path }) => {
    const { exitCode, err } = await runHeddle(['import', good, '--store', path()]);
    expect(exitCode).toBe(1);
    expect(linesOf(err)).toHaveLength(1);
    expect(err).toMatch(/cannot be (?:opened|made).*; name another/);
  });
});
