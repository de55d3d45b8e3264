import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSourceGit } from '../../../src/edges/git/source-git.ts';

let top = '';
const env = { PATH: process.env['PATH'] };
const proof = (): string => join(top, 'proof');

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'heddle-git-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', ...args], {
      cwd: top,
      stdio: 'pipe',
    });
  git('init', '-q', '-b', 'main');
  writeFileSync(join(top, 'a.c'), 'a\n');
  writeFileSync(join(top, '.gitattributes'), '*.c diff=evil filter=evil\n');
  git('add', '.');
  git('commit', '-q', '-m', 'start');
  const evil = `touch ${proof()}`;
  for (const name of [
    'diff.evil.textconv',
    'filter.evil.clean',
    'filter.evil.smudge',
    'core.fsmonitor',
    'core.pager',
    'diff.external',
  ])
    git('config', name, evil);
  git('config', 'log.showSignature', 'true');
});

afterAll(() => {
  rmSync(top, { recursive: true, force: true });
});

it('asks the history of a checkout', () => {
  expect(openSourceGit(top, env)?.(['log', '--format=%an', '--', 'a.c'])?.toString()).toBe('Ann\n');
});

it('starts nothing that the repository names', () => {
  const git = openSourceGit(top, env);
  git?.(['blame', '-l', 'HEAD', '--', 'a.c']);
  git?.(['log', '--numstat', '--follow', '--', 'a.c']);
  expect(existsSync(proof())).toBe(false);
});

it('says so by null where git fails, and takes names as they are', () => {
  const git = openSourceGit(top, env);
  expect(git?.(['log', 'no-such-name', '--'])).toBeNull();
  expect(git?.(['log', '--format=%an', '--', ':(glob)*.c'])?.toString()).toBe('');
});

it('is not led elsewhere by the environment', () => {
  const git = openSourceGit(top, { ...env, GIT_DIR: '/nowhere', GIT_INDEX_FILE: '/nowhere' });
  expect(git?.(['log', '--format=%an', '--', 'a.c'])?.toString()).toBe('Ann\n');
});

it('there is none where the folder is not the top of a checkout', () => {
  const inner = join(top, 'inner');
  mkdirSync(inner, { recursive: true });
  expect(openSourceGit(inner, env)).toBeUndefined();
});
