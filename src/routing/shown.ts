import type { ThreadPerson } from './people/thread-people.ts';

/** How much the thread itself speaks for somebody, and in which words. */
export interface Shown {
  /** 0 to 1. */
  readonly weight: number;
  readonly says: string;
}

/** What a thread shows of somebody beside the entries that name them: rows, each with what it is worth. */
const ROWS: readonly {
  readonly holds: (person: ThreadPerson) => boolean;
  readonly weight: number;
  readonly says: (person: ThreadPerson) => string;
}[] = [
  { holds: (p) => p.helps, weight: 0.3, says: () => 'has a cause, a patch or a fix' },
  { holds: (p) => p.answers > 0, weight: 0.8, says: () => 'answers in this thread' },
  { holds: (p) => p.askedBy !== null, weight: 0.7, says: (p) => `${p.askedBy ?? ''} asks for them` },
  { holds: (p) => p.addedBy !== null, weight: 0.7, says: (p) => `${p.addedBy ?? ''} brought them in` },
  { holds: (p) => p.askedFirst, weight: 0.2, says: () => 'the first mail is addressed to them' },
];

const LIST =
  /(?:^|@)(?:lists?|vger|googlegroups|nongnu)\b|-(?:devel|users|list|kernel)@|^(?:linux-\w+|netdev|stable|regressions|iommu|x86|security)@/i;

/** Is it an address of a list or of a group, and nobody's own. */
export function isListAddress(address: string): boolean {
  return LIST.test(address);
}

/** Weighs what the thread shows of one person; 0 for the reporter and for lists. */
export function weighShown(person: ThreadPerson): Shown {
  if (person.isReporter || isListAddress(person.address)) return { weight: 0, says: '' };
  const rows = ROWS.filter(({ holds }) => holds(person));
  const doubt = rows.reduce((left, { weight }) => left * (1 - weight), 1);
  return { weight: 1 - doubt, says: rows.map(({ says }) => says(person)).join('; ') };
}
