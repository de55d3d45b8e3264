import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mail, readAllOf, temporaryFolder } from './mails.ts';

function git(repository: string, args: readonly string[], input = ''): string {
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  return execFileSync('git', ['-C', repository, ...author, ...args], { input, encoding: 'utf8', stdio: 'pipe' }).trim();
}

function init(path: string): string {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=master', path]);
  return path;
}

/** Commits a tree that holds these files only, as public-inbox does. */
function commit(repository: string, files: Readonly<Record<string, string>>): string {
  const entries = Object.entries(files).map(([name, content]) => {
    const blob = git(repository, ['hash-object', '-w', '--stdin'], content);
    return { name, line: `100644 blob ${blob}` };
  });
  const folders = new Map<string, string>();
  for (const { name, line } of entries) {
    const [folder, file] = name.includes('/') ? name.split('/') : ['', name];
    folders.set(folder ?? '', `${folders.get(folder ?? '') ?? ''}${line}\t${file ?? ''}\n`);
  }
  let top = folders.get('') ?? '';
  for (const [folder, lines] of folders) {
    if (folder !== '') top += `040000 tree ${git(repository, ['mktree'], lines)}\t${folder}\n`;
  }
  const tree = git(repository, ['mktree'], top);
  const head = git(repository, ['for-each-ref', '--format=%(objectname)', 'refs/heads/master']);
  const made = git(repository, ['commit-tree', tree, '-m', 'mail', ...(head === '' ? [] : ['-p', head])]);
  git(repository, ['update-ref', 'refs/heads/master', made]);
  return made;
}

const numbers = (mails: readonly string[]): number[] =>
  mails.map((text) => Number(/^Subject: mail (?<number>\d+)$/m.exec(text)?.groups?.['number']));

describe('a public-inbox archive', () => {
  it('is read epoch by epoch, and then from the cursors on', async () => {
    const root = temporaryFolder();
    const epochs = [init(join(root, 'git', '0.git')), init(join(root, 'git', '1.git'))];
    epochs.forEach((epoch, index) => [1, 2, 3].forEach((number) => commit(epoch, { m: mail(10 * index + number) })));

    const first = await readAllOf(root);
    const next = commit(epochs[1] ?? '', { m: mail(14) });
    const second = await readAllOf(root, { cursors: new Map(first.cursors) });
    const third = await readAllOf(root, { cursors: new Map([...first.cursors, ...second.cursors]) });

    expect(numbers(first.mails)).toEqual([1, 2, 3, 11, 12, 13]);
    expect(first.cursors.map(([source]) => source)).toEqual(epochs);
    expect({ ...second, mails: numbers(second.mails) }).toEqual({
      mails: [14],
      failures: [],
      cursors: [[epochs[1], next]],
    });
    expect(third).toEqual({ mails: [], failures: [], cursors: [] });
  });

  it('leaves out mails that were deleted later, in another epoch too, and keeps what was added again', async () => {
    const root = temporaryFolder();
    const old = init(join(root, 'git', '0.git'));
    const young = init(join(root, 'git', '1.git'));
    [1, 2, 3].forEach((number) => commit(old, { m: mail(number) }));
    commit(young, { d: mail(2) });
    commit(young, { m: mail(4) });
    commit(young, { d: mail(4) });
    commit(young, { m: mail(4) });

    expect(numbers((await readAllOf(root)).mails)).toEqual([1, 3, 4]);
    expect(numbers((await readAllOf(join(root, 'git'))).mails)).toEqual([1, 3, 4]);
  });

  it('reads what was added again behind a cursor that a deletion stands before', async () => {
    const epoch = init(join(temporaryFolder(), '0.git'));
    commit(epoch, { m: mail(1) });
    commit(epoch, { d: mail(1) });
    const { cursors } = await readAllOf(epoch);
    commit(epoch, { m: mail(1) });

    expect(numbers((await readAllOf(epoch, { cursors: new Map(cursors) })).mails)).toEqual([1]);
  });

  it('gives no cursor behind a mail that is missing', async () => {
    const epoch = init(join(temporaryFolder(), '0.git'));
    const first = commit(epoch, { m: mail(1) });
    commit(epoch, { m: mail(2) });
    const blob = git(epoch, ['rev-parse', `${first}:m`]);
    rmSync(join(epoch, 'objects', blob.slice(0, 2), blob.slice(2)));

    const { mails, failures, cursors } = await readAllOf(epoch);

    expect(numbers(mails)).toEqual([2]);
    expect(failures).toEqual([
      `${epoch}, commit ${first.slice(0, 12)}: the mail is missing in the repository: fetch it again`,
    ]);
    expect(cursors).toEqual([]);
  });

  it('is read again from the start where its history was rewritten', async () => {
    const epoch = init(join(temporaryFolder(), 'xen.git'));
    commit(epoch, { m: mail(1) });
    const { cursors } = await readAllOf(epoch);
    git(epoch, ['update-ref', '-d', 'refs/heads/master']);
    [2, 3].forEach((number) => commit(epoch, { m: mail(number) }));

    expect(numbers((await readAllOf(epoch, { cursors: new Map(cursors) })).mails)).toEqual([2, 3]);
    expect(numbers((await readAllOf(epoch, { cursors: new Map([[epoch, '0'.repeat(40)]]) })).mails)).toEqual([2, 3]);
  });

  it('may be v1, one tree with all mails', async () => {
    const inbox = init(join(temporaryFolder(), 'old.git'));
    commit(inbox, { 'aa/01': mail(1) });
    commit(inbox, { 'aa/01': mail(1), 'bb/02': mail(2) });
    commit(inbox, { 'aa/01': mail(1), 'aa/03': mail(3), 'bb/02': mail(2) });
    commit(inbox, { 'aa/01': mail(1), 'aa/03': mail(3) });

    expect(numbers((await readAllOf(inbox)).mails)).toEqual([1, 3]);
  });

  it('may be a clone with a working tree', async () => {
    const root = temporaryFolder();
    const epoch = init(join(root, '0.git'));
    commit(epoch, { m: mail(1) });
    execFileSync('git', ['clone', '--quiet', epoch, join(root, 'clone')], { stdio: 'pipe' });

    expect(numbers((await readAllOf(join(root, 'clone'))).mails)).toEqual([1]);
  });

  it.each([
    {
      name: 'has no commits',
      files: undefined,
      reason: 'is a git repository without commits (of all.git, name the directory around it)',
    },
    {
      name: 'holds source code',
      files: { Makefile: 'all:\n' },
      reason: 'is a git repository, but no public-inbox archive',
    },
  ])('fails with one line where the repository $name', async ({ files, reason }) => {
    const repository = init(join(temporaryFolder(), 'x.git'));
    if (files) commit(repository, files);

    expect(await readAllOf(repository)).toEqual({ mails: [], failures: [`${repository}: ${reason}`], cursors: [] });
  });
});
