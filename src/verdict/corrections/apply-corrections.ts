import type { Address } from '../../model/message.ts';
import type { Suggestion } from '../../model/routing.ts';
import type { TriageThread } from '../../model/triage.ts';
import { GENRES, STATUSES, type Genre } from '../../model/verdict.ts';
import { CORRECTABLE, type Correction } from '../../ports.ts';

const CORRECTED = ', corrected by ';

/** Whom a MAINTAINERS entry names, by its title. */
export type FindEntryPeople = (title: string) => readonly Suggestion[];

type Effect = (thread: TriageThread, correction: Correction, findPeople: FindEntryPeople) => TriageThread;

/** What a correction that is in force does to a document. */
const EFFECTS: Readonly<Record<Correction['field'], Effect>> = {
  genre: setGenre,
  status: setStatus,
  component: setComponent,
  'duplicate-of': setDuplicate,
  route: addRoute,
};

/**
 * What people said of a thread, over what rules and a model say. Of several words on a genre, a status or a component the last
 * one holds; every route is kept. Corrections that were taken back do nothing, nor do values that this version does not
 * know. Applying the same corrections again changes nothing.
 *
 * @param corrections oldest first.
 * @param findPeople asked for the people of a component that was set.
 */
export function applyCorrections(
  thread: TriageThread,
  corrections: readonly Correction[],
  findPeople: FindEntryPeople = () => [],
): TriageThread {
  const inForce = corrections.filter(({ field, undone }) => undone === null && CORRECTABLE.includes(field));
  if (inForce.length === 0) return thread;
  // A person who was named stands in front, also of the people of a component that was named later.
  const inOrder = [
    ...inForce.filter(({ field }) => field !== 'route'),
    ...inForce.filter(({ field }) => field === 'route'),
  ];
  const corrected = inOrder.reduce((before, one) => EFFECTS[one.field](before, one, findPeople), thread);
  const names = [...new Set(inForce.map(({ by }) => by))].join(' and ');
  return { ...corrected, classifiedBy: `${thread.classifiedBy.split(CORRECTED)[0] ?? ''}${CORRECTED}${names}` };
}

/** The genre that people gave, or `null`: judging needs to know it before anything else. */
export function findCorrectedGenre(corrections: readonly Correction[]): Genre | null {
  const last = corrections.findLast(({ field, undone }) => field === 'genre' && undone === null);
  return GENRES.find((genre) => genre === last?.value) ?? null;
}

function setGenre(thread: TriageThread, { value }: Correction): TriageThread {
  const genre = GENRES.find((one) => one === value);
  return genre === undefined ? thread : { ...thread, genre };
}

function setStatus(thread: TriageThread, { value }: Correction): TriageThread {
  const status = STATUSES.find((one) => one === value);
  if (status === undefined) return thread;
  return {
    ...thread,
    status,
    fixedBy: status === 'fixed' ? thread.fixedBy : null,
    duplicateOf: status === 'duplicate' ? thread.duplicateOf : null,
  };
}

function setDuplicate(thread: TriageThread, { value }: Correction): TriageThread {
  return value === thread.id ? thread : { ...thread, status: 'duplicate', fixedBy: null, duplicateOf: value };
}

/** The people of the component stand in front of the others, in their old order; whoever is missing among them is added. */
function setComponent(thread: TriageThread, { value, by, at }: Correction, findPeople: FindEntryPeople): TriageThread {
  const isOwn = ({ section }: Suggestion): boolean => section === value;
  const known = new Set(thread.routing.map(({ address }) => address));
  const reason = `the thread is about this entry: ${toReason(by, at)}`;
  const added = findPeople(value)
    .filter(({ address }) => !known.has(address))
    .map((one) => ({ ...one, addressed: findPerson(one.address, thread) !== undefined, reasons: [reason] }));
  const others = thread.routing.filter((one) => !isOwn(one));
  return { ...thread, component: value, routing: [...thread.routing.filter(isOwn), ...added, ...others] };
}

function toReason(by: string, at: string): string {
  return `set by ${by} on ${at.slice(0, 10)}`;
}

/** Somebody whom a header of the thread names. */
function findPerson(address: string, { people }: TriageThread): Address | undefined {
  return [...people.participants, ...people.to, ...people.cc].find((one) => one.address === address);
}

function addRoute(thread: TriageThread, { value, by, at }: Correction): TriageThread {
  const reason = toReason(by, at);
  const known = thread.routing.find(({ address }) => address === value);
  const others = thread.routing.filter((one) => one !== known);
  const first = known ?? toSuggestion(value, thread);
  const reasons = [reason, ...first.reasons.filter((one) => one !== reason)];
  return { ...thread, routing: [{ ...first, score: 1, reasons }, ...others] };
}

/** Somebody whom no MAINTAINERS file led to. */
function toSuggestion(address: string, thread: TriageThread): Suggestion {
  const there = findPerson(address, thread);
  return {
    address,
    name: there?.name ?? '',
    role: 'responder',
    project: thread.routing[0]?.project ?? 'other',
    section: null,
    score: 1,
    addressed: there !== undefined,
    reasons: [],
  };
}
