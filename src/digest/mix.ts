import type { TriageThread } from '../model/triage.ts';
import type { Genre } from '../model/verdict.ts';
import type { Digest } from './digest.ts';

/** What kind of traffic a thread is, in the order of a picture of the day. */
const KINDS: readonly { readonly name: string; readonly genres: readonly Genre[] }[] = [
  { name: 'reports', genres: ['report'] },
  { name: 'questions', genres: ['question'] },
  { name: 'patches', genres: ['patch', 'pull-request'] },
  { name: 'machines', genres: ['ci'] },
  { name: 'talk', genres: ['discussion', 'announcement', 'security', 'spam'] },
];

/** How many mails of a window belong to which kind of thread; kinds without any are left out. */
export function countMix(threads: readonly TriageThread[], arrived: ReadonlySet<string>): Digest['mix'] {
  return KINDS.map(({ name, genres }) => ({
    name,
    mails: threads
      .filter(({ genre }) => genres.includes(genre))
      .reduce((sum, { messages }) => sum + messages.filter(({ id }) => arrived.has(id)).length, 0),
  })).filter(({ mails }) => mails > 0);
}
