import type { RoutingRole, Suggestion } from '../model/routing.ts';
import type { Claim } from './claims.ts';
import { findListPeople } from './find-person.ts';
import type { Gone } from './gone.ts';
import { isSamePerson } from './people/person-key.ts';
import { isCatchAllList, peopleOf, type SectionPerson } from './people/section-people.ts';
import type { ThreadPerson } from './people/thread-people.ts';
import { treesOf, type Tree, type Trees } from './trees/trees.ts';

interface Ranking {
  readonly claims: readonly Claim[];
  readonly people: readonly ThreadPerson[];
  readonly gone: readonly Gone[];
  readonly chosen: readonly Tree[];
  readonly trees: Trees;
  /** Does the thread report or ask something: then those who answer in it count too. */
  readonly isReport: boolean;
}

interface Candidate {
  name: string;
  address: string;
  role: RoutingRole;
  project: string;
  section: string | null;
  /** The probability that this is the wrong person. */
  doubt: number;
  /** The strongest single claim, which names role and section. */
  best: number;
  reasons: string[];
  person: ThreadPerson | null;
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
const MOST = 12;

/** What the thread itself shows of somebody, beside the entries that name them. */
const SHOWN = { answers: 0.5, helps: 0.3, added: 0.35, asked: 0.2 };
/** The same for people on whom no clue falls but who are known on this list, and for strangers. */
const KNOWN_ONLY = 0.75;
const STRANGER = 0.4;

/** From entries and the thread's own people to suggestions, best first. */
export function rankPeople(ranking: Ranking): Suggestion[] {
  const candidates: Candidate[] = [];
  for (const claim of ranking.claims)
    for (const person of peopleOf(claim.section)) addClaim(claim, person, candidates, ranking);
  if (ranking.isReport) for (const person of ranking.people) addShown(person, candidates, ranking);
  addGone(candidates, ranking);
  return candidates
    .filter(({ person, doubt }) => person?.isReporter !== true && 1 - doubt >= LOWEST)
    .sort((a, b) => order(a) - order(b) || a.doubt - b.doubt)
    .slice(0, MOST)
    .map(toSuggestion);
}

/** Catch-all lists last, whatever their score. */
function order({ role, address }: Candidate): number {
  return role === 'list' && isCatchAllList(address) ? 1 : 0;
}

function addClaim(claim: Claim, person: SectionPerson, candidates: Candidate[], ranking: Ranking): void {
  const factor = person.role === 'list' && isCatchAllList(person.address) ? CATCH_ALL_FACTOR : ROLE_FACTOR[person.role];
  const weight = claim.score * factor * Math.max(1 - LATER * person.place, 0.7);
  const known = candidates.find((candidate) => isSamePerson(candidate, person));
  if (known) {
    known.doubt *= 1 - weight * SECOND;
    if (known.reasons.length < 5)
      known.reasons.push(...claim.reasons.slice(0, 1).filter((reason) => !known.reasons.includes(reason)));
    return;
  }
  const inThread = ranking.people.find((one) => isSamePerson(one, person)) ?? null;
  candidates.push({
    name: person.name === '' ? (inThread?.name ?? '') : person.name,
    address: inThread?.address.includes('@') === true ? inThread.address : person.address,
    role: person.role,
    project: claim.tree.project,
    section: claim.section.title,
    doubt: 1 - weight,
    best: weight,
    reasons: [...claim.reasons, ...agesOf(claim.tree, person, ranking)],
    person: inThread,
  });
}

/** As of when an entry holds; and where that is long ago, whether the person is still there. */
function agesOf(tree: Tree, person: SectionPerson, { trees }: Ranking): string[] {
  const newest = treesOf(trees, tree.project).at(-1);
  const holds = `as of ${tree.label} (${tree.date})`;
  if (!newest || newest === tree || person.role === 'list') return [holds];
  const stays = newest
    .maintainers()
    .sections.some((section) => peopleOf(section).some((one) => isSamePerson(one, person)));
  return [stays ? holds : `${holds}; not in the file of ${newest.label} (${newest.date}) any more`];
}

function addShown(person: ThreadPerson, candidates: Candidate[], ranking: Ranking): void {
  if (person.isReporter) return;
  const { shown, says } = shownBy(person);
  if (shown === 0) return;
  const known = candidates.find((candidate) => isSamePerson(candidate, person));
  if (known) {
    known.doubt *= 1 - shown;
    known.reasons.push(says);
    return;
  }
  const entry = ranking.chosen
    .flatMap((tree) => findListPeople(tree).map((one) => ({ ...one, tree })))
    .find((one) => isSamePerson(one, person));
  const hasAnswered = person.answers > 0;
  // A stranger counts by what he says here; somebody merely in Cc does not.
  if (!entry && !hasAnswered && person.addedBy === null) return;
  if (!entry && candidates.length === 0 && !person.helps) return;
  candidates.push({
    name: person.name ?? entry?.name ?? '',
    address: person.address.includes('@') ? person.address : (entry?.address ?? person.address),
    role: 'responder',
    project: entry?.tree.project ?? ranking.claims[0]?.tree.project ?? 'xen',
    section: entry?.section ?? null,
    doubt: 1 - shown * (entry ? KNOWN_ONLY : STRANGER),
    best: 0,
    reasons: [
      says,
      ...(entry ? [`named in the entry ${entry.section}, ${entry.tree.label} (${entry.tree.date})`] : []),
    ],
    person,
  });
}

function shownBy(person: ThreadPerson): { readonly shown: number; readonly says: string } {
  let doubt = 1;
  const says: string[] = [];
  if (person.answers > 0) {
    doubt *= 1 - SHOWN.answers;
    if (person.helps) doubt *= 1 - SHOWN.helps;
    says.push(person.helps ? 'answers in this thread with a cause, a patch or a fix' : 'answers in this thread');
  }
  if (person.addedBy !== null) {
    doubt *= 1 - SHOWN.added;
    says.push(`${person.addedBy} brought them in`);
  }
  if (person.askedFirst) {
    doubt *= 1 - SHOWN.asked;
    says.push('the first mail is addressed to them');
  }
  return { shown: isList(person) ? 0 : 1 - doubt, says: says.join('; ') };
}

function isList({ address }: ThreadPerson): boolean {
  return /(?:^|@)(?:lists?|vger|googlegroups|nongnu)\b|-(?:devel|users|list|kernel)@|^(?:linux-\w+|netdev|stable|regressions|iommu|x86|security)@/i.test(
    address,
  );
}

/** The list hears what became of an entry that the mail speaks of. */
function addGone(candidates: Candidate[], { gone }: Ranking): void {
  const [first] = gone;
  if (!first || first.project !== 'xen') return;
  const says = gone.map((one) => one.says);
  const list = candidates.find(({ address }) => address.startsWith('xen-devel@'));
  if (list) {
    list.reasons.unshift(...says);
    list.doubt = Math.min(list.doubt, 0.85);
    return;
  }
  candidates.push({
    name: '',
    address: 'xen-devel@lists.xenproject.org',
    role: 'list',
    project: first.project,
    section: null,
    doubt: 0.85,
    best: 0,
    reasons: [...says],
    person: null,
  });
}

function toSuggestion({ name, address, role, project, section, doubt, reasons, person }: Candidate): Suggestion {
  return {
    address,
    name,
    role,
    project,
    section,
    score: Math.round((1 - doubt) * 100) / 100,
    addressed: person !== null,
    reasons,
  };
}
