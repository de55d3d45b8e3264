import type { Mend, Release, ReleaseWord, Window } from '../model/digest.ts';
import type { Evidence, Signal } from '../model/evidence.ts';
import type { Message } from '../model/message.ts';
import type { TriageThread } from '../model/triage.ts';
import type { Store } from '../ports.ts';
import { findRelease, type Announced, type ReleaseSetting } from '../digest/release/find-release.ts';

const DAY = 24 * 60 * 60 * 1000;
/** How far back announcements are looked for, and threads that somebody may have called a blocker. */
const ANNOUNCED_DAYS = 100;
const MOST_HITS = 500;

/** The release that was being made at the end of a window, as far as settings and announcements tell. */
export async function readRelease(
  window: Window,
  { store, setting }: { readonly store: Pick<Store, 'threads'>; readonly setting: ReleaseSetting },
): Promise<Release | null> {
  const announced: Announced[] = [];
  const recent = { from: new Date(Date.parse(window.to) - ANNOUNCED_DAYS * DAY).toISOString(), to: window.to };
  for await (const { messages } of store.threads({ window: recent, genre: 'announcement' }))
    announced.push(...messages);
  return findRelease(window.to, { setting, announced });
}

/** Threads that a frozen release's list may hold: reports since the last release, and whatever is called a blocker. */
export async function findReleaseThreads(
  { since, frozen }: Release,
  { window, store }: { readonly window: Window; readonly store: Pick<Store, 'threads' | 'search'> },
): Promise<Set<string>> {
  const ids = new Set<string>();
  if (!frozen || since === null) return ids;
  const cycle = { from: since, to: window.to };
  for await (const { id } of store.threads({ window: cycle, genre: 'report' })) ids.add(id);
  for (const { thread, date } of await store.search('blocker', MOST_HITS)) {
    if (date !== null && date >= cycle.from && date < cycle.to) ids.add(thread);
  }
  return ids;
}

const STANCES: Readonly<Record<string, ReleaseWord['stance']>> = {
  'release:blocker': 'blocker',
  'release:asked': 'asked',
  'release:no-blocker': 'no-blocker',
};

interface Mail {
  readonly message: Message;
  readonly evidence: Evidence;
}

/** What is said of releases in these mails, oldest first, in their authors' own words. */
export function readReleaseWords(mails: readonly Mail[]): ReleaseWord[] {
  return [...mails]
    .sort((a, b) => ((a.message.date ?? '') < (b.message.date ?? '') ? -1 : 1))
    .flatMap(({ message, evidence }) => evidence.signals.flatMap((signal) => toReleaseWord(message, signal) ?? []));
}

function toReleaseWord({ from, date, id }: Message, { name, value, depth, quote }: Signal): ReleaseWord | null {
  const stance = STANCES[name];
  if (stance === undefined || depth > 0 || from === null) return null;
  return { stance, release: value, by: from, date, message: id, quote };
}

/** Patches among these mails that mend an earlier commit and do not ask for a backport; each title once. */
export function findMends(mails: readonly Mail[], threads: readonly TriageThread[]): Mend[] {
  const patches = new Set(
    threads.filter(({ genre }) => genre === 'patch').flatMap(({ messages }) => messages.map(toId)),
  );
  const mends = mails.filter(({ message }) => patches.has(message.id)).flatMap((mail) => toMend(mail) ?? []);
  return [...new Map(mends.map((one) => [one.title, one])).values()];
}

function toId({ id }: { readonly id: string }): string {
  return id;
}

function toMend({ message, evidence: { signals } }: Mail): Mend | null {
  const own = signals.filter(({ depth }) => depth === 0);
  const find = (name: string) => own.find((one) => one.name === name);
  const fixes = find('tag:fixes');
  if (fixes === undefined || find('subject:patch') === undefined || find('subject:reply') !== undefined) return null;
  if (find('tag:backport') !== undefined) return null;
  const { subject, url } = message;
  return { title: subject, url, fixes: fixes.quote, reportedBy: find('tag:reported-by')?.value ?? null };
}
