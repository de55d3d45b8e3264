import { toMessageId } from '../../model/message.ts';
import { GENRES, STATUSES } from '../../model/verdict.ts';
import { CORRECTABLE, type Correction } from '../../ports.ts';

export type Field = Correction['field'];

/** What a person wants to be said of a thread. */
export interface Assignment {
  readonly field: Field;
  readonly value: string;
}

/** `genre=report` read, or one line that says what is wrong with it and what is allowed. */
export type ReadAssignment =
  { readonly kind: 'good'; readonly assignment: Assignment } | { readonly kind: 'bad'; readonly problem: string };

/** One field: how its value is read, and what is allowed, in words. */
interface FieldRow {
  readonly read: (text: string, components: readonly string[]) => string | null;
  readonly allowed: (text: string, components: readonly string[]) => string;
}

const MOST_SHOWN = 8;
const MAX_VALUE = 500;
const ADDRESS = /^[a-z0-9][a-z0-9._%+=-]{0,100}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}$/;

const FIELDS: Readonly<Record<Field, FieldRow>> = {
  genre: { read: (text) => findWord(text, GENRES), allowed: () => GENRES.join(', ') },
  status: { read: (text) => findWord(text, STATUSES), allowed: () => STATUSES.join(', ') },
  component: { read: findComponent, allowed: writeComponents },
  'duplicate-of': {
    read: (text) => toMessageId(text) ?? null,
    allowed: () => 'the Message-ID of the thread that it repeats',
  },
  route: { read: readAddress, allowed: () => 'one mail address: name@host.example' },
};

/**
 * Reads `FIELD=VALUE` as it is typed.
 *
 * @param components what `component` may be: titles of MAINTAINERS entries, compared without regard to case.
 */
export function readAssignment(text: string, components: readonly string[]): ReadAssignment {
  const cut = text.indexOf('=');
  const name = cut < 0 ? text : text.slice(0, cut).trim().toLowerCase();
  const field = CORRECTABLE.find((one) => one === name);
  if (cut < 0 || field === undefined) {
    return {
      kind: 'bad',
      problem: `${text.slice(0, 80)} is no correction: FIELD=VALUE, with ${CORRECTABLE.join(', ')}`,
    };
  }
  const given = text.slice(cut + 1, cut + 1 + MAX_VALUE).trim();
  const value = FIELDS[field].read(given, components);
  if (value !== null) return { kind: 'good', assignment: { field, value } };
  const allowed = FIELDS[field].allowed(given, components);
  return { kind: 'bad', problem: `${field} cannot be ${given === '' ? 'empty' : given.slice(0, 80)}: ${allowed}` };
}

function findWord(text: string, words: readonly string[]): string | null {
  const wanted = text.toLowerCase().replace(/[\s_]+/g, '-');
  return words.find((word) => word === wanted) ?? null;
}

function findComponent(text: string, components: readonly string[]): string | null {
  return components.find((one) => one.toLowerCase() === text.toLowerCase()) ?? null;
}

/** Entries that hold what was typed; there are too many to list them all. */
function writeComponents(text: string, components: readonly string[]): string {
  const near = text === '' ? [] : components.filter((one) => one.toLowerCase().includes(text.toLowerCase()));
  const shown = near.slice(0, MOST_SHOWN).join('; ');
  const more = near.length > MOST_SHOWN ? `; and ${String(near.length - MOST_SHOWN)} more` : '';
  return `the title of a MAINTAINERS entry${shown === '' ? '' : ` (${shown}${more})`}`;
}

function readAddress(text: string): string | null {
  const address = text.replace(/^<|>$/g, '').toLowerCase();
  return ADDRESS.test(address) ? address : null;
}
