import type { Snapshot, Told } from '../model/digest.ts';
import type { Digest, DigestEntry, SectionName } from './digest.ts';

/** Lists of what is known already: whoever stands behind their cap was told on an earlier day. */
const KNOWN: ReadonlySet<SectionName> = new Set(['waiting', 'waiting-reporter', 'waiting-patch', 'stale']);

/**
 * What a digest told its reader, for the next one to be compared with. News that did not fit (`3 more`) was not told: it is
 * news again tomorrow. What is quiet counts as told: it was, or it is no news.
 */
export function toSnapshot(digest: Digest): Snapshot {
  const told = digest.sections.flatMap(({ name, entries, cut }) => [...entries, ...(KNOWN.has(name) ? cut : [])]);
  const sorted = [...told, ...digest.quiet.filter(({ genre }) => genre === 'report')].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  return { to: digest.window.to, threads: Object.fromEntries(sorted.map((entry) => [entry.id, toTold(entry)])) };
}

function toTold({ status, mails, turn, urgentRules }: DigestEntry): Told {
  return { status, mails, turn: turn.who, urgent: urgentRules };
}

/** What a reader was told of a thread; `null` where nothing. Ids are words of strangers: only own properties count. */
export function toldOf(previous: Snapshot | null, id: string): Told | null {
  return previous !== null && Object.hasOwn(previous.threads, id) ? (previous.threads[id] ?? null) : null;
}
