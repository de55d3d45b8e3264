/** `heddle follow`: what is written down, and one line for everything that cannot be followed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, startFaultyServer, writeFeed, type FaultyServer } from '../mailbox/archive/faulty-server.ts';
import { runHeddle } from './run-heddle.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-follow-'));
const store = join(folder, 'heddle.db');
let server: FaultyServer;

beforeAll(async () => {
  server = await startFaultyServer();
  const feed = answer(writeFeed([{ id: 'a@example.org', received: 1_715_731_200 }]));
  server.answers.set('new.atom', feed);
  server.answers.set('/months/', answer('<a href="2024-04.mbox.gz"><a href="2024-05.mbox.gz">'));
  server.answers.set('/page/', answer('<html><title>News</title></html>'));
  server.answers.set('/page/new.atom', answer('<html><title>News</title></html>'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `BASE` is the list, `HOST` its server. */
const run = async (...args: string[]) => {
  const host = server.base.replace('/list/', '');
  const ran = await runHeddle([
    'follow',
    ...args.map((one) => one.replace('BASE', server.base).replace('HOST', host)),
    '--store',
    store,
  ]);
  const clean = (text: string): string => text.replaceAll(server.base, 'BASE').replaceAll(host, 'HOST');
  return { exitCode: ran.exitCode, out: clean(ran.out), err: clean(ran.err) };
};

describe('heddle follow', () => {
  it('says what it found, and how to go on', async () => {
    expect(await run('BASE')).toEqual({
      exitCode: 0,
      out: [
        'archive   BASE (a list)',
        'by        its web pages (Atom feed, threads, search)',
        'newest    2024-05-15 00:00 UTC',
        'old mail  is read, newest first',
        'followed as list: heddle watch reads it from now on',
        '',
      ].join('\n'),
      err: '',
    });
  });

  it.each([
    ['an address of a mail', ['BASEa@example.org/T/#t', '--name', 'mail'], { name: 'mail', url: 'BASE', kind: 'http' }],
    [
      'a day',
      ['BASE', '--name', 'day', '--since', '2024-01-31'],
      { url: 'BASE#since=2024-01-31', backFill: 'newest-first' },
    ],
    ['only what comes', ['BASE', '--name', 'now', '--since', 'now'], { url: 'BASE', backFill: 'none' }],
    ['in order', ['BASE', '--name', 'order', '--oldest-first'], { backFill: 'in-order', secret: null, tls: 'none' }],
    ['months', ['HOST/months/'], { name: 'months', url: 'HOST/months/#form=monthly', kind: 'http' }],
    ['a second way', ['BASE', '--by', 'http', '--since', '2024-02-01'], { name: 'list-http' }],
    ['the same once more', ['BASE'], { name: 'list', url: 'BASE' }],
  ])('%s is written down', async (_name, args, expected) => {
    const { exitCode, out, err } = await run(...args, '--json');

    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect((JSON.parse(out) as { mailbox: object }).mailbox).toMatchObject(expected);
  });

  it.each([
    [
      'a name that nobody knows',
      ['xen-foo'],
      1,
      /^heddle: no archive of xen-foo is known: give its address; known are xen-devel, /,
    ],
    [
      'nothing that listens',
      ['http://127.0.0.1:1/list/'],
      1,
      /^heddle: http:\/\/127\.0\.0\.1:1\/list\/manifest\.js\.gz: .{1,60}\n$/,
    ],
    ['a page that is no archive', ['HOST/page/'], 1, /^heddle: HOST\/page\/: is no archive that can be followed/],
    [
      'git where there is none',
      ['BASE', '--by', 'git'],
      1,
      /^heddle: BASE: is no archive that can be followed: wanted is a page with a git repository/,
    ],
    ['IMAP where nothing is said of it', ['BASE', '--by', 'imap'], 1, /^heddle: BASE: says nothing of IMAP/],
    ['a folder that is no mirror', [folder], 1, /: is no public-inbox archive/],
    ['a folder that is not there', [join(folder, 'nothing')], 1, /: is no public-inbox archive/],
    ['another protocol', ['ftp://example.org/list'], 2, /^heddle: ftp:\/\/example\.org\/list: archives are at/],
    ['a helper of git', ['ext::sh -c true/'], 2, /: archives are at/],
    ['a day that is none', ['BASE', '--since', '2024-02-30'], 2, /^heddle: --since wants a day/],
    [
      'a name that is taken',
      ['HOST/months/', '--name', 'list'],
      1,
      /^heddle: list is followed already, at another address/,
    ],
    [
      "a mailbox of one's own",
      ['imaps://bot@mail.example.org/list'],
      2,
      /a mailbox of your own is for heddle subscribe\n$/,
    ],
    [
      'a day over IMAP',
      ['imaps://mail.example.org/list', '--since', '2024-01-01'],
      2,
      /^heddle: --since with a day cannot be had by IMAP/,
    ],
  ])('%s is one line', async (_name, args, exitCode, line) => {
    const ran = await run(...args);

    expect(ran.exitCode).toBe(exitCode);
    expect(ran.err).toMatch(line);
    expect(ran.err.split('\n').length).toBe(2);
    expect(ran.out).toBe('');
  });
});
