import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { mail, readAllOf, temporaryFolder } from './mails.ts';

const mbox = (from: number, count: number): string =>
  Array.from({ length: count }, (_, at) => `From mboxrd@z Thu Jan  1 00:00:00 1970\n${mail(from + at)}\n`).join('');

/** Writes files by their path below a new folder, which it returns. */
function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const root = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

describe('openMail', () => {
  it.each([
    { name: 'one mail', content: mail(1), mails: [mail(1)] },
    { name: 'an mbox', content: mbox(1, 3), mails: [1, 2, 3].map((number) => mail(number)) },
    { name: 'a gzipped mbox', content: gzipSync(mbox(1, 3)), mails: [1, 2, 3].map((number) => mail(number)) },
    {
      name: 'two gzip files glued together',
      content: Buffer.concat([gzipSync(mbox(1, 1)), gzipSync(mbox(2, 1))]),
      mails: [mail(1), mail(2)],
    },
    { name: 'a gzipped mail', content: gzipSync(mail(1)), mails: [mail(1)] },
  ])('reads $name, whatever the file is called, and from standard input', async ({ content, mails }) => {
    const path = join(folderOf({ 'note.dat': content }), 'note.dat');

    expect(await readAllOf(path)).toEqual({ mails, failures: [], cursors: [] });
    expect(await readAllOf('-', { stdin: Readable.from([Buffer.from(content)]) })).toEqual({
      mails,
      failures: [],
      cursors: [],
    });
  });

  it('reads a maildir with its folders, without what is still being delivered', async () => {
    const root = folderOf({
      'cur/1:2,S': mail(1),
      'new/2': mail(2),
      'tmp/3': mail(3),
      '.Lists.xen/cur/4:2,': mail(4),
      '.Lists.xen/new/5': mail(5),
      'dovecot-uidlist': '3 V1 N5\n',
      maildirsize: '1000S\n',
    });

    const { mails, failures } = await readAllOf(root);

    expect(mails.toSorted()).toEqual([1, 2, 4, 5].map((number) => mail(number)));
    expect(failures).toEqual([]);
  });

  it('reads a folder of mails, below too, in the order of names, and passes over what is no mail', async () => {
    const root = folderOf({ 'b/01.eml': mail(2), 'a/02.eml': mail(1), 'a/labels.json': '{}', 'c.mbox': mbox(3, 2) });
    symlinkSync(root, join(root, 'a', 'loop'));

    const { mails, failures } = await readAllOf(root);

    expect(mails).toEqual([3, 4, 1, 2].map((number) => mail(number)));
    expect(failures).toEqual([]);
  });

  it('complains about a file in a folder only where its name claims to be mail', async () => {
    const root = folderOf({ '1.eml': mail(1), '2.eml': 'no mail', 'notes.txt': 'no mail' });

    expect((await readAllOf(root)).failures).toEqual([
      `${join(root, '2.eml')}: is text but no mail: no header lines such as From: and Subject: (a pasted log is read by \`heddle check\`)`,
    ]);
  });
});

describe('openMail on bad input', () => {
  it('names a missing file', async () => {
    const path = join(temporaryFolder(), 'missing.mbox');

    expect(await readAllOf(path)).toEqual({ mails: [], failures: [`${path}: no such file or folder`], cursors: [] });
  });

  it('says that a folder of nonsense holds no mail', async () => {
    const root = folderOf({ a: 'x', 'b/c': Buffer.from([0, 1, 2]), 'b/d': '' });

    expect(await readAllOf(root)).toEqual({
      mails: [],
      failures: [`${root}: holds no mail: looked at 3 files`],
      cursors: [],
    });
  });

  it('says that a folder is empty, and that nothing comes from standard input', async () => {
    const root = temporaryFolder();

    expect((await readAllOf(root)).failures).toEqual([`${root}: is an empty folder`]);
    expect((await readAllOf('-')).failures).toEqual(['standard input: is not connected: name a file or a folder']);
    expect((await readAllOf('-', { stdin: Readable.from([]) })).failures).toEqual(['standard input: is empty']);
  });

  it('keeps the mails of a truncated mbox, and what there is of the last', async () => {
    const path = join(folderOf({ x: mbox(1, 3).slice(0, -6) }), 'x');

    const { mails, failures } = await readAllOf(path);

    expect(mails).toEqual([mail(1), mail(2), mail(3).slice(0, -5)]);
    expect(failures).toEqual([
      `${path}, mail 3: ends in the middle of a line: the mbox seems to be cut off; what is there was read`,
    ]);
  });

  it.each([
    { name: 'ends early', damage: (packed: Buffer) => packed.subarray(0, packed.length - 400) },
    {
      name: 'is damaged in the middle',
      damage: (packed: Buffer) => Buffer.concat([packed.subarray(0, packed.length - 400), Buffer.alloc(400, 0xff)]),
    },
  ])('keeps the mails before the place where a gzip $name', async ({ damage }) => {
    const noise = (number: number): string =>
      Array.from({ length: 40 }, (_, at) => `${Math.sin(number * 100 + at)}\n`).join('');
    const all = Array.from({ length: 500 }, (_, at) => mail(at, noise(at)));
    const packed = gzipSync(all.map((text) => `From mboxrd@z Thu Jan  1 00:00:00 1970\n${text}\n`).join(''));
    const path = join(folderOf({ 'x.gz': damage(packed) }), 'x.gz');

    const { mails, failures } = await readAllOf(path);

    expect(mails.length).toBeGreaterThan(490 - 400);
    expect(mails.slice(0, -1)).toEqual(all.slice(0, mails.length - 1));
    expect(failures).toEqual([
      `${path}: the gzip data ends early or is damaged; what came before was read: fetch the file again`,
    ]);
  });

  it('reads a mail of 60 MB between two others', async () => {
    const long = mail(2, `${'x'.repeat(75)}\n`.repeat(Math.ceil((60 * 1024 * 1024) / 76)));
    const path = join(
      folderOf({
        x: `From a@example.org Thu Sep 28 08:42:00 2017\n${mail(1)}\nFrom a@example.org Thu Sep 28 08:42:00 2017\n${long}\n${mbox(3, 1)}`,
      }),
      'x',
    );

    const { mails, failures } = await readAllOf(path);

    expect(mails.map(({ length }) => length)).toEqual([mail(1).length, long.length, mail(3).length]);
    expect(failures).toEqual([]);
  });

  it('reads a mail with a line of 10 MB', async () => {
    const path = join(
      folderOf({
        x: `${mbox(1, 1)}From mboxrd@z Thu Jan  1 00:00:00 1970\n${mail(2, 'y'.repeat(10_000_000))}\n\n${mbox(3, 1)}`,
      }),
      'x',
    );

    const { mails, failures } = await readAllOf(path);

    expect(mails.map(({ length }) => length)).toEqual([
      mail(1).length,
      mail(2, '').length + 10_000_001,
      mail(3).length,
    ]);
    expect(failures).toEqual([]);
  });
});
