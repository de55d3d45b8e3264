import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { runHeddle } from './run-heddle.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-check-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const LOG = 'It fails with Xen 4.18.2:\n(XEN) Xen version 4.18.2 (a@example.org) (gcc (GCC) 12.2) debug=y Mon May 6\n';
const mail = (id: string): string =>
  `From robin@example.org Thu Sep 28 08:42:00 2017\nMessage-ID: <${id}@example.org>\nFrom: robin@example.org\nSubject: Xen 4.18.2 does not start\n\nNothing on the screen.\n\n`;
const random = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * at * 31 + at * 7) % 256));

describe('check', () => {
  it.each([
    {
      name: 'an mbox of several mails',
      path: () => write('a.mbox', mail('1') + mail('2') + mail('3')),
      says: /a\.mbox: this is an mbox of 3 mails: use heddle triage/,
    },
    {
      name: 'the same, packed',
      path: () => write('b.gz', gzipSync(mail('1') + mail('2'))),
      says: /b\.gz: this is an mbox of 2 mails/,
    },
    {
      name: 'a gzip that ends early',
      path: () => write('c.gz', gzipSync(LOG.repeat(9)).subarray(0, -20)),
      says: /c\.gz: the gzip data ends early/,
    },
    { name: 'bytes without meaning', path: () => write('d.bin', random), says: /d\.bin: is no text/ },
    {
      name: 'an archive',
      path: () => write('e.zip', Buffer.from('504b030414000000', 'hex')),
      says: /e\.zip: is a zip archive/,
    },
  ])('refuses $name in one line', async ({ path, says }) => {
    const { exitCode, out, err } = await runHeddle(['check', path()]);
    expect([exitCode, out, err.trimEnd().split('\n').length]).toEqual([1, '', 1]);
    expect(err).toMatch(says);
  });

  it.each([
    { name: 'a log', bytes: Buffer.from(LOG) },
    { name: 'a packed log', bytes: gzipSync(LOG) },
    { name: 'a log of Windows', bytes: Buffer.from(`\ufeff${LOG}`, 'utf16le') },
    { name: 'a mail', bytes: Buffer.from(mail('1').replace(/^From .*\n/, '')) },
    {
      name: 'a mail with a NUL',
      bytes: Buffer.from(
        mail('1')
          .replace(/^From .*\n/, '')
          .replace('Nothing', 'Not\0hing'),
      ),
    },
    { name: 'an mbox of one mail', bytes: Buffer.from(mail('1')) },
  ])('reads $name and says what is missing', async ({ name, bytes }) => {
    const { exitCode, out, err } = await runHeddle(['check', write(`${name.replaceAll(' ', '-')}.txt`, bytes)]);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/xen-version\s+host\s+4\.18\.2/);
    expect(out).toMatch(/Worth adding\n {2}- /);
  });
});

describe('a path that is not there', () => {
  it.each(['absent.eml', 'some/where', './absent'])('is no thread: route %s', async (wanted) => {
    const { exitCode, err } = await runHeddle(['route', wanted, '--store', join(folder, 'none.db')]);
    expect([exitCode, err]).toEqual([1, `heddle: ${wanted}: no such file or folder\n`]);
  });

  it('is no place for a store', async () => {
    const store = join(folder, 'typo', 'dir', 'heddle.db');
    const { exitCode, err } = await runHeddle(['import', write('f.mbox', mail('1')), '--store', store]);
    expect([exitCode, err.trimEnd().split('\n').length]).toEqual([1, 1]);
    expect(err).toContain(`there is no folder ${join(folder, 'typo', 'dir')}; name another with --store`);
  });
});
