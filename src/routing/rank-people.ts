import { Candidates, inOrder, isCatchAll, type Candidate } from './candidates.ts';
import type { Address } from '../model/message.ts';
import type { RoutingRole } from '../model/routing.ts';
import type { Claim } from './claims.ts';
import { entryOf } from './find-person.ts';
import type { Gone } from './gone.ts';
import type { CommitPerson } from './people/commit-people.ts';
import { foldName, PersonIndex } from './people/person-key.ts';
import { peopleOf, type SectionPerson } from './people/section-people.ts';
import type { ThreadPerson } from './people/thread-people.ts';
import { findSince, isNear, type Since } from './people/who-left.ts';
import { weighShown, type Shown } from './shown.ts';
import { writeTree, type Tree, type Trees } from './trees/trees.ts';

/** What suggestions are made of. */
export interface Ranking {
  readonly claims: readonly Claim[];
  readonly people: readonly ThreadPerson[];
  /** Those behind the commits that the thread blames. */
  readonly commitPeople: readonly CommitPerson[];
  readonly gone: readonly Gone[];
  /** The trees of the day, and all of them. */
  readonly chosen: readonly Tree[];
  readonly trees: Trees;
  /** Does the thread report or ask something: then those who answer in it count too. */
  readonly isReport: boolean;
  /** The day for which it holds. */
  readonly asOf: Date;
}

const ROLE_FACTOR: Readonly<Record<RoutingRole, number>> = {
  maintainer: 1,
  reviewer: 0.65,
  list: 0.68,
  responder: 1,
  author: 1,
};
const CATCH_ALL_FACTOR = 0.2;
/** Those named first in an entry are a little more likely to be the right ones. */
const LATER = 0.04;
/** A second entry of the same person adds this much of itself. */
const SECOND = 0.5;
const MOST = 10;
const MOST_REASONS = 5;

/** What the thread shows is worth less for people on whom no clue falls, and little for strangers to all trees. */
const KNOWN_ONLY = 0.95;
const STRANGER = 0.85;
/** Strangers are named only where something else points somewhere. */
const USABLE = 0.2;

/** From entries and the thread's own people to those who may be suggested, best first, catch-all lists last. */
export function rankPeople(ranking: Ranking): Candidate[] {
  const candidates = new Candidates();
  const inThread = new PersonIndex<ThreadPerson>();
  for (const person of ranking.people) inThread.add(person, person);
  for (const claim of ranking.claims) {
    for (const person of peopleOf(claim.section)) {
      addClaim(claim, person, candidates, { ranking, inThread: inThread.find(person) ?? null });
    }
  }
  for (const person of ranking.commitPeople) {
    addCommitPerson(person, candidates, { ranking, inThread: inThread.find(person) ?? null });
  }
  for (const person of ranking.isReport ? ranking.people : []) addShown(person, candidates, ranking);
  addGone(candidates, ranking);
  const isGoneTold = ({ reasons }: Candidate) => ranking.gone.some(({ says }) => reasons.includes(says));
  return inOrder(candidates.all).filter((candidate, place) => place < MOST || isGoneTold(candidate));
}

function addClaim(
  claim: Claim,
  person: SectionPerson,
  candidates: Candidates,
  { ranking, inThread }: { readonly ranking: Ranking; readonly inThread: ThreadPerson | null },
): void {
  const since = findSince(claim.tree, person, ranking.trees);
  const isNearDay = isNear(claim.tree, ranking.asOf);
  if (since.leftBy !== null && !isNearDay && !writesHere(inThread)) return;
  const factor = isCatchAll(person) ? CATCH_ALL_FACTOR : ROLE_FACTOR[person.role];
  const weight = claim.score * factor * Math.max(1 - LATER * person.place, 0.7);
  const address = isNearDay ? person.address : (since.now?.address ?? person.address);
  const age = ageOf(claim.tree, since, address === person.address);
  const known = candidates.find(person);
  if (known) {
    known.doubt *= 1 - weight * SECOND;
    addReason(known, claim, age);
    return;
  }
  candidates.push({
    name: person.name === '' ? (inThread?.name ?? '') : person.name,
    address: inThread?.address.includes('@') === true ? inThread.address : address,
    role: person.role,
    project: claim.tree.project,
    section: claim.section.title,
    doubt: 1 - weight,
    reasons: [...claim.reasons],
    ages: [age],
    wroteIt: false,
    person: inThread,
  });
}

/** Whoever wrote a change knows it best, be they in the files of today or not. */
function addCommitPerson(
  { name, address, role, weight, says }: CommitPerson,
  candidates: Candidates,
  { ranking, inThread }: { readonly ranking: Ranking; readonly inThread: ThreadPerson | null },
): void {
  const known = candidates.find({ name, address });
  if (known) {
    known.doubt *= 1 - weight;
    known.reasons.unshift(says);
    known.wroteIt ||= role === 'author';
    return;
  }
  const entry = findEntry({ name, address }, ranking);
  candidates.push({
    name: name ?? '',
    address: inThread?.address.includes('@') === true ? inThread.address : (entry?.address ?? address),
    role,
    project: entry?.tree.project ?? ranking.claims[0]?.tree.project ?? 'xen',
    section: null,
    doubt: 1 - weight,
    reasons: [says],
    ages: [entry ? `as of ${writeTree(entry.tree)}` : 'not in the MAINTAINERS files at hand'],
    wroteIt: role === 'author',
    person: inThread,
  });
}

/** Who writes here has not left yet, whatever a later file says. */
function writesHere(person: ThreadPerson | null): boolean {
  return person !== null && person.answers > 0;
}

/** One reason more, of another entry that names the same person, and as of when that one holds. */
function addReason(known: Candidate, claim: Claim, age: string): void {
  const further = claim.reasons.find((reason) => !known.reasons.includes(reason));
  if (further === undefined || known.reasons.length >= MOST_REASONS) return;
  known.reasons.push(further);
  if (!known.ages.includes(age)) known.ages.push(age);
}

/** As of when an entry holds; and where that is long ago, what became of the person since. */
function ageOf(tree: Tree, { leftBy, now }: Since, isOwnAddress: boolean): string {
  const holds = `as of ${writeTree(tree)}`;
  if (leftBy) return `${holds}; no longer in the file of ${writeTree(leftBy)}`;
  return now === null || isOwnAddress ? holds : `${holds}; the address is that of today`;
}

function addShown(person: ThreadPerson, candidates: Candidates, ranking: Ranking): void {
  const shown = weighShown(person);
  if (shown.weight === 0) return;
  const known = candidates.find(person) ?? candidates.all.find((candidate) => isMeant(person, candidate));
  if (known) {
    known.doubt *= 1 - shown.weight;
    known.reasons.push(shown.says);
    known.person ??= person;
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
  // That somebody was written to says nothing by itself: not even that they are the ones to ask.
  const isSpoken = person.answers > 0 || person.addedBy !== null || person.askedBy !== null;
  if (!isSpoken && (ranking.claims[0]?.score ?? 0) < USABLE) return null;
  const entry = findEntry(person, ranking);
  if (entry) {
    return {
      name: person.name ?? entry.name,
      address: person.address.includes('@') ? person.address : entry.address,
      role: 'responder',
      project: entry.tree.project,
      // Their entry has nothing to do with the thread, else they would stand among those whom the clues name.
      section: null,
      doubt: 1 - shown.weight * KNOWN_ONLY,
      reasons: [shown.says],
      ages: [],
      wroteIt: false,
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
    ages: [],
    wroteIt: false,
    person,
  };
}

/** Somebody whom no tree knows counts where he says something here, and the thread points at somebody at all. */
function countsAsStranger(person: ThreadPerson, { claims }: Ranking): boolean {
  const speaks = person.answers > 0 || person.addedBy !== null;
  return speaks && person.address.includes('@') && (claims[0]?.score ?? 0) >= USABLE;
}

function findEntry(person: Address, { chosen }: Ranking) {
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
    ages: [],
    wroteIt: false,
    person: person ?? null,
  });
}
