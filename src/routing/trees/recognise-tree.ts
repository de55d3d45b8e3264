import { recogniseDialect, XEN, type Dialect } from '../maintainers/dialect.ts';

/** What a source tree is, by its own files. */
export interface Recognised {
  readonly project: string;
  readonly dialect: Dialect;
  /** Name and version for people, or `null` where no file tells. */
  readonly label: string | null;
}

/** Reads a file at the top of a tree, or gives `null`. */
type Read = (path: string) => Buffer | null;

/** Files that `recogniseTree` may ask for. */
export const TELLING_FILES = [
  'MAINTAINERS',
  'scripts/get_maintainer.pl',
  'xen/Makefile',
  'Makefile',
  'VERSION',
] as const;

const LONGEST = 200_000;

/**
 * Which project a tree is of, how its MAINTAINERS is read, and its version; `null` where it has no MAINTAINERS at its
 * top. A tree that is none of Xen, Linux and QEMU is a project by its own name, and its file is read as Linux does.
 */
export function recogniseTree(name: string, read: Read): Recognised | null {
  const maintainers = read('MAINTAINERS')?.toString('latin1');
  if (maintainers === undefined) return null;
  const dialect = recogniseDialect(maintainers, read('scripts/get_maintainer.pl')?.toString('latin1'));
  if (dialect.name === 'xen' || isOldXen(maintainers)) return { project: 'xen', dialect: XEN, label: labelXen(read) };
  if (dialect.name === 'qemu') return { project: 'qemu', dialect, label: labelQemu(read) };
  const isLinux = /^L:\s*linux-kernel@vger\.kernel\.org/m.test(maintainers);
  return isLinux ? { project: 'linux', dialect, label: labelLinux(read) } : { project: name, dialect, label: null };
}

/** Before 2018 Xen's file bore no mark: it ends in THE REST, whose list is Xen's. */
function isOldXen(maintainers: string): boolean {
  const rest = maintainers.lastIndexOf('\nTHE REST\n');
  return rest >= 0 && /^L:\s*xen-devel@/m.test(maintainers.slice(rest, rest + 2000));
}

function labelXen(read: Read): string | null {
  const text = head(read('xen/Makefile'));
  const [major, minor] = [valueOf(text, 'XEN_VERSION'), valueOf(text, 'XEN_SUBVERSION')];
  if (major === '' || minor === '') return null;
  return `Xen ${major}.${minor}${valueOf(text, 'XEN_EXTRAVERSION').replace(/\$.*$/, '')}`;
}

function labelLinux(read: Read): string | null {
  const text = head(read('Makefile'));
  const [version, patch, sub] = ['VERSION', 'PATCHLEVEL', 'SUBLEVEL'].map((name) => valueOf(text, name));
  if (version === undefined || version === '' || patch === undefined || patch === '') return null;
  const isLong = sub !== undefined && sub !== '' && sub !== '0';
  return `Linux ${version}.${patch}${isLong ? `.${sub}` : ''}${valueOf(text, 'EXTRAVERSION')}`;
}

function labelQemu(read: Read): string | null {
  const version = /^\d[\w.-]{0,30}/.exec(head(read('VERSION')))?.[0];
  return version === undefined ? null : `QEMU ${version}`;
}

function head(bytes: Buffer | null): string {
  return bytes?.toString('latin1', 0, LONGEST) ?? '';
}

/** The value of a make variable, without blanks, or empty. */
function valueOf(text: string, name: string): string {
  const match = new RegExp(`^(?:export )?${name} *[:?]?= *(?<value>[\\w.$()-]{0,40})`, 'm').exec(text);
  return match?.groups?.['value'] ?? '';
}
