import { setTimeout as pause } from 'node:timers/promises';
import type { Mailbox } from '../../model/mailbox.ts';
import type { FollowedSource, Reading } from '../../ports.ts';
import { readImapAddress } from '../imap/imap-address.ts';
import type { ImapPorts } from '../imap/imap-ports.ts';
import { openImap } from '../imap/open-imap.ts';
import { probeImap } from '../imap/probe-imap.ts';

/** A newsgroup of public-inbox-imapd: its mail lies in folders of 50,000 each, `inbox.xen-devel.0`, `.1` and so on. */
const SLICE = /^(?<group>.+\.)(?<number>\d{1,6})$/;

/** Whether a mailbox is a slice of such a newsgroup: read without a user, from a folder with a number at its end. */
export function isNewsgroup({ kind, url, secret }: Mailbox): boolean {
  const address = kind === 'imap' && secret === null ? readImapAddress(url) : null;
  return address !== null && address.user === null && SLICE.test(address.folder);
}

/**
 * Follows a newsgroup over anonymous IMAP from the slice that the mailbox names: reads full slices to their end, follows the newest,
 * and looks every `lookMs` whether another one was begun. Cursors are those of the folders.
 */
export function openNewsgroup(mailbox: Mailbox, ports: ImapPorts, lookMs: number): FollowedSource {
  const { name } = mailbox;
  return {
    name,
    read: ({ cursors } = {}) => readSlices(mailbox, ports, new Map(cursors)),
    follow: ({ cursors, signal }) => followSlices(mailbox, ports, { known: new Map(cursors), signal, lookMs }),
  };
}

async function* readSlices(mailbox: Mailbox, ports: ImapPorts, known: Map<string, string>): AsyncGenerator<Reading> {
  let slice: Mailbox | null = mailbox;
  while (slice !== null) {
    yield* noting(openImap(slice, ports).read({ cursors: known }), known);
    slice = await findNext(slice, ports, known);
  }
}

interface FollowOptions {
  readonly known: Map<string, string>;
  readonly signal: AbortSignal;
  readonly lookMs: number;
}

async function* followSlices(mailbox: Mailbox, ports: ImapPorts, options: FollowOptions): AsyncGenerator<Reading> {
  const { known, signal, lookMs } = options;
  let slice = mailbox;
  for (let next = await findNext(slice, ports, known); !signal.aborted;) {
    if (next === null) {
      const turn = new AbortController();
      const looked = lookForNext(slice, ports, { ...options, turn });
      const either = AbortSignal.any([signal, turn.signal]);
      yield* noting(openImap(slice, ports).follow({ cursors: known, signal: either }), known);
      const isOver = !turn.signal.aborted;
      turn.abort();
      next = await looked;
      // It ended by itself: a person has to act.
      if (isOver || next === null) return;
    }
    // What came between the look and the end of following is read as well.
    let failed = false;
    for await (const reading of noting(openImap(slice, ports).read({ cursors: known }), known)) {
      if (reading.kind === 'failure' && reading.failure.origin === mailbox.name) failed = true;
      if (reading.kind !== 'caught-up') yield reading;
    }
    if (failed) await pause(lookMs, undefined, { signal }).catch(() => undefined);
    else {
      slice = next;
      next = await findNext(slice, ports, known);
    }
  }
}

/** Looks now and then whether the next slice was begun, and ends `turn` once it is there. */
async function lookForNext(
  slice: Mailbox,
  ports: ImapPorts,
  { known, signal, lookMs, turn }: FollowOptions & { readonly turn: AbortController },
): Promise<Mailbox | null> {
  const either = AbortSignal.any([signal, turn.signal]);
  for (;;) {
    await pause(lookMs, undefined, { signal: either }).catch(() => undefined);
    if (either.aborted) return null;
    const next = await findNext(slice, ports, known);
    if (next === null) continue;
    turn.abort();
    return next;
  }
}

/** The next slice, or `null` where it is not there (or cannot be asked for now). */
async function findNext(slice: Mailbox, ports: ImapPorts, known: ReadonlyMap<string, string>): Promise<Mailbox | null> {
  const address = readImapAddress(slice.url);
  const { group, number } = SLICE.exec(address?.folder ?? '')?.groups ?? {};
  if (address === null || group === undefined) return null;
  const folder = `${group}${Number(number) + 1}`;
  const url = new URL(slice.url);
  url.pathname = `/${encodeURIComponent(folder)}`;
  // A slice that was begun while its list was followed is all news, also where old mail is not wanted.
  const isFollowed = [...known.keys()].some((source) => source.startsWith(`${slice.name}\n`));
  const next = { ...slice, url: url.href, backFill: isFollowed ? ('in-order' as const) : slice.backFill };
  const probe = await probeImap(next, ports);
  return probe.kind === 'found' ? next : null;
}

async function* noting(readings: AsyncIterable<Reading>, known: Map<string, string>): AsyncGenerator<Reading> {
  for await (const reading of readings) {
    if (reading.kind === 'cursor') known.set(reading.source, reading.cursor);
    yield reading;
  }
}
