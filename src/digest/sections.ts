import type { DigestEntry, Section, SectionName } from './digest.ts';

interface SectionRow {
  readonly name: SectionName;
  readonly title: string;
  readonly form: Section['form'];
  /** The longest that is still read; the rest is counted. */
  readonly most: number;
  readonly holds: (entry: DigestEntry) => boolean;
}

const isReport = ({ genre }: DigestEntry) => genre === 'report';

/** The order of reading. An entry stands in the first section that holds it, and in no other. */
const SECTIONS: readonly SectionRow[] = [
  {
    name: 'needs',
    title: 'Needs a human now',
    form: 'card',
    most: 10,
    holds: (entry) => isReport(entry) && entry.urgent.length > 0,
  },
  {
    name: 'new',
    title: 'New reports',
    form: 'card',
    most: 20,
    holds: (entry) => isReport(entry) && entry.mark === 'new',
  },
  {
    name: 'moved',
    title: 'Moved',
    form: 'card',
    most: 20,
    holds: (entry) => isReport(entry) && entry.mark === 'changed',
  },
  {
    name: 'waiting',
    title: 'Waiting',
    form: 'line',
    most: 25,
    holds: (entry) => isReport(entry) && entry.turn.who !== 'nobody',
  },
  {
    name: 'questions',
    title: 'Questions',
    form: 'line',
    most: 15,
    holds: ({ genre, arrived }) => genre === 'question' && arrived > 0,
  },
];

/** Sorts entries into the sections of a digest; empty sections are left out. Stable: the same entries, the same order. */
export function sortIntoSections(entries: readonly DigestEntry[]): Section[] {
  const left = new Set([...entries].sort(compareEntries));
  return SECTIONS.flatMap(({ name, title, form, most, holds }) => {
    const held = [...left].filter(holds);
    for (const entry of held) left.delete(entry);
    if (held.length === 0) return [];
    return [{ name, title, form, entries: held.slice(0, most), more: Math.max(0, held.length - most) }];
  });
}

/** Worse first, then longer waiting first, then by title and id. */
function compareEntries(a: DigestEntry, b: DigestEntry): number {
  const worse = b.severity - a.severity;
  const longer = (b.turn.days ?? 0) - (a.turn.days ?? 0);
  return worse || longer || compareText(a.title, b.title) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
