import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runHeddle } from './run-heddle.ts';

const REST =
  'THE REST\nM:\tRae Stone <rae@example.org>\nL:\txen-devel@lists.example.org\nS:\tSupported\nF:\t*\nF:\t*/\nV:\txen-maintainers-1\n';
const TMEM = 'TRANSCENDENT MEMORY (TMEM)\nM:\tKim Old <kim@example.org>\nS:\tSupported\nF:\txen/common/tmem.c\n\n';
const SCHED = 'SCHEDULING\nM:\tDee New <dee@example.org>\nS:\tSupported\nF:\txen/common/sched.c\n\n';
const MAKE = 'export XEN_VERSION = 4\nexport XEN_SUBVERSION = 10\nexport XEN_EXTRAVERSION ?= -unstable\n';
const MAIL =
  'From: ann@example.org\nTo: xen-devel@lists.example.org\nSubject: crash in tmem\nMessage-ID: <a@example.org>\nDate: Thu, 28 Sep 2017 08:00:00 +0000\n\nThe hypervisor crashed:\n\n(XEN) Xen BUG at tmem.c:123\n(XEN) ----[ Xen-4.10-unstable  x86_64  debug=y ]----\n(XEN) CPU:    0\n(XEN) RIP:    e008:[<ffff82d08013c123>] tmem_zork+0x10/0x20\n(XEN) Xen call trace:\n(XEN)    [<ffff82d08013c123>] tmem_zork+0x10/0x20\n(XEN)    [<ffff82d08013c223>] do_zork_op+0x10/0x20\n';

let top = '';
let env: Record<string, string> = {};

function write(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function git(folder: string, args: readonly string[], day = '2020-01-01'): void {
  const date = `${day}T12:00:00Z`;
  const who = ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...who, ...args], {
    cwd: folder,
    env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    stdio: 'ignore',
  });
}

/** A repository in which tmem and its maintainer go away in 2019. */
function makeRepository(folder: string): string {
  mkdirSync(folder, { recursive: true });
  git(folder, ['init', '.']);
  write(folder, {
    MAINTAINERS: `${TMEM}${REST}`,
    'xen/Makefile': MAKE,
    'xen/common/tmem.c': 'void tmem_zork(void)\n{\n}\n',
  });
  git(folder, ['add', '.']);
  git(folder, ['commit', '-m', 'one'], '2017-01-01');
  rmSync(join(folder, 'xen/common/tmem.c'));
  write(folder, {
    MAINTAINERS: `${SCHED}${REST}`,
    'xen/Makefile': MAKE.replace('10', '13'),
    'xen/common/sched.c': 'void sched_zork(void)\n{\n}\n',
  });
  git(folder, ['add', '-A', '.']);
  git(folder, ['commit', '-m', 'two'], '2019-05-01');
  return folder;
}

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'heddle-trees-test-'));
  makeRepository(join(top, 'checkout'));
  git(top, ['clone', '--bare', 'checkout', 'bare.git']);
  write(join(top, 'plain'), {
    MAINTAINERS: `${SCHED}${REST}`,
    'xen/common/sched.c': 'void sched_zork(void)\n{\n}\n',
    'xen/arch/x86/entry.S': 'ENTRY(zork_enter)\n',
  });
  symlinkSync('/', join(top, 'plain/xen/root'));
  symlinkSync('..', join(top, 'plain/xen/loop'));
  symlinkSync('/etc/passwd', join(top, 'plain/xen/secret.c'));
  const snapshot = write(join(top, 'xen-2017-09'), { MAINTAINERS: `${TMEM}${REST.replace(/^V.*\n/m, '')}` });
  writeFileSync(join(snapshot, 'files.txt.gz'), gzipSync('xen/common/tmem.c\nREADME\n'));
  writeFileSync(join(snapshot, 'symbols.tsv.gz'), gzipSync('tmem_zork\txen/common/tmem.c\n'));
  write(join(top, 'empty'), { 'a.c': 'int a;\n' });
  write(join(top, 'mail'), { 'a.eml': MAIL });
});

afterAll(() => {
  rmSync(top, { recursive: true, force: true });
});

beforeEach(() => {
  env = { HEDDLE_TREES: mkdtempSync(join(top, 'kept-')), PATH: process.env['PATH'] ?? '' };
});

const run = (...argv: string[]) =>
  runHeddle(
    argv.map((word) => word.replace('TOP', top)),
    { env },
  );
const list = async (): Promise<
  readonly { name: string; kind: string; date: string; label: string; functions: number }[]
> => (JSON.parse((await run('trees', '--json')).out) as { trees: [] }).trees;

describe('a tree is added', () => {
  it.each([
    ['a folder', 'TOP/plain', [], 'directory', null, 'own', 2],
    ['a checkout', 'TOP/checkout', [], 'checkout', '2019-05-01', 'Xen 4.13-unstable', 1],
    ['a bare repository', 'TOP/bare.git', [], 'repository', '2019-05-01', 'Xen 4.13-unstable', 1],
    ['a copy of one', 'file://TOP/bare.git', [], 'clone', '2019-05-01', 'Xen 4.13-unstable', 1],
    ['a day of one', 'TOP/checkout', ['--as-of', '2018-01-01'], 'repository', '2017-01-01', 'Xen 4.10-unstable', 1],
    ['a snapshot', 'TOP/xen-2017-09', [], 'snapshot', '2017-09', 'own', 1],
    ['what was said of it', 'TOP/plain', ['--date', '2020-02', '--label', 'Mine'], 'directory', '2020-02', 'Mine', 2],
  ])('%s', async (_what, source, options, kind, date, label, functions) => {
    const added = await run('trees', 'add', 'own', source, ...options);

    expect({ exitCode: added.exitCode, out: added.out }).toMatchObject({
      exitCode: 0,
      out: /^added own: /.exec(added.out) && added.out,
    });
    const [own] = await list();
    expect(own).toMatchObject({ name: 'own', kind, label, functions, ...(date === null ? {} : { date }) });
    expect((await run('trees', 'update', 'own')).exitCode).toBe(0);
    expect((await list())[0]).toEqual(own);
    expect((await run('trees', 'remove', 'own')).out).toBe('removed own\n');
    expect(readdirSync(env['HEDDLE_TREES'] ?? '')).toEqual([]);
  });

  it('in place of a bundled one, which comes back', async () => {
    await run('trees', 'add', 'xen-2017-09', 'TOP/xen-2017-09');
    expect((await list()).filter(({ name }) => name === 'xen-2017-09').map(({ kind }) => kind)).toEqual(['snapshot']);
    expect((await run('trees', 'remove', 'xen-2017-09')).out).toContain('counts again');
    expect((await list()).filter(({ name }) => name === 'xen-2017-09').map(({ kind }) => kind)).toEqual(['bundled']);
  });

  it('and an update follows what changed', async () => {
    const moving = makeRepository(join(top, 'moving'));
    await run('trees', 'add', 'own', 'file://TOP/moving');
    write(moving, { 'xen/common/more.c': 'void more_zork(void)\n{\n}\n' });
    git(moving, ['add', '.']);
    git(moving, ['commit', '-m', 'three'], '2021-03-03');

    expect((await run('trees', 'update')).out).toContain(
      'own: Xen 4.13-unstable as of 2021-03-03, 4 files, 2 functions',
    );
  });
});

describe('what cannot be added is told in one line', () => {
  it.each([
    ['no such folder', ['add', 'own', 'TOP/none'], 1, /none: there is no such folder$/],
    ['a file', ['add', 'own', 'TOP/mail/a.eml'], 1, /there is no such folder$/],
    ['no source tree', ['add', 'own', 'TOP/empty'], 1, /there is no MAINTAINERS file at its top/],
    ['an unreachable address', ['add', 'own', 'file:///none/x.git'], 1, /the repository cannot be copied: /],
    ['an address that starts programs', ['add', 'own', 'ext::sh -c id'], 1, /there is no such folder|no address/],
    ['another scheme', ['add', 'own', 'ftp://example.org/x.git'], 1, /no address of a git repository/],
    ['a day of a plain folder', ['add', 'own', 'TOP/plain', '--as-of', '2018-01-01'], 1, /no git repository/],
    ['a day before the first commit', ['add', 'own', 'TOP/bare.git', '--as-of', '2001-01-01'], 1, /no commit that old/],
    ['a name with slashes', ['add', '../own', 'TOP/plain'], 2, /\.\.\/own is no name for a tree/],
    ['a name that hides', ['add', '.own', 'TOP/plain'], 2, /no name for a tree/],
    ['a day that is none', ['add', 'own', 'TOP/plain', '--date', '2020-13'], 2, /2020-13 is no day/],
    ['an update of nothing', ['update', 'own'], 2, /own is no tree that was added/],
    ['the end of a bundled one', ['remove', 'linux-6.1'], 2, /linux-6\.1 comes with heddle/],
    ['a look at nothing', ['lint', 'own'], 2, /own is no tree that was added/],
  ])('%s', async (_what, argv, exitCode, says) => {
    const ran = await run('trees', ...argv);

    expect({ exitCode: ran.exitCode, out: ran.out }).toEqual({ exitCode, out: '' });
    const lines = ran.err
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('heddle: copying'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(says);
    expect(readdirSync(env['HEDDLE_TREES'] ?? '')).toEqual([]);
  });

  it('a name that is taken', async () => {
    await run('trees', 'add', 'own', 'TOP/plain');
    const again = await run('trees', 'add', 'own', 'TOP/checkout');
    expect({ exitCode: again.exitCode, err: again.err }).toEqual({
      exitCode: 2,
      err: 'heddle: there is a tree own already: heddle trees update own reads it again\n',
    });
  });

  it('git is not there', async () => {
    const without = await runHeddle(['trees', 'add', 'own', `file://${top}/bare.git`], {
      env: { ...env, PATH: '/none' },
    });
    expect(without.err).toContain('git cannot be started: install git');
  });
});

it('an update that fails leaves the tree as it was', async () => {
  const going = write(join(top, 'going'), { MAINTAINERS: `${SCHED}${REST}`, 'a.c': 'int zork(void)\n{\n}\n' });
  await run('trees', 'add', 'own', 'TOP/going');
  const before = await list();
  rmSync(going, { recursive: true });

  const failed = await run('trees', 'update');
  expect({ exitCode: failed.exitCode, err: failed.err }).toEqual({
    exitCode: 1,
    err: 'heddle: own: there is no such folder; it stays as it was\n',
  });
  expect(await list()).toEqual(before);
});

it('a damaged tree is named, and can be removed', async () => {
  await run('trees', 'add', 'own', 'TOP/plain');
  truncateSync(join(env['HEDDLE_TREES'] ?? '', 'own.tree'), 600);

  const listed = await run('trees');
  expect(listed.exitCode).toBe(1);
  expect(listed.err).toMatch(/^heddle: .*own\.tree: the tree is damaged.*heddle trees remove own\)\n$/);
  expect((await run('triage', 'TOP/mail/a.eml')).err).toContain('own.tree: the tree is damaged');
  expect((await run('trees', 'remove', 'own')).exitCode).toBe(0);
});

it('what a killed command left is swept away by the next', async () => {
  const folder = env['HEDDLE_TREES'] ?? '';
  write(folder, { '.own-999999999-abcdef/made.tree': 'half', 'own.git/HEAD': 'ref' });
  expect((await list()).map(({ name }) => name)).not.toContain('own');

  await run('trees', 'add', 'own', 'file://TOP/bare.git');
  expect(readdirSync(folder).sort()).toEqual(['own.git', 'own.tree']);
  expect(existsSync(join(folder, 'own.git/objects'))).toBe(true);
});

describe('routing asks added trees', () => {
  const route = async (...options: string[]) => {
    const { out } = await run('route', 'TOP/mail/a.eml', '--json', ...options);
    const [thread] = (
      JSON.parse(out) as { threads: { routing: { address: string; section: string; reasons: string[] }[] }[] }
    ).threads;
    return thread?.routing ?? [];
  };

  it.each([
    ['a checkout', 'TOP/checkout'],
    ['a bare repository', 'TOP/bare.git'],
    ['a copy', 'file://TOP/bare.git'],
  ])('MAINTAINERS of the day of %s', async (_what, source) => {
    await run('trees', 'add', 'own', source);
    const then = await route('--as-of', '2018-06-01');
    expect(then.map(({ address, section }) => ({ address, section }))).toContainEqual({
      address: 'kim@example.org',
      section: 'TRANSCENDENT MEMORY (TMEM)',
    });
    expect(then.find(({ address }) => address === 'kim@example.org')?.reasons.join()).toContain(
      'as of Xen 4.10-unstable (2017-01-01)',
    );
  });

  it('functions of the tree', async () => {
    await run('trees', 'add', 'own', 'TOP/xen-2017-09', '--date', '2017-09-28');
    const [first] = await route('--as-of', '2017-09-28');
    expect(first?.reasons.join('; ')).toContain('xen/common/tmem.c');
  });
});

it.each([
  ['a folder', 'TOP/plain', 'xen/common/sched.c', 'Dee New <dee@example.org> (supporter:SCHEDULING)\n'],
  [
    'a copy of a repository',
    'file://TOP/bare.git',
    'xen/common/sched.c',
    'Dee New <dee@example.org> (supporter:SCHEDULING)\n',
  ],
  [
    'a snapshot',
    'TOP/xen-2017-09',
    'xen/common/tmem.c',
    'Kim Old <kim@example.org> (supporter:TRANSCENDENT MEMO...)\n',
  ],
])('maintainers takes the name of %s', async (_what, source, file, first) => {
  await run('trees', 'add', 'own', source);
  const { exitCode, out } = await run('maintainers', '--tree', 'own', '-f', file);
  expect({ exitCode, out: out.slice(0, first.length) }).toEqual({ exitCode: 0, out: first });
});

it('lint tells what is wrong', async () => {
  await run('trees', 'add', 'own', 'TOP/checkout');
  const { exitCode, out } = await run('trees', 'lint');
  expect(exitCode).toBe(0);
  expect(out).toMatch(
    /^own: Xen 4\.13-unstable as of 2019-05-01\n {6}0 patterns cover no file\n {6}2 files have no entry/,
  );
});
