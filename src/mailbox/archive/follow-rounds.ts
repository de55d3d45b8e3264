import { setTimeout as pause } from 'node:timers/promises';
import type { Standing } from '../../model/mailbox.ts';
import type { Reading } from '../../ports.ts';
import { failure } from '../read-stream.ts';
import { toLimits, type ArchivePorts } from './archive-ports.ts';
import type { ArchiveTrouble } from './archive-trouble.ts';
import { toTrouble } from './archive-trouble.ts';

/**
 * One look at an archive: what is new behind the cursors. Gives `caught-up` where nothing is left to ask for; without it the
 * next round follows at once. Throws {@link ArchiveTrouble} where it cannot go on.
 */
export type Round = (cursors: ReadonlyMap<string, string>, signal: AbortSignal) => AsyncIterable<Reading>;

interface Following {
  readonly name: string;
  readonly round: Round;
  readonly pollMs: number;
}

/** Looks again and again until the signal is aborted: waits between two looks, waits longer after failures, and tells both. */
export async function* followRounds(
  { round, pollMs }: Omit<Following, 'name'>,
  ports: ArchivePorts,
  { cursors, signal }: { readonly cursors: ReadonlyMap<string, string>; readonly signal: AbortSignal },
): AsyncGenerator<Reading> {
  const known = new Map(cursors);
  const teller = new StandingTeller();
  let failures = 0;
  while (!signal.aborted) {
    const ended = yield* lookOnce(round, known, signal, teller);
    if (signal.aborted) return;
    if (ended.trouble !== null) {
      failures = ended.isFurther ? 1 : failures + 1;
      yield* teller.tell('failing', ended.trouble.message);
      if (ended.trouble.kind === 'bad-address') return;
      await rest(toWait(failures, ended.trouble, ports), signal);
    } else {
      failures = 0;
      if (ended.isCaughtUp) await rest(pollMs * (0.9 + 0.2 * ports.random()), signal);
    }
  }
}

/**
 * Tells how it stands where that changes, and of every attempt that failed. Once it is caught up with, a mailbox stays so
 * for people, whatever comes.
 */
class StandingTeller {
  #told = '';

  *tell(state: Standing['state'], reason: string | null = null): Generator<Reading> {
    const what = `${state}\n${reason ?? ''}`;
    if ((what === this.#told && state !== 'failing') || (state === 'connected' && this.#told === 'caught-up\n')) return;
    this.#told = what;
    yield { kind: 'standing', standing: { state, reason } };
  }
}

interface Ended {
  readonly trouble: ArchiveTrouble | null;
  readonly isCaughtUp: boolean;
  /** Whether something was read for good. */
  readonly isFurther: boolean;
}

/** One round, its cursors noted in `known`. A round that gives nothing at all has caught up. */
async function* lookOnce(
  round: Round,
  known: Map<string, string>,
  signal: AbortSignal,
  teller: StandingTeller,
): AsyncGenerator<Reading, Ended> {
  let isCaughtUp = false;
  let isIdle = true;
  let isFurther = false;
  try {
    for await (const reading of round(known, signal)) {
      isIdle = false;
      if (reading.kind === 'cursor') {
        known.set(reading.source, reading.cursor);
        isFurther = true;
      }
      isCaughtUp ||= reading.kind === 'caught-up';
      yield* teller.tell(isCaughtUp ? 'caught-up' : 'connected');
      if (reading.kind !== 'standing') yield reading;
    }
    return { trouble: null, isCaughtUp: isCaughtUp || isIdle, isFurther };
  } catch (error) {
    return { trouble: toTrouble(error, 'the archive'), isCaughtUp, isFurther };
  }
}

/** One look; trouble becomes a failure in its place. */
export async function* readRounds(
  { name, round }: Pick<Following, 'name' | 'round'>,
  cursors: ReadonlyMap<string, string>,
): AsyncGenerator<Reading> {
  const known = new Map(cursors);
  const signal = new AbortController().signal;
  try {
    for (let isCaughtUp = false; !isCaughtUp;) {
      for await (const reading of round(known, signal)) {
        if (reading.kind === 'cursor') known.set(reading.source, reading.cursor);
        isCaughtUp ||= reading.kind === 'caught-up';
        yield reading;
      }
    }
  } catch (error) {
    yield failure(name, toTrouble(error, name).message);
  }
}

/** Doubles from failure to failure, spread over half its length; never shorter than what the server asked for. */
function toWait(failures: number, { retryAfterMs }: ArchiveTrouble, ports: ArchivePorts): number {
  const { first, most } = toLimits(ports).backOffMs;
  const ms = Math.min(most, first * 2 ** Math.min(failures - 1, 20));
  return (retryAfterMs ?? 0) + ms * (0.5 + 0.5 * ports.random());
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}
