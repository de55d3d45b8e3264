import { GENRES, STATUSES, SYMPTOMS } from '../../model/verdict.ts';
import { TRACE_KINDS } from '../../model/evidence.ts';
import type { Address } from '../../model/message.ts';
import type { TriageThread } from '../../model/triage.ts';
import { bestOf } from '../suggested.ts';
import { isAnswered, isOpen } from '../turn.ts';
import type { Reader } from './filter.ts';
import { findSides, SIDES, toTopic } from './side-rows.ts';

/** What a filter may ask of a thread. Values come in lower case. */
export interface KeyRow {
  readonly key: string;
  /** One line for a person. */
  readonly about: string;
  readonly example: string;
  /** The only values there are; without it any word is one. */
  readonly values?: readonly string[];
  readonly holds: (thread: TriageThread, value: string, reader: Reader) => boolean;
}

/** Keys that are compared with a number: `severity>=50`. */
export interface NumberRow {
  readonly key: string;
  readonly about: string;
  readonly example: string;
  readonly read: (thread: TriageThread) => number;
}

const IS: Readonly<Record<string, (thread: TriageThread) => boolean>> = {
  open: isOpen,
  regression: ({ regression }) => regression !== null,
  unanswered: (thread) => !isAnswered(thread),
  crash: ({ traces }) => traces.length > 0,
};

const KINDS = [...new Set<string>([...GENRES, ...SYMPTOMS, ...TRACE_KINDS, 'regression'])];

/** Every key, in the order in which help names them. */
export const KEYS: readonly KeyRow[] = [
  {
    key: 'component',
    about: 'a part of the system: an entry of MAINTAINERS, a corrected component, or the front of the subject',
    example: 'component:x86',
    holds: isOfComponent,
  },
  {
    key: 'section',
    about: 'the title of a MAINTAINERS entry holds these words',
    example: 'section:"xen block"',
    holds: (thread, value) => findSections(thread).some((title) => title.includes(value)),
  },
  {
    key: 'path',
    about: 'a source file that a log or a reason names; a folder, or * for any characters',
    example: 'path:drivers/xen/',
    holds: (thread, value) => findPaths(thread).some((path) => isInPath(path, value)),
  },
  { key: 'side', about: 'which program it concerns', example: 'side:toolstack', values: SIDES, holds: isOnSide },
  {
    key: 'kind',
    about: 'genre, symptom, or kind of crash',
    example: 'kind:crash,hang',
    values: KINDS,
    holds: isOfKind,
  },
  { key: 'status', about: 'where it stands', example: 'status:new', values: STATUSES, holds: hasStatus },
  { key: 'is', about: 'a yes or no', example: 'is:regression', values: Object.keys(IS), holds: isSo },
  {
    key: 'to',
    about: 'who is suggested for it or was asked for: an address, a name, or me',
    example: 'to:me',
    holds: isFor,
  },
  { key: 'cc', about: 'who has it in To or Cc', example: 'cc:me', holds: isAddressed },
  { key: 'from', about: 'who began it', example: 'from:rita@example.org', holds: isFrom },
  { key: 'person', about: 'who wrote in it', example: 'person:me', holds: isBy },
  {
    key: 'runs',
    about: 'what the reporter runs: a version, a distribution, hardware',
    example: 'runs:qubes',
    holds: ({ environment }, value) => environment.some((fact) => fact.value.toLowerCase().includes(value)),
  },
  {
    key: 'subject',
    about: 'words of the subject; a word without a key means this too',
    example: 'subject:"s3 resume"',
    holds: ({ subject }, value) => subject.toLowerCase().includes(value),
  },
];

export const NUMBERS: readonly NumberRow[] = [
  {
    key: 'severity',
    about: '1 to about 120, larger is worse: a host that crashes has 70 and more',
    example: 'severity>=50',
    read: ({ severity }) => severity,
  },
  { key: 'mails', about: 'how many mails', example: 'mails>10', read: ({ messages }) => messages.length },
];

function findSections({ routing, component }: TriageThread): string[] {
  const titles = bestOf(routing).flatMap(({ section }) => section ?? []);
  return [...titles, ...(component === undefined ? [] : [component])].map((title) => title.toLowerCase());
}

/** As a whole word: `arm` is no part of `alarm`. A value with other signs in it is looked for as it stands. */
function isOfComponent(thread: TriageThread, value: string): boolean {
  const topic = toTopic(thread.subject).toLowerCase();
  const front = topic.includes(':') ? topic.slice(0, topic.indexOf(':')) : '';
  return [...findSections(thread), front].some((text) => holdsWords(text, value));
}

function holdsWords(text: string, value: string): boolean {
  const words = (one: string) => ` ${one.split(/[^a-z0-9]+/).join(' ')} `;
  const wanted = words(value);
  return wanted.trim() === '' ? text.includes(value) : words(text).includes(wanted);
}

const PATH = /(?:[\w.+-]{1,80}\/){1,12}[\w.+-]{1,80}/g;

function findPaths({ traces, routing }: TriageThread): string[] {
  const reasons = bestOf(routing).flatMap((one) => one.reasons);
  const places = traces.flatMap(({ frames }) => frames.flatMap(({ location }) => location ?? []));
  return [...reasons, ...places]
    .flatMap((text) => text.slice(0, 600).match(PATH) ?? [])
    .map((one) => one.toLowerCase());
}

/** `*` stands for any characters. Without one, a folder or the beginning of a path. Linear in both lengths, near enough. */
function isInPath(path: string, value: string): boolean {
  const [first = '', ...parts] = value.split('*');
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}

function isOnSide(thread: TriageThread, value: string): boolean {
  return [...findSides(thread)].some((side) => side === value);
}

function isOfKind({ genre, symptoms, traces, regression }: TriageThread, value: string): boolean {
  const kinds: readonly string[] = [genre, ...symptoms, ...traces.map(({ kind }) => kind)];
  return kinds.includes(value) || (value === 'regression' && regression !== null);
}

function hasStatus({ status }: TriageThread, value: string): boolean {
  return status === value;
}

function isSo(thread: TriageThread, value: string): boolean {
  return IS[value]?.(thread) === true;
}

function isFor({ routing, people }: TriageThread, value: string, reader: Reader): boolean {
  const asked = people.asked.map(({ name, address }) => ({ name, address: address ?? '' }));
  return [...bestOf(routing), ...asked].some((one) => isPerson(one, value, reader));
}

function isAddressed({ people }: TriageThread, value: string, reader: Reader): boolean {
  return [...people.to, ...people.cc].some((one) => isPerson(one, value, reader));
}

function isFrom({ messages }: TriageThread, value: string, reader: Reader): boolean {
  const root = messages[0];
  return root !== undefined && isPerson(root.from, value, reader);
}

function isBy({ people }: TriageThread, value: string, reader: Reader): boolean {
  return people.participants.some((one) => isPerson(one, value, reader));
}

/** An address is compared as a whole, a name in part. */
function isPerson({ name, address }: Address, value: string, reader: Reader): boolean {
  const own = address.toLowerCase();
  if (value === 'me') return own !== '' && reader.includes(own);
  return value.includes('@')
    ? own === value
    : (name ?? '').toLowerCase().includes(value) || own.startsWith(`${value}@`);
}
