import { readPerson, splitPeople, writePerson } from './address.ts';
import { mapPerson, NO_MAILMAP, type Mailmap } from './mailmap.ts';
import { findMatches, type FileMatches, type Match } from './match.ts';
import { listRole, maintainerRole, reviewerRole } from './role.ts';
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
}

export interface EntriesAnswer {
  readonly files: readonly FileMatches[];
  /** In the script's order: people, then lists; each once. */
  readonly entries: readonly MaintainerEntry[];
  readonly dropped: readonly DroppedEntry[];
}

interface Draft {
  readonly people: { who: string; role: string }[];
  readonly lists: { who: string; role: string }[];
  readonly dropped: DroppedEntry[];
}

/**
 * Who looks after these files: what the tree's own script answers with `--roles` and without git.
 * `paths` are relative to the top of the tree, in the order asked (a patch's are sorted already).
 */
export function findEntries(
  file: MaintainersFile,
  paths: readonly string[],
  options: EntriesOptions = {},
): EntriesAnswer {
  const draft: Draft = { people: [], lists: [], dropped: [] };
  const files = paths.map((path) => findMatches(file, path));
  const arrange = options.arrange ?? ((matches: readonly Match[]) => matches);
  for (const { matches } of files) for (const { section } of arrange(matches)) addSection(file, section, draft);
  if (file.dialect.dropRest) dropRest(file, files, draft);
  for (const section of options.keywordSections ?? []) addSection(file, section, draft);
  settleNames(file, options.mailmap ?? NO_MAILMAP, draft);
  dropUnprinted(file, draft);
  for (const person of options.inFile ?? []) addInFile(file, mapIn(file, person, options), draft);
  return { files, entries: firstOfEach(draft), dropped: draft.dropped };
}

function mapIn(file: MaintainersFile, person: string, options: EntriesOptions): string {
  return mapPerson(person, options.mailmap ?? NO_MAILMAP, file.dialect);
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

function addPeople(file: MaintainersFile, value: string, role: string, draft: Draft): void {
  for (const text of splitPeople(value)) {
    const person = readPerson(text, file.dialect);
    if (person.address === '') continue;
    const who = writePerson(person, file.dialect);
    if (file.dialect.dropDuplicates && isKnown(file, who, draft)) {
      draft.dropped.push({ who, role, kind: 'person', why: 'named already for a more special entry' });
    } else {
      draft.people.push({ who, role });
    }
  }
}

function isKnown(file: MaintainersFile, who: string, draft: Draft): boolean {
  const { name, address } = readPerson(who, file.dialect);
  return draft.people.some((entry) => {
    const known = readPerson(entry.who, file.dialect);
    return (
      (name !== '' && known.name.toLowerCase() === name.toLowerCase()) ||
      known.address.toLowerCase() === address.toLowerCase()
    );
  });
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
  if (draft.lists.some((known) => known.who.toLowerCase() === who.toLowerCase())) return;
  draft.lists.push({ who, role });
}

const REST = 'supporter:THE REST';

/** Xen: THE REST is for files that have nobody else, unless one of the files has none but them. */
function dropRest(file: MaintainersFile, files: readonly FileMatches[], draft: Draft): void {
  const hasRestOnly = files.some(({ matches }) =>
    matches.every(({ section }) => maintainerRole(section, file.dialect) === REST),
  );
  if (hasRestOnly || draft.people.length < 2) return;
  if (!draft.people.some(({ role }) => role !== REST && role !== 'reviewer')) return;
  const rest = draft.people.filter(({ role }) => role === REST);
  const kept = draft.people.filter(({ role }) => role !== REST);
  draft.people.splice(0, draft.people.length, ...kept);
  for (const entry of rest) draft.dropped.push({ ...entry, kind: 'person', why: 'a more special entry has people' });
}

/** Applies the mailmap, and, where the dialect does, the first address seen for a name (or name for an address). */
function settleNames(file: MaintainersFile, mailmap: Mailmap, draft: Draft): void {
  const byName = new Map<string, string>();
  const byAddress = new Map<string, string>();
  for (const entry of [...draft.people, ...draft.lists]) {
    entry.who = mapPerson(entry.who, mailmap, file.dialect);
    if (!file.dialect.dropDuplicates) continue;
    const { name, address } = readPerson(entry.who, file.dialect);
    const known = (name === '' ? undefined : byName.get(name.toLowerCase())) ?? byAddress.get(address.toLowerCase());
    if (known !== undefined) {
      entry.who = mapPerson(known, mailmap, file.dialect);
      continue;
    }
    byName.set(name.toLowerCase(), entry.who);
    byAddress.set(address.toLowerCase(), entry.who);
  }
}

function dropUnprinted(file: MaintainersFile, draft: Draft): void {
  const never = file.dialect.neverPrinted;
  if (never === null) return;
  const kept = draft.people.filter(({ who }) => !who.includes(never));
  for (const entry of draft.people.filter(({ who }) => who.includes(never))) {
    draft.dropped.push({ ...entry, kind: 'person', why: 'the head of the project is not asked' });
  }
  draft.people.splice(0, draft.people.length, ...kept);
}

const IN_FILE = 'in file';

function addInFile(file: MaintainersFile, who: string, draft: Draft): void {
  const { name, address } = readPerson(who, file.dialect);
  if (address === '') return;
  if (!isKnown(file, who, draft)) draft.people.push({ who, role: '' });
  for (const entry of draft.people) {
    const known = readPerson(entry.who, file.dialect);
    if (known.name !== name && known.address !== address) continue;
    if (!entry.role.includes(IN_FILE)) entry.role = entry.role === '' ? IN_FILE : `${entry.role},${IN_FILE}`;
  }
}

function firstOfEach(draft: Draft): MaintainerEntry[] {
  const seen = new Set<string>();
  const entries: MaintainerEntry[] = [];
  for (const kind of ['person', 'list'] as const) {
    for (const { who, role } of kind === 'person' ? draft.people : draft.lists) {
      if (seen.has(who)) continue;
      seen.add(who);
      entries.push({ who, role, kind });
    }
  }
  return entries;
}
