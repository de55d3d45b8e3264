import { findShared, toDistance, toInformative } from '../evidence/trace/distance.ts';
import { toPlainName } from '../model/plain-name.ts';
import type { TriageThread, TriageTrace } from '../model/triage.ts';
import type { Store, StoredTrace } from '../ports.ts';

/** A thread with the same crash as another, or one near to it. */
export interface Similar {
  /** The title of the crash that was asked for. */
  readonly of: string;
  readonly thread: string;
  readonly subject: string;
  /** When it began, ISO 8601 in UTC. */
  readonly date: string | null;
  readonly title: string;
  readonly fingerprint: string;
  /** 0 for the same crash, 1 for one that has nothing in common. */
  readonly distance: number;
  /** Informative functions that stand in both traces, innermost first. */
  readonly shared: readonly string[];
  /** Why it is named, in words. */
  readonly why: string;
}

/**
 * What is farther away shares no more than the way into the kernel; at the same place of a crash more may differ. Read off
 * the pairs of crashes of a real list: what belongs together ends at 0.45 and 0.62, what does not begins at 0.71.
 */
const NEAR = { samePlace: 0.67, elsewhere: 0.55 } as const;

/** Traces of the thread that are looked for, and rows of the store that are compared with each. */
const MAX_TRACES = 10;
const MAX_ROWS = 300;

/** Functions that are asked for: those farther out stand in too many traces. */
const MAX_ASKED = 8;

/** Functions that are named in `why`. */
const MAX_NAMED = 5;

/**
 * Threads of the store with the same crash as this one, or a near one: the nearest first, the newest of equally near ones.
 * The thread itself, as the store knows it, is left out.
 */
export async function findSimilar(
  thread: TriageThread,
  store: Pick<Store, 'thread' | 'tracesLike'>,
  limit: number,
): Promise<Similar[]> {
  const own = await findOwn(thread, store);
  const nearest = new Map<string, Similar>();
  for (const trace of thread.traces.slice(0, MAX_TRACES)) {
    const asked = toComparable(trace);
    const rows = await store.tracesLike(
      { fingerprint: trace.fingerprint, functions: toInformative(asked).slice(0, MAX_ASKED) },
      MAX_ROWS,
    );
    for (const row of rows.filter((one) => !own.has(one.thread))) {
      const similar = toSimilar(trace, row);
      const known = nearest.get(row.thread);
      if (isNear(trace, row, similar.distance) && (known === undefined || similar.distance < known.distance)) {
        nearest.set(row.thread, similar);
      }
    }
  }
  return [...nearest.values()].sort(byDistance).slice(0, limit);
}

/** The ids under which the store knows the thread: a mail that is given as a file may be there already. */
async function findOwn({ id, messages }: TriageThread, store: Pick<Store, 'thread'>): Promise<ReadonlySet<string>> {
  const own = new Set([id]);
  for (const one of [id, messages[0]?.id ?? '', messages.at(-1)?.id ?? '']) {
    const known = await store.thread(one);
    if (known?.messages.some((mail) => mail.id === one) || known?.id === one) own.add(known.id);
  }
  return own;
}

function toComparable(trace: TriageTrace) {
  const functions = trace.frames.filter(({ reliable }) => reliable).map((frame) => toPlainName(frame.function));
  return { project: trace.project, kind: trace.kind, culprit: trace.culprit, functions };
}

function toSimilar(trace: TriageTrace, row: StoredTrace): Similar {
  const asked = toComparable(trace);
  const isSame = row.fingerprint === trace.fingerprint;
  const shared = findShared(asked, row);
  return {
    of: trace.title,
    thread: row.thread,
    subject: row.subject,
    date: row.date,
    title: row.title,
    fingerprint: row.fingerprint,
    distance: isSame ? 0 : Math.round(toDistance(asked, row) * 1000) / 1000,
    shared,
    why: isSame ? 'same fingerprint' : toReason(shared),
  };
}

function isNear(asked: TriageTrace, row: StoredTrace, distance: number): boolean {
  const isSamePlace = asked.culprit !== null && toPlainName(asked.culprit) === toPlainName(row.culprit ?? '');
  return distance <= (isSamePlace ? NEAR.samePlace : NEAR.elsewhere);
}

function toReason(shared: readonly string[]): string {
  const more = shared.length - MAX_NAMED;
  return `shares ${shared.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function byDistance(a: Similar, b: Similar): number {
  if (a.distance !== b.distance) return a.distance - b.distance;
  const [one, other] = [a.date ?? '', b.date ?? ''];
  if (one !== other) return one > other ? -1 : 1;
  return a.thread < b.thread ? -1 : 1;
}
