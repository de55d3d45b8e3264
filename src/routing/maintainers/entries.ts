import { readPerson, splitPeople, writePerson } from './address.ts';
import { addBlame, addFileSigners, addFixed } from './git/add-signers.ts';
import type { GitWork } from './git/git-question.ts';
import { NO_MAILMAP, type Mailmap } from './mailmap.ts';
import { findMatches, type FileMatches, type Match } from './match.ts';
import { listRole, maintainerRole, reviewerRole } from './role.ts';
import { Roster } from './roster.ts';
import { hasExactEntry } from './exact-entry.ts';
import type { MaintainersFile, Property, Section } from './section.ts';

/** One line of the answer. */
export interface MaintainerEntry {
  /** `Name <address>`, or an address. */
  readonly who: string;
  /** In the words of the script: `supporter:TITLE`, `reviewer`, `open list:TITLE`. */
  readonly role: string;
  readonly kind: 'person' | 'list';
}

/** An entry that was found and left out, for --explain. */
export interface DroppedEntry extends MaintainerEntry {
  readonly why: string;
}

export interface EntriesOptions {
  readonly mailmap?: Mailmap;
  /** Sections whose keywords the file or the patch holds (see `findKeywordSections`), in the script's order. */
  readonly keywordSections?: readonly Section[];
  /** People whom the files themselves name, formatted (device tree bindings). */
  readonly inFile?: readonly string[];
  /** Puts the entries of a file in another order: the scripts' own is random among equal scores. */
  readonly arrange?: (matches: readonly Match[]) => readonly Match[];
  /** What to ask of the history; without it nothing is asked. */
  readonly git?: GitWork;
}

export interface EntriesAnswer {
  readonly files: readonly FileMatches[];
  /** In the script's order: people, then lists; each once. */
  readonly entries: readonly MaintainerEntry[];
  readonly dropped: readonly DroppedEntry[];
}

interface Draft {
  readonly roster: Roster;
  readonly dropped: DroppedEntry[];
}

/**
 * Who looks after these files: what the tree's own script answers with `--roles`, without git unless `options.git` asks
 * for it. `paths` are relative to the top of the tree, in the order asked (a patch's are sorted already).
 */
export function findEntries(
  file: MaintainersFile,
  paths: readonly string[],
  options: EntriesOptions = {},
): EntriesAnswer {
  const { dialect } = file;
  const draft: Draft = { roster: new Roster(dialect, options.mailmap ?? NO_MAILMAP), dropped: [] };
  const { roster } = draft;
  const files = paths.map((path) => findMatches(file, path));
  const arrange = options.arrange ?? ((matches: readonly Match[]) => matches);
  for (const { matches } of files) for (const { section } of arrange(matches)) addSection(file, section, draft);
  if (dialect.dropRest) dropRest(file, files, draft);
  for (const section of options.keywordSections ?? []) addSection(file, section, draft);
  for (const line of [...roster.people, ...roster.lists]) line.who = roster.settle(line.who);
  if (options.git) addHistory(file, paths, options.git, roster);
  dropChief(file, draft);
  for (const person of options.inFile ?? []) addInFile(roster.map(person), roster);
  if (options.git?.modes.fixes === true) addFixed({ work: options.git, dialect, roster });
  return { files, entries: firstOfEach(roster), dropped: draft.dropped };
}

/** Asks the history for each file, where and when the dialect does. */
function addHistory(file: MaintainersFile, paths: readonly string[], work: GitWork, roster: Roster): void {
  const { dialect } = file;
  const { signers, fallback, blame } = work.modes;
  const hasNobody = roster.people.length === 0 && !signers && !blame;
  for (const path of paths) {
    const isMissing =
      fallback &&
      (dialect.fallback !== 'nobody-found' || hasNobody) &&
      !(dialect.fallback === 'each-file-but-maintainers' && path.endsWith('MAINTAINERS')) &&
      !hasExactEntry(file, path);
    if (signers || isMissing) addFileSigners(path, { work, dialect, roster });
    if (blame) addBlame(path, { work, dialect, roster });
  }
}

function addSection(file: MaintainersFile, section: Section, draft: Draft): void {
  for (const [at, property] of section.properties.entries()) {
    if (property.letter === 'M') {
      addPeople(file, named(file, section, at), maintainerRole(section, file.dialect), draft);
    } else if (property.letter === 'R') {
      addPeople(file, named(file, section, at), reviewerRole(section, file.dialect), draft);
    } else if (property.letter === 'L') {
      addList(file, section, property, draft);
    }
  }
}

/** The value of an M or R line; old files give the name on a P line before it. */
function named(file: MaintainersFile, section: Section, at: number): string {
  const value = section.properties[at]?.value ?? '';
  const before = section.properties[at - 1];
  if (!file.dialect.namesFromP || before?.letter !== 'P') return value;
  const person = readPerson(value, file.dialect);
  return person.name === '' ? writePerson({ name: before.value, address: person.address }, file.dialect) : value;
}

function addPeople(file: MaintainersFile, value: string, role: string, { roster, dropped }: Draft): void {
  for (const text of splitPeople(value)) {
    if (roster.add(text, role)) continue;
    const who = writePerson(readPerson(text, file.dialect), file.dialect);
    dropped.push({ who, role, kind: 'person', why: 'named already for a more special entry' });
  }
}

function addList(file: MaintainersFile, section: Section, { value }: Property, draft: Draft): void {
  const words = /^(?<address>\S+)\s+(?<rest>.*)$/.exec(value);
  const rest = file.dialect.listAsAddress ? '' : (words?.groups?.['rest'] ?? '');
  const who = file.dialect.listAsAddress
    ? readPerson(value, file.dialect).address
    : (words?.groups?.['address'] ?? value);
  const role = listRole(rest.includes('moderated') ? 'moderated' : 'open', section, file.dialect);
  if (rest.includes('subscribers-only')) {
    draft.dropped.push({ who, role, kind: 'list', why: 'takes mail of subscribers only' });
    return;
  }
  if (draft.roster.lists.some((known) => known.who.toLowerCase() === who.toLowerCase())) return;
  draft.roster.lists.push({ who, role });
}

const REST = 'supporter:THE REST';

/** Xen: THE REST is for files that have nobody else, unless one of the files has none but them. */
function dropRest(file: MaintainersFile, files: readonly FileMatches[], { roster, dropped }: Draft): void {
  const hasRestOnly = files.some(({ matches }) =>
    matches.every(({ section }) => maintainerRole(section, file.dialect) === REST),
  );
  if (hasRestOnly || roster.people.length < 2) return;
  if (!roster.people.some(({ role }) => role !== REST && role !== 'reviewer')) return;
  const rest = roster.people.filter(({ role }) => role === REST);
  roster.people = roster.people.filter(({ role }) => role !== REST);
  for (const entry of rest) dropped.push({ ...entry, kind: 'person', why: 'a more special entry has people' });
}

function dropChief({ dialect }: MaintainersFile, { roster, dropped }: Draft): void {
  if (dialect.chief === null) return;
  const never = writePerson(dialect.chief, dialect);
  for (const entry of roster.people.filter(({ who }) => who.includes(never))) {
    dropped.push({ ...entry, kind: 'person', why: 'the head of the project is not asked' });
  }
  roster.people = roster.people.filter(({ who }) => !who.includes(never));
}

function addInFile(who: string, roster: Roster): void {
  roster.add(who, '');
  roster.addRole(who, 'in file');
}

function firstOfEach(roster: Roster): MaintainerEntry[] {
  const seen = new Set<string>();
  const entries: MaintainerEntry[] = [];
  for (const kind of ['person', 'list'] as const) {
    for (const { who, role } of kind === 'person' ? roster.people : roster.lists) {
      if (seen.has(who)) continue;
      seen.add(who);
      entries.push({ who, role, kind });
    }
  }
  return entries;
}
