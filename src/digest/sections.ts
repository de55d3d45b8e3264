import type { Digest, DigestEntry, Section, SectionName } from './digest.ts';

interface SectionRow {
  readonly name: SectionName;
  readonly title: string;
  readonly form: Section['form'];
  /** The longest that is still read; the rest is counted. */
  readonly most: number;
  readonly holds: (entry: DigestEntry) => boolean;
}

const isReport = ({ genre }: DigestEntry) => genre === 'report';
const waitsFor = (who: DigestEntry['turn']['who']) => (entry: DigestEntry) => isReport(entry) && entry.turn.who === who;

/** The order of reading (`domain.md` 6.2). An entry stands in the first section that holds it, and in no other. */
const SECTIONS: readonly SectionRow[] = [
  { name: 'yours', title: 'Needs you', form: 'card', most: 10, holds: ({ yours }) => yours !== null },
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
    name: 'stale',
    title: 'Stale',
    form: 'line',
    most: 10,
    holds: (entry) => isReport(entry) && entry.status === 'stale',
  },
  {
    name: 'waiting',
    title: 'Waiting for a maintainer',
    form: 'line',
    most: 15,
    holds: waitsFor('maintainer'),
  },
  {
    name: 'waiting-reporter',
    title: 'Waiting for the reporter',
    form: 'line',
    most: 10,
    holds: waitsFor('reporter'),
  },
  {
    name: 'waiting-patch',
    title: 'Waiting for review or a test of a patch',
    form: 'line',
    most: 10,
    holds: waitsFor('tester'),
  },
  {
    name: 'questions',
    title: 'Questions',
    form: 'line',
    most: 15,
    holds: ({ genre, arrived }) => genre === 'question' && arrived > 0,
  },
];

/** Where the sections stand in a digest: `stale` is read last among what waits, though it is told apart first. */
const READ: readonly SectionName[] = [
  'yours',
  'needs',
  'new',
  'moved',
  'questions',
  'waiting',
  'waiting-reporter',
  'waiting-patch',
  'stale',
];

/**
 * Sorts entries into the sections of a digest; empty sections are left out, and what no section holds is `quiet`.
 * Stable: the same entries, the same order.
 */
export function sortIntoSections(entries: readonly DigestEntry[]): Pick<Digest, 'sections' | 'quiet'> {
  const left = new Set([...entries].sort(compareEntries));
  const sections = SECTIONS.flatMap(({ name, title, form, most, holds }) => {
    const held = [...left].filter(holds);
    for (const entry of held) left.delete(entry);
    if (held.length === 0) return [];
    // News first: what is cut should be what was told before.
    const ordered = [...held.filter(({ brief }) => !brief), ...held.filter(({ brief }) => brief)];
    const cut = ordered.slice(most);
    return [{ name, title, form, entries: ordered.slice(0, most), more: cut.length, cut }];
  });
  return { sections: sections.sort((a, b) => READ.indexOf(a.name) - READ.indexOf(b.name)), quiet: [...left] };
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
