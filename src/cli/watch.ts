import { lockWatch } from '../edges/store/watch-lock.ts';
import { writeTitle } from '../digest/to-entry.ts';
import type { Style } from '../digest/style.ts';
import { toTurn } from '../digest/turn.ts';
import { writeSafeJsonLine } from '../lib/safe-json.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Standing } from '../model/mailbox.ts';
import { TRIAGE_SCHEMA, type TriageThread } from '../model/triage.ts';
import { watchMail, type WatchPorts, type WatchResult } from '../pipeline/watch.ts';
import type { SharedStore } from '../ports/shared-store.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { toKnowledge } from './knowledge.ts';
import { openMailbox } from './open-mailbox.ts';
import { openWitness } from './open-witness.ts';
import { toDivert } from './divert-mail.ts';
import { toMailboxPorts } from './mailbox-ports.ts';
import { trimMemory } from './trim-memory.ts';
import { storeFile, withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly once?: true;
  readonly json?: true;
}

/** Between looks at whether the reader of the output has gone. */
const LOOK_MS = 500;

/**
 * `heddle watch`: every mailbox and archive that is followed, read at once; each thread that is judged is a line. Until SIGINT
 * or SIGTERM (exit 0), or with `--once` until all is read (exit 1 where a mailbox or a mail could not be).
 */
export async function runWatch(_args: readonly [], options: Options, context: Context): Promise<number> {
  return withStore({ option: options, context, must: 'exist' }, async (store) => {
    const file = storeFile(options, context);
    const isFile = file !== ':memory:' && !file.includes('://');
    const lock = isFile ? lockWatch(file) : null;
    if (isFile && lock === null) {
      throw new CommandFailure(`another heddle watch works on ${file}: stop it first, or name another store`);
    }
    try {
      return await watch(store, options, context);
    } finally {
      lock?.release();
    }
  });
}

async function watch(store: SharedStore, options: Options, context: Context): Promise<number> {
  const mailboxes = await store.mailboxes();
  if (mailboxes.length === 0) {
    throw new CommandFailure('no mailbox is followed: add one with heddle subscribe, or a list with heddle follow');
  }
  const clock = { now: () => new Date() };
  const witness = openWitness(context, clock);
  const ports = toMailboxPorts(context, clock);
  const stop = listenForStop(context);
  const endTrimming = trimMemory();
  try {
    const result = await watchMail(
      mailboxes.map((mailbox) => openMailbox(mailbox, ports)),
      {
        store,
        trees: toKnowledge(context, undefined).trees,
        clock,
        witness,
        signal: stop.signal,
        once: options.once === true,
        divert: toDivert(store, mailboxes, { context, clock }),
        ...toTellers(context, { json: options.json === true, clock }),
      },
    );
    await witness?.tell();
    return await tellEnd(result, options, context);
  } finally {
    endTrimming();
    stop.end();
  }
}

/** The first signal ends the watch in good order; a second one ends the process as it always does. */
function listenForStop({ stdout }: Context): { readonly signal: AbortSignal; readonly end: () => void } {
  const stop = new AbortController();
  const onSignal = (): void => {
    end();
    stop.abort();
  };
  const look = setInterval(() => {
    if (stdout.isClosed()) onSignal();
  }, LOOK_MS);
  const end = (): void => {
    clearInterval(look);
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return { signal: stop.signal, end };
}

function toTellers(
  { stdout, stderr, style }: Context,
  { json, clock }: { readonly json: boolean; readonly clock: WatchPorts['clock'] },
): Pick<WatchPorts, 'onThread' | 'onFailure' | 'onStanding'> {
  const failing = new Set<string>();
  return {
    onThread: async (thread) => {
      const now = clock.now();
      await stdout.write(json ? writeRecord(thread, now) : writeLine(thread, now, style));
    },
    onFailure: async ({ origin, reason }) => {
      await stderr.write(`heddle: ${toSafeLine(origin, 300)}: ${toSafeLine(reason, 500)}\n`);
    },
    onStanding: async (standing) => {
      const line = writeStanding(standing, failing);
      if (line !== null) await stderr.write(`heddle: ${toSafeLine(line, 800)}\n`);
    },
  };
}

/** For a program: one JSON object a line, the thread's id first, then the triage document of that thread alone. */
function writeRecord(thread: TriageThread, now: Date): string {
  const triage = { schema: TRIAGE_SCHEMA, threads: [thread] };
  return `${writeSafeJsonLine({ thread: thread.id, at: now.toISOString(), triage })}\n`;
}

/** For a person: when, what it is, who has to move, what it is about. The time is that of the machine. */
function writeLine(thread: TriageThread, now: Date, style: Style): string {
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, '0'));
  const { who } = toTurn(thread);
  const state = `${thread.genre}/${thread.status}`.padEnd(22);
  const urgent = thread.genre === 'report' && who === 'maintainer';
  const turn = `turn: ${who}`.padEnd(16);
  return `${style.dim(time.join(':'))}  ${urgent ? style.bold(state) : state}  ${turn}  ${style.bold(writeTitle(thread))}\n`;
}

/** What a person is told of a mailbox: that it is lost, and that it is back; a quiet start is not told. */
function writeStanding({ mailbox, state, reason }: Standing, failing: Set<string>): string | null {
  if (state === 'failing') {
    failing.add(mailbox);
    return `${mailbox}: ${reason ?? 'cannot be read'}`;
  }
  return state === 'caught-up' && failing.delete(mailbox) ? `${mailbox}: is read again` : null;
}

async function tellEnd(
  { added, known, judged, given, failures }: WatchResult,
  { once, json }: Options,
  { stdout, stderr }: Context,
): Promise<number> {
  if (once === true && json !== true) {
    await stdout.write(`read ${added} new, ${known} already known, ${judged} threads judged\n`);
  }
  for (const { name, reason } of given) {
    // A reason was told when it was found.
    if (reason === null) await stderr.write(`heddle: ${toSafeLine(name, 300)}: there is nothing more to read\n`);
  }
  // Each mail that could not be read was named; whoever reads once is told by the exit status too.
  return given.length === 0 && !(once === true && failures > 0) ? EXIT.ok : EXIT.unreadable;
}
