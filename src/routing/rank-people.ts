import type { Address } from '../model/message.ts';
import type { RoutingRole, Suggestion } from '../model/routing.ts';
import type { Claim } from './claims.ts';
import { entryOf } from './find-person.ts';
import type { Gone } from './gone.ts';
import { habitOf } from './people/answer-habits.ts';
import { foldName, PersonIndex } from './people/person-key.ts';
import { isCatchAllList, peopleOf, type SectionPerson } from './people/section-people.ts';
import type { ThreadPerson } from './people/thread-people.ts';
import { weighShown, type Shown } from './shown.ts';
import { treesOf, type Tree, type Trees } from './trees/trees.ts';

/** What suggestions are made of. */
export interface Ranking {
  readonly claims: readonly Claim[];
  readonly people: readonly ThreadPerson[];
  readonly gone: readonly Gone[];
  /** The trees of the day, and all of them. */
  readonly chosen: readonly Tree[];
  readonly trees: Trees;
  /** Does the thread report or ask something: then those who answer in it count too. */
  readonly isReport: boolean;
}

interface Candidate {
  readonly name: string;
  readonly address: string;
  readonly role: RoutingRole;
  readonly project: string;
  readonly section: string | null;
  /** The probability that this is the wrong person. */
  doubt: number;
  readonly reasons: string[];
  /** As of when the entry holds: the last reason. */
  readonly age: string | null;
  readonly person: ThreadPerson | null;
}

const ROLE_FACTOR: Readonly<Record<RoutingRole, number>> = {
  maintainer: 1,
  reviewer: 0.8,
  list: 0.55,
  responder: 1,
  author: 1,
};
const CATCH_ALL_FACTOR = 0.2;
/** Those named first in an entry are a little more likely to be the right ones. */
const LATER = 0.04;
/** A second entry of the same person adds this much of itself. */
const SECOND = 0.5;
const LOWEST = 0.08;
const MOST = 10;
const MOST_REASONS = 5;

/** What the thread shows is worth less for people on whom no clue falls, and little for strangers to all trees. */
const KNOWN_ONLY = 0.75;
const STRANGER = 0.4;
/** Strangers are named only where something else points somewhere. */
const USABLE = 0.2;

/** From entries and the thread's own people to suggestions, best first, catch-all lists last. */
export function rankPeople(ranking: Ranking): Suggestion[] {
  const candidates = new Candidates();
  const inThread = new PersonIndex<ThreadPerson>();
  for (const person of ranking.people) inThread.add(person, person);
  for (const claim of ranking.claims) {
    for (const person of peopleOf(claim.section)) {
      addClaim(claim, person, candidates, { ranking, inThread: inThread.find(person) ?? null });
    }
  }
  for (const person of ranking.isReport ? ranking.people : []) addShown(person, candidates, ranking);
  addGone(candidates, ranking);
  const isGoneTold = ({ reasons }: Candidate) => ranking.gone.some(({ says }) => reasons.includes(says));
  return candidates.all
    .filter(({ person, doubt }) => person?.isReporter !== true && 1 - doubt >= LOWEST)
    .sort((a, b) => placeOf(a) - placeOf(b) || a.doubt - b.doubt)
    .filter((candidate, place) => place < MOST || isGoneTold(candidate))
    .map(toSuggestion);
}

/** The candidates so far, each found again by address or name. */
class Candidates {
  readonly all: Candidate[] = [];
  readonly #index = new PersonIndex<Candidate>();

  find(person: Address): Candidate | undefined {
    return this.#index.find(person);
  }

  push(candidate: Candidate): void {
    this.all.push(candidate);
    this.#index.add(candidate, candidate);
    if (candidate.person) this.#index.add(candidate, candidate.person);
  }
}

function placeOf({ role, address }: Candidate): number {
  return role === 'list' && isCatchAllList(address) ? 1 : 0;
}

function addClaim(
  claim: Claim,
  person: SectionPerson,
  candidates: Candidates,
  { ranking, inThread }: { readonly ranking: Ranking; readonly inThread: ThreadPerson | null },
): void {
  const isCatchAll = person.role === 'list' && isCatchAllList(person.address);
  const factor = isCatchAll ? CATCH_ALL_FACTOR : ROLE_FACTOR[person.role];
  const habit = claim.tree.project === 'linux' ? habitOf(person.name) : 1;
  const weight = claim.score * factor * habit * Math.max(1 - LATER * person.place, 0.7);
  const known = candidates.find(person);
  if (known) {
    known.doubt *= 1 - weight * SECOND;
    const further = claim.reasons.find((reason) => !known.reasons.includes(reason));
    if (further !== undefined && known.reasons.length < MOST_REASONS) known.reasons.push(further);
    return;
  }
  candidates.push({
    name: person.name === '' ? (inThread?.name ?? '') : person.name,
    address: inThread?.address.includes('@') === true ? inThread.address : person.address,
    role: person.role,
    project: claim.tree.project,
    section: claim.section.title,
    doubt: 1 - weight,
    reasons: [...claim.reasons],
    age: ageOf(claim.tree, person, ranking),
    person: inThread,
  });
}

/** As of when an entry holds; and where that is long ago, whether the person is still there. */
function ageOf(tree: Tree, person: SectionPerson, { trees }: Ranking): string {
  const newest = treesOf(trees, tree.project).at(-1);
  const holds = `as of ${tree.label} (${tree.date})`;
  if (!newest || newest === tree || person.role === 'list') return holds;
  return findSectionPeople(newest).find(person) !== undefined
    ? holds
    : `${holds}; no longer in the file of ${newest.label} (${newest.date})`;
}

const SECTION_PEOPLE = new WeakMap<Tree, PersonIndex<SectionPerson>>();

/** Everybody whom a tree's file names. */
function findSectionPeople(tree: Tree): PersonIndex<SectionPerson> {
  const known = SECTION_PEOPLE.get(tree);
  if (known) return known;
  const people = new PersonIndex<SectionPerson>();
  for (const person of tree.maintainers().sections.flatMap(peopleOf)) people.add(person, person);
  SECTION_PEOPLE.set(tree, people);
  return people;
}

function addShown(person: ThreadPerson, candidates: Candidates, ranking: Ranking): void {
  const shown = weighShown(person);
  if (shown.weight === 0) return;
  const known = candidates.find(person) ?? candidates.all.find((candidate) => isMeant(person, candidate));
  if (known) {
    known.doubt *= 1 - shown.weight;
    known.reasons.push(shown.says);
    return;
  }
  const candidate = toOwnCandidate(person, shown, ranking);
  if (candidate) candidates.push(candidate);
}

/** "Cc-ing Konrad": a first name means the person of that name on whom clues fall. */
function isMeant(person: ThreadPerson, candidate: Candidate): boolean {
  if (person.isAddressed || person.name === null || /\s/.test(person.name.trim())) return false;
  const word = foldName(`${person.name} zz`).replace(/ zz$/, '');
  return word !== '' && foldName(candidate.name).split(' ').includes(word);
}

/** Somebody on whom no clue falls: known on this list, or a stranger who says something here. */
function toOwnCandidate(person: ThreadPerson, shown: Shown, ranking: Ranking): Candidate | null {
  const entry = findEntry(person, ranking);
  if (entry) {
    return {
      name: person.name ?? entry.name,
      address: person.address.includes('@') ? person.address : entry.address,
      role: 'responder',
      project: entry.tree.project,
      section: entry.section,
      doubt: 1 - shown.weight * KNOWN_ONLY,
      reasons: [shown.says, `named in the entry ${entry.section} of ${entry.tree.label} (${entry.tree.date})`],
      age: null,
      person,
    };
  }
  if (!countsAsStranger(person, ranking)) return null;
  return {
    name: person.name ?? '',
    address: person.address,
    role: 'responder',
    project: ranking.claims[0]?.tree.project ?? 'xen',
    section: null,
    doubt: 1 - shown.weight * STRANGER,
    reasons: [shown.says],
    age: null,
    person,
  };
}

/** Somebody whom no tree knows counts where he says something here, and the thread points at somebody at all. */
function countsAsStranger(person: ThreadPerson, { claims }: Ranking): boolean {
  const speaks = person.answers > 0 || person.addedBy !== null;
  return speaks && person.address.includes('@') && (claims[0]?.score ?? 0) >= USABLE;
}

function findEntry(person: ThreadPerson, { chosen }: Ranking) {
  for (const tree of chosen) {
    const entry = entryOf(tree, person);
    if (entry) return { ...entry, tree };
  }
  return null;
}

/** The list hears what became of an entry that the mail speaks of. */
function addGone(candidates: Candidates, { gone, people }: Ranking): void {
  const [first] = gone;
  if (first?.project !== 'xen') return;
  const says = gone.map((one) => one.says);
  const known = candidates.all.find(({ address }) => address.startsWith('xen-devel@'));
  if (known) {
    known.reasons.unshift(...says);
    known.doubt = Math.min(known.doubt, 0.85);
    return;
  }
  const list = { name: 'xen-devel', address: 'xen-devel@lists.xenproject.org' };
  const person = people.find((one) => /^xen-devel(?:@|$)/i.test(one.address || (one.name ?? '')));
  candidates.push({
    ...list,
    role: 'list',
    project: first.project,
    section: null,
    doubt: 0.85,
    reasons: says,
    age: null,
    person: person ?? null,
  });
}

function toSuggestion({ doubt, reasons, age, person, ...rest }: Candidate): Suggestion {
  return {
    ...rest,
    score: Math.round((1 - doubt) * 100) / 100,
    addressed: person?.isAddressed === true,
    reasons: age === null ? reasons : [...reasons, age],
  };
}
