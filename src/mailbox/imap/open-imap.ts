import { setTimeout } from 'node:timers/promises';
import type { Mailbox } from '../../model/mailbox.ts';
import type { FollowedSource, Reading } from '../../ports.ts';
import { readImapAddress, type ImapAddress } from './imap-address.ts';
import { ImapFailure, type ImapFailureKind } from './imap-failure.ts';
import { IMAP_LIMITS, type ImapLimits, type ImapPorts } from './imap-ports.ts';
import { openSession } from './open-session.ts';
import { FolderReader } from './read-folder.ts';

/** A source that is read once, without following, gives up after so many attempts that brought nothing. */
const ATTEMPTS_ONCE = 3;
/** Refused logins, and the shortest wait after one. */
const LOGIN: ReadonlySet<ImapFailureKind> = new Set(['wrong-password', 'expired-token']);
const STUBBORN_MS = 60_000;

/**
 * A folder of an IMAP server, read with EXAMINE alone: no flag is set, nothing moved or deleted. The secret is asked for anew
 * at every login; without a secret place the login is anonymous. Its cursor is called `NAME\nFOLDER`.
 */
export function openImap(mailbox: Mailbox, ports: ImapPorts): FollowedSource {
  const source: FollowedSource = {
    name: mailbox.name,
    follow: ({ cursors, signal }) => follow(mailbox, ports, { cursors, signal }),
    read: (options) => readOnce(source, options?.cursors ?? new Map<string, string>()),
  };
  return source;
}

/** Follows up to the point where all has been read. */
async function* readOnce(source: FollowedSource, cursors: ReadonlyMap<string, string>): AsyncGenerator<Reading, void> {
  const end = new AbortController();
  let attempts = 0;
  let reason = '';
  for await (const reading of source.follow({ cursors, signal: end.signal })) {
    if (reading.kind === 'caught-up') return;
    if (reading.kind === 'mail') attempts = 0;
    if (reading.kind === 'standing' && reading.standing.state === 'failing') {
      attempts += 1;
      reason = reading.standing.reason ?? '';
      if (attempts >= ATTEMPTS_ONCE) break;
    }
    if (reading.kind !== 'standing') yield reading;
  }
  yield { kind: 'failure', failure: { origin: source.name, reason } };
}

async function* follow(
  mailbox: Mailbox,
  ports: ImapPorts,
  { cursors, signal }: { readonly cursors: ReadonlyMap<string, string>; readonly signal: AbortSignal },
): AsyncGenerator<Reading, void> {
  const limits = { ...IMAP_LIMITS, ...ports.limits };
  const address = readImapAddress(mailbox.url);
  if (address === null) {
    yield toStanding(new ImapFailure('bad-address', `${mailbox.url} is no address of a mailbox`, { passes: false }));
    return;
  }
  const { folder } = address;
  const cursor = cursors.get(FolderReader.toSource({ mailbox, folder }));
  const reader = new FolderReader({ mailbox, folder, limits, log: ports.log, cursor });
  /** Attempts since the last one that brought anything; whether any ever has. */
  let vain = 0;
  let wasIn = false;
  while (!signal.aborted) {
    let failure: ImapFailure | null = null;
    try {
      for await (const reading of attempt(reader, { mailbox, address, limits, ports, signal })) {
        if (reading.kind === 'cursor') wasIn = true;
        if (reading.kind === 'mail' || reading.kind === 'caught-up') vain = 0;
        yield reading;
      }
    } catch (error) {
      if (!(error instanceof ImapFailure)) throw error;
      failure = error;
    }
    if (signal.aborted || failure === null) return;
    yield toStanding(failure);
    if (!isWorthwhile(failure, { vain, wasIn, isKnown: cursor !== undefined })) return;
    await rest(toWait(failure, { limits, vain, chance: ports.random() }), signal);
    vain += 1;
  }
}

/**
 * Whether another attempt may help. Where a person has to act it does not, unless the mailbox could be read before: a folder that
 * is being made anew comes back, and so does a password that was mended. An access token may have run out since it was asked for;
 * the next one is new.
 */
function isWorthwhile(
  { passes, kind }: ImapFailure,
  { vain, wasIn, isKnown }: { readonly vain: number; readonly wasIn: boolean; readonly isKnown: boolean },
): boolean {
  return passes || wasIn || (isKnown && !LOGIN.has(kind)) || (kind === 'expired-token' && vain === 0);
}

/** One connection from its beginning to its end. */
async function* attempt(
  reader: FolderReader,
  {
    mailbox,
    address,
    limits,
    ports,
    signal,
  }: {
    readonly mailbox: Mailbox;
    readonly address: ImapAddress;
    readonly limits: ImapLimits;
    readonly ports: ImapPorts;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<Reading, void> {
  const session = await openSession(mailbox, { address, limits, ports, signal });
  const close = (): void => {
    session.close();
  };
  try {
    signal.addEventListener('abort', close, { once: true });
    yield { kind: 'standing', standing: { state: 'connected', reason: null } };
    for await (const reading of reader.read(session, signal)) {
      // Whoever reads once stops at `caught-up`: how it stands is told before.
      if (reading.kind === 'caught-up') yield { kind: 'standing', standing: { state: 'caught-up', reason: null } };
      yield reading;
    }
  } finally {
    signal.removeEventListener('abort', close);
    await session.leave();
  }
}

function toStanding(failure: ImapFailure): Reading {
  return { kind: 'standing', standing: { state: 'failing', reason: failure.message } };
}

/**
 * Doubles from attempt to attempt up to the longest wait; chance takes up to half of it away. After a refused login it
 * is never short: asking often would lock the account.
 */
function toWait(
  { kind }: ImapFailure,
  { limits, vain, chance }: { readonly limits: ImapLimits; readonly vain: number; readonly chance: number },
): number {
  const { first, most } = limits.backOffMs;
  const wait = Math.min(most, first * 2 ** Math.min(vain, 30)) * (1 - chance / 2);
  return LOGIN.has(kind) ? Math.max(wait, STUBBORN_MS) : wait;
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}
