import { STATUSES } from '../../model/verdict.ts';

/** What somebody wants done, read; references are still as they were typed. */
export type Command =
  | { readonly verb: 'help' | 'unsubscribe' | 'pause' | 'resume' }
  | { readonly verb: 'status'; readonly ref: string }
  | { readonly verb: 'correct'; readonly ref: string; readonly assignment: string }
  | { readonly verb: 'duplicate'; readonly ref: string; readonly of: string }
  | { readonly verb: 'snooze'; readonly ref: string; readonly until: string }
  | { readonly verb: 'undo'; readonly number: number | null }
  | { readonly verb: 'wish'; readonly what: 'filter' | 'form' | 'time' | 'days'; readonly text: string };

/** One word that begins a command: what may stand behind it, and what it is for. `read` gives what is wrong as text. */
export interface Verb {
  readonly name: string;
  readonly also: readonly string[];
  readonly usage: string;
  readonly about: string;
  readonly read: (words: readonly string[]) => Command | string;
}

/** `3fa9c1d2`, `#3fa9c1d2`, `^`, `it`, `<id@host>`, `id@host`, or a link. */
const REFERENCE =
  /^(?:[#^]?[0-9a-f]{8}|\^|it|<[^<>\s]{3,500}>|[^\s<>@]{1,250}@[^\s<>@]{1,250}|https?:\/\/[^\s<>]{4,600})$/i;

export function isReference(word: string | undefined): word is string {
  return word !== undefined && REFERENCE.test(word);
}

const NO_REFERENCE = 'names no thread: its eight letters in the digest (3fa9c1d2), ^, a Message-ID or a link';

/** A verb whose first word is a thread. */
function about(read: (ref: string, rest: readonly string[]) => Command | string): Verb['read'] {
  return (words) => {
    const [ref, ...rest] = words;
    return isReference(ref) ? read(ref, rest) : NO_REFERENCE;
  };
}

/** A verb that stands alone. */
function alone(verb: 'help' | 'unsubscribe' | 'pause' | 'resume'): Verb['read'] {
  return () => ({ verb });
}

/** Words that people put between, and that mean nothing. */
const FILLERS = /^(?:of|to|is|as|by|for|until|=|:)$/i;

function withoutFillers(words: readonly string[]): readonly string[] {
  return words.filter((word) => !FILLERS.test(word));
}

const DAYS = /^(?<count>\d{1,3})(?<unit>d|days?|w|weeks?)?$/i;

function readSnooze(ref: string, rest: readonly string[]): Command | string {
  const [until = '7d', unit = ''] = withoutFillers(rest);
  const text = `${until}${unit}`.toLowerCase();
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  return isDay || DAYS.test(text)
    ? { verb: 'snooze', ref, until: text }
    : 'wants days: 7d, 2w, or a day such as 2026-05-31';
}

/** The day until which `7d`, `2w` or a day itself means. */
export function toSnoozeDay(until: string, now: Date): string {
  const { count, unit = 'd' } = DAYS.exec(until)?.groups ?? {};
  if (count === undefined) return until;
  const days = Number(count) * (unit.startsWith('w') ? 7 : 1);
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

function wish(what: 'filter' | 'form' | 'time' | 'days', usage: string): Verb['read'] {
  return (words) => (words.length === 0 ? `wants a value: ${usage}` : { verb: 'wish', what, text: words.join(' ') });
}

/** Every command; the words are those that regzbot, syzbot and debbugs taught people, where there are such. */
export const VERBS: readonly Verb[] = [
  {
    name: 'status',
    also: ['set'],
    usage: 'status REF [STATE]',
    about: `what a thread is; or say it: ${STATUSES.join(', ')}`,
    read: about((ref, rest) => {
      const state = withoutFillers(rest).join('-').toLowerCase();
      return state === '' ? { verb: 'status', ref } : { verb: 'correct', ref, assignment: `status=${state}` };
    }),
  },
  {
    name: 'fixed',
    also: ['fix', 'resolved', 'resolve', 'close', 'closed', 'done'],
    usage: 'fixed REF',
    about: 'it is fixed',
    read: about((ref) => ({ verb: 'correct', ref, assignment: 'status=fixed' })),
  },
  {
    name: 'not-a-bug',
    also: ['notabug', 'invalid', 'nobug'],
    usage: 'not-a-bug REF',
    about: 'it is none',
    read: about((ref) => ({ verb: 'correct', ref, assignment: 'status=not-a-bug' })),
  },
  {
    name: 'dup',
    also: ['duplicate', 'dupe', 'dup-of', 'dupof', 'duplicate-of'],
    usage: 'dup REF REF',
    about: 'the first repeats the second',
    read: about((ref, rest) => {
      const [of] = withoutFillers(rest);
      return isReference(of) ? { verb: 'duplicate', ref, of } : 'names one thread: of which other is it a duplicate?';
    }),
  },
  {
    name: 'component',
    also: ['comp', 'section'],
    usage: 'component REF TITLE',
    about: 'the MAINTAINERS entry that it belongs to',
    read: about((ref, rest) => {
      const title = withoutFillers(rest).join(' ');
      return title === ''
        ? 'wants the title of a MAINTAINERS entry'
        : { verb: 'correct', ref, assignment: `component=${title}` };
    }),
  },
  {
    name: 'route',
    also: ['assign', 'cc'],
    usage: 'route REF ADDRESS',
    about: 'who should see it',
    read: about((ref, rest) => {
      const [address] = withoutFillers(rest);
      return address === undefined ? 'wants an address' : { verb: 'correct', ref, assignment: `route=${address}` };
    }),
  },
  {
    name: 'snooze',
    also: ['later', 'mute', 'backburner'],
    usage: 'snooze REF [7d]',
    about: 'leave it out of your digests for so long',
    read: about(readSnooze),
  },
  {
    name: 'undo',
    also: ['undup', 'unfix', 'revert'],
    usage: 'undo [NUMBER]',
    about: 'take your last word back, or the one of that number',
    read: ([number]) => {
      if (number === undefined) return { verb: 'undo', number: null };
      return /^#?\d{1,9}$/.test(number)
        ? { verb: 'undo', number: Number(number.replace('#', '')) }
        : 'wants a number, or nothing';
    },
  },
  {
    name: 'filter',
    also: ['only'],
    usage: 'filter TERMS',
    about: 'what your digests hold; filter everything for all',
    read: wish('filter', 'filter component:x86'),
  },
  {
    name: 'form',
    also: ['format'],
    usage: 'form FORM',
    about: 'text, html, both, markdown',
    read: wish('form', 'form text'),
  },
  {
    name: 'time',
    also: ['at'],
    usage: 'time HH:MM [ZONE]',
    about: 'when they come',
    read: wish('time', 'time 07:30 Europe/Prague'),
  },
  {
    name: 'days',
    also: ['on'],
    usage: 'days DAYS',
    about: 'on which days: mon-fri, daily',
    read: wish('days', 'days mon-fri'),
  },
  { name: 'pause', also: [], usage: 'pause', about: 'no digests for now', read: alone('pause') },
  { name: 'resume', also: ['unpause', 'continue'], usage: 'resume', about: 'digests again', read: alone('resume') },
  {
    name: 'unsubscribe',
    also: ['leave', 'signoff', 'unsub'],
    usage: 'unsubscribe',
    about: 'no digests any more',
    read: alone('unsubscribe'),
  },
  { name: 'help', also: ['commands', '?'], usage: 'help', about: 'this list', read: alone('help') },
];

/** The grammar, a line each. */
export function writeVerbs(): string {
  const width = Math.max(...VERBS.map(({ usage }) => usage.length)) + 2;
  return VERBS.map(({ usage, about: what }) => `  ${usage.padEnd(width)}${what}`).join('\n');
}
