import { findAddressesInFile } from './addresses-in-file.ts';
import { recogniseDialect, type Dialect } from './dialect.ts';
import { findEntries, type EntriesAnswer, type EntriesOptions } from './entries.ts';
import { writeExplanation } from './explain.ts';
import { GIT_DEFAULTS, type GitModes, type GitWork, type RunGit } from './git/git-question.ts';
import { NO_MAILMAP, readMailmap, type Mailmap } from './mailmap.ts';
import { findKeywordSections, readPatch, sortNames, type PatchReading } from './patch.ts';
import { readMaintainers, type MaintainersFile } from './section.ts';
import type { TreeReader } from './tree-reader.ts';
import { writePerl } from './write-perl.ts';

/** A source tree with its MAINTAINERS read: made once, asked often. */
export interface OpenTree {
  readonly file: MaintainersFile;
  readonly mailmap: Mailmap;
  readonly reader: TreeReader;
  /** Formatted people whom the history never adds. */
  readonly ignored: ReadonlySet<string>;
  /** Asks the tree's repository, where it has one. */
  readonly git?: RunGit;
  /** See `EntriesOptions.arrange`. */
  readonly arrange?: EntriesOptions['arrange'];
  /** See `GitWork.arrange`. */
  readonly arrangeSigners?: GitWork['arrange'];
}

export interface MaintainersQuestion {
  /** Source files (paths relative to the top of the tree), or patches as they came. */
  readonly ask:
    | { readonly kind: 'files'; readonly paths: readonly string[] }
    | { readonly kind: 'patches'; readonly patches: readonly { readonly name: string; readonly bytes: Buffer }[] };
  /** Answer for each file or patch by itself, under a line `== NAME`. */
  readonly each: boolean;
  readonly format: 'perl' | 'json' | 'explain';
  /** What to ask of the tree's history; nothing where it is not given, or the tree is no git checkout. */
  readonly git?: GitModes;
}

export interface MaintainersAnswer {
  /** What goes to standard output, in the coding of the tree. */
  readonly output: Buffer;
  /** One line each, for standard error: files that are not there, patches that are none. */
  readonly problems: readonly string[];
}

/**
 * Reads a tree's MAINTAINERS and .mailmap.
 * Throws an Error with one line for a person where the tree has no MAINTAINERS, or (Xen) it lacks its mark.
 */
export function openTree(reader: TreeReader, dialect?: Dialect, git?: RunGit): OpenTree {
  const bytes = reader.read('MAINTAINERS');
  if (!bytes) throw new Error('There is no MAINTAINERS file at the top of the tree.');
  const chosen =
    dialect ?? recogniseDialect(bytes.toString('latin1'), reader.read('scripts/get_maintainer.pl')?.toString('latin1'));
  const file = readMaintainers(bytes.toString(chosen.encoding), chosen, (path) => reader.isDirectory(path));
  if (chosen.versionGate && file.version === null) {
    throw new Error('The MAINTAINERS file lacks "V: xen-maintainers-..." under THE REST: it is not of a Xen tree.');
  }
  const map = reader.read('.mailmap');
  const mailmap = map ? readMailmap(map.toString(chosen.encoding), chosen) : NO_MAILMAP;
  const ignored = readIgnored(chosen.countsLines ? reader.read('.get_maintainer.ignore') : null, chosen);
  return { file, reader, mailmap, ignored, ...(git ? { git } : {}) };
}

/** One person a line, as formatted; what stands behind `#` does not count. */
function readIgnored(bytes: Buffer | null, { encoding }: Dialect): ReadonlySet<string> {
  const lines = bytes?.toString(encoding).split('\n') ?? [];
  return new Set(lines.map((line) => line.trim().replace(/#.*$/, '')).filter((line) => line.includes('@')));
}

/** Answers one question about a tree: the library part of `heddle maintainers`. Nothing throws. */
export function answerMaintainers(question: MaintainersQuestion, tree: OpenTree): MaintainersAnswer {
  const problems: string[] = [];
  const groups =
    question.ask.kind === 'files' ? askFiles(question, tree, problems) : askPatches(question, tree, problems);
  const output = write(question, groups);
  return { output: Buffer.from(output, tree.file.dialect.encoding), problems };
}

interface Group {
  readonly name: string;
  readonly answer: EntriesAnswer;
}

function askFiles(question: MaintainersQuestion, tree: OpenTree, problems: string[]): Group[] {
  const paths = question.ask.kind === 'files' ? question.ask.paths : [];
  const modes = question.git ?? GIT_DEFAULTS;
  if (question.each)
    return paths.map((path) => ({ name: path, answer: answerFiles([path], tree, { problems, modes }) }));
  return [{ name: paths.join(' '), answer: answerFiles(paths, tree, { problems, modes }) }];
}

/**
 * Who looks after these files of the tree, keywords in their text included; with `modes`, who worked on them as well.
 * Files that are not there are told in `problems`.
 */
export function answerFiles(
  paths: readonly string[],
  tree: OpenTree,
  { problems = [], modes = GIT_DEFAULTS }: { readonly problems?: string[]; readonly modes?: GitModes } = {},
): EntriesAnswer {
  const { dialect } = tree.file;
  const clean: string[] = [];
  const texts: string[] = [];
  const inFile: string[] = [];
  for (const raw of paths) {
    const path = toTreePath(raw, tree);
    clean.push(path);
    if (path.endsWith('/')) continue;
    const bytes = tree.reader.read(path);
    if (!bytes) {
      problems.push(`${raw}: there is no such file in the tree.`);
      continue;
    }
    if (path !== 'MAINTAINERS') texts.push(bytes.toString(dialect.encoding));
    if (dialect.yamlAddresses && path.endsWith('.yaml')) {
      inFile.push(...findAddressesInFile(bytes.toString(dialect.encoding), dialect));
    }
  }
  const keywordSections = findKeywordSections(tree.file, texts);
  const git = toGitWork(tree, modes, { isFiles: true, ranges: [], fixes: [] });
  return findEntries(tree.file, clean, { ...shared(tree), ...git, keywordSections, inFile });
}

function shared({ mailmap, arrange }: OpenTree): EntriesOptions {
  return arrange ? { mailmap, arrange } : { mailmap };
}

/** Nothing where the tree is no git checkout, or nothing is asked of the history. */
function toGitWork(
  tree: OpenTree,
  modes: GitModes,
  asked: Pick<GitWork, 'isFiles' | 'ranges' | 'fixes'>,
): { readonly git?: GitWork } {
  const { git: run, ignored, reader, arrangeSigners } = tree;
  if (!run || !(modes.signers || modes.fallback || modes.blame || modes.fixes)) return {};
  const isFile = (path: string) => !path.endsWith('/') && reader.read(path) !== null;
  return { git: { run, modes, ignored, isFile, ...asked, ...(arrangeSigners ? { arrange: arrangeSigners } : {}) } };
}

function toTreePath(raw: string, tree: OpenTree): string {
  const path = tree.file.dialect.cleanPaths ? raw.replace(/^(?:\.?\/)+/, '').replaceAll(/\/{2,}/g, '/') : raw;
  return !path.endsWith('/') && tree.reader.isDirectory(path) ? `${path}/` : path;
}

function askPatches(question: MaintainersQuestion, tree: OpenTree, problems: string[]): Group[] {
  const patches = question.ask.kind === 'patches' ? question.ask.patches : [];
  const readings = patches.map(({ name, bytes }) => {
    const reading = readPatch(tree.file, bytes.toString(tree.file.dialect.encoding));
    if (reading.files.length === 0) problems.push(`${name}: this does not look like a patch; give -f for files.`);
    return { name, ...reading };
  });
  const modes = question.git ?? GIT_DEFAULTS;
  if (question.each)
    return readings.map((reading) => ({ name: reading.name, answer: answerNames(reading, tree, modes) }));
  const all: PatchReading = {
    files: sortNames(readings.flatMap(({ files }) => files)),
    keywordSections: [...new Set(readings.flatMap(({ keywordSections }) => keywordSections))],
    ranges: readings.flatMap(({ ranges }) => ranges),
    fixes: [...new Set(readings.flatMap(({ fixes }) => fixes))],
  };
  return [{ name: patches.map(({ name }) => name).join(' '), answer: answerNames(all, tree, modes) }];
}

/** The files of a patch are asked for by name; those that are in the tree may name people themselves. */
function answerNames(
  { files, keywordSections, ranges, fixes }: PatchReading,
  tree: OpenTree,
  modes: GitModes,
): EntriesAnswer {
  const { dialect } = tree.file;
  const inFile: string[] = [];
  for (const path of dialect.yamlAddresses ? files : []) {
    const bytes = path.endsWith('.yaml') ? tree.reader.read(path) : null;
    if (bytes) inFile.push(...findAddressesInFile(bytes.toString(dialect.encoding), dialect));
  }
  const git = toGitWork(tree, modes, { isFiles: false, ranges, fixes });
  return findEntries(tree.file, files, { ...shared(tree), ...git, keywordSections, inFile });
}

function write(question: MaintainersQuestion, groups: readonly Group[]): string {
  if (question.format === 'json') {
    const files = groups.map(({ name, answer }) => ({ name, entries: answer.entries }));
    return `${JSON.stringify(question.each ? files : (files[0]?.entries ?? []), null, 2)}\n`;
  }
  const one = question.format === 'perl' ? (a: EntriesAnswer) => writePerl(a.entries) : writeExplanation;
  return groups.map(({ name, answer }) => (question.each ? `== ${name}\n` : '') + one(answer)).join('');
}
