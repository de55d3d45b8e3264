/** The source packages whose scripts are asked: fetched by apt from the mirror that this machine is set up with. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenTree } from '../../src/routing/maintainers/answer.ts';

export const PACKAGES = ['xen', 'qemu', 'linux'] as const;

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

export function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** apt with its own lists and the machine's mirror, so that nothing of the machine's setup changes. */
function apt(dir: string): (...args: string[]) => string {
  const home = join(dir, 'apt');
  for (const folder of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(home, folder), { recursive: true });
  const targets = run('apt-get', ['indextargets', '--format', '$(REPO_URI) $(RELEASE)', 'Created-By: Packages'], dir);
  const mirrors = [...new Set(targets.split('\n'))].filter((line) => /\/debian\/? \w+$/.test(line));
  const [mirror] = mirrors;
  if (mirror === undefined) throw new Error('apt knows no Debian mirror; run apt-get update first.');
  const signed = existsSync(KEYRING) ? `[signed-by=${KEYRING}] ` : '';
  writeFileSync(
    join(home, 'sources.list'),
    ['deb', 'deb-src'].map((kind) => `${kind} ${signed}${mirror} main\n`).join(''),
  );
  const options = [
    `Dir::Etc::SourceList=${home}/sources.list`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${home}/lists`,
    `Dir::Cache=${home}/cache`,
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
  return (...args) => run('apt-get', [...options, ...args], dir);
}

/** Fetches and unpacks what is not there yet. Patches are left unapplied, so that they can be asked about. */
export function fetchSources(dir: string): void {
  if (PACKAGES.every((name) => existsSync(join(dir, name, 'MAINTAINERS')))) return;
  const get = apt(dir);
  get('update');
  get('source', '--download-only', 'xen', 'qemu');
  get('source', '--download-only', '--diff-only', 'linux');
  get('download', 'linux-source-6.1');
  const found = (pattern: RegExp) => readdirSync(dir).find((name) => pattern.test(name)) ?? '';
  for (const name of ['xen', 'qemu']) {
    if (!existsSync(join(dir, name)))
      run('dpkg-source', ['--no-check', '--skip-patches', '-x', found(new RegExp(`^${name}_.*\\.dsc$`)), name], dir);
  }
  mkdirSync(join(dir, 'linux'), { recursive: true });
  run('dpkg-deb', ['-x', found(/^linux-source-6\.1_.*\.deb$/), 'linux-deb'], dir);
  run('tar', ['-xf', 'linux-deb/usr/src/linux-source-6.1.tar.xz', '-C', 'linux', '--strip-components=1'], dir);
  mkdirSync(join(dir, 'linux-debian'), { recursive: true });
  run('tar', ['-xf', found(/^linux_.*\.debian\.tar\.xz$/), '-C', 'linux-debian'], dir);
}

/** Every file of a tree but those of the packaging, by path. */
export function listFiles(top: string): string[] {
  return run('find', ['.', '-type', 'f', '-not', '-path', './debian/*'], top)
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => path.slice(2))
    .sort();
}

/** The same files every time: those whose names hash lowest. */
export function draw(paths: readonly string[], count: number | null): string[] {
  if (count === null || count >= paths.length) return [...paths];
  const key = (path: string) => createHash('sha1').update(path).digest('hex');
  return paths
    .map((path) => [key(path), path] as const)
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .slice(0, count)
    .map(([, path]) => path);
}

/** Reads a source tree from disk. */
export function toReader(top: string): OpenTree['reader'] {
  const stat = (path: string) => statSync(join(top, path), { throwIfNoEntry: false });
  return {
    read: (path) => (stat(path)?.isFile() === true ? readFileSync(join(top, path)) : null),
    isDirectory: (path) => stat(path)?.isDirectory() === true,
  };
}
