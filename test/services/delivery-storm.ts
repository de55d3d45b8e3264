import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { openStore } from '../../src/edges/store/open-store.ts';
import { DAYS, type Delivery } from '../../src/model/subscriber.ts';
import { ingest } from '../../src/pipeline.ts';
import { judgePending } from '../../src/pipeline/judge-pending.ts';
import type { SharedStore } from '../../src/ports/shared-store.ts';
import { uniteCopies } from '../../src/thread/unite-copies.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface StormOptions {
  readonly subscribers: number;
  /** How often the process that delivers is killed (SIGKILL). */
  readonly kills: number;
  readonly random: () => number;
  readonly tell?: (line: string) => void;
}

export interface StormResult {
  /** What must not be: one line each. */
  readonly faults: readonly string[];
  readonly kills: number;
  readonly received: number;
  /** Letters that came twice, with the same Message-ID, and letters of which heddle says that it was not sure. */
  readonly twice: number;
  readonly unsure: number;
  readonly sent: number;
  readonly failed: number;
}

/** What the server does to the first letter for somebody, by their number. */
const TROUBLE = [
  { every: 7, kind: 'later' },
  { every: 11, kind: 'reset' },
  { every: 13, kind: 'slow' },
  { every: 17, kind: 'refused' },
] as const;
type Trouble = (typeof TROUBLE)[number]['kind'];

const troubleOf = (address: string): Trouble | undefined => {
  const number = Number(/\d+/.exec(address)?.[0] ?? 0);
  return TROUBLE.find(({ every }) => number % every === every - 1)?.kind;
};

interface Lab {
  readonly port: number;
  /** Message-IDs that were taken over, by address. */
  readonly received: ReadonlyMap<string, readonly string[]>;
  /** Resolves with the next step of any conversation. */
  readonly step: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A real SMTP server that puts off, hangs up after it has taken a letter, is slow, and refuses. */
async function startLab(): Promise<Lab> {
  const received = new Map<string, string[]>();
  const seen = new Set<string>();
  const waiting: (() => void)[] = [];
  const step = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  const isFirst = (address: string): boolean => seen.size < seen.add(address).size;
  const server = new SMTPServer({
    logger: false,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onConnect: (_session, done) => {
      step();
      done();
    },
    onRcptTo: ({ address }, _session, done) => {
      step();
      const trouble = troubleOf(address);
      if (trouble === 'refused') done(Object.assign(new Error('5.1.1 no such user'), { responseCode: 550 }));
      else if (trouble === 'later' && isFirst(address))
        done(Object.assign(new Error('4.2.1 greylisted'), { responseCode: 451 }));
      else done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const [to] = session.envelope.rcptTo;
        const address = to?.address ?? '';
        const id = /^Message-ID: <(?<id>[^>]+)>/im.exec(Buffer.concat(chunks).toString())?.groups?.['id'] ?? '';
        received.set(address, [...(received.get(address) ?? []), id]);
        step();
        const trouble = troubleOf(address);
        if (trouble === 'reset' && isFirst(address)) socketOf(server, session)?.resetAndDestroy();
        else setTimeout(done, trouble === 'slow' ? 400 : 5);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    step: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => new Promise((done) => server.close(() => void done())),
  };
}

/** smtp-server keeps its lines to itself; a reset needs the one of this conversation. */
function socketOf(server: SMTPServer, session: SMTPServerSession): Socket | undefined {
  const { connections } = server as unknown as {
    readonly connections: Set<{ session: { id: string }; _socket: Socket }>;
  };
  return [...connections].find((one) => one.session.id === session.id)?._socket;
}

const MAIL = (date: Date): string =>
  [
    'From: Robin Hale <robin@example.org>',
    'To: devel@lists.example.org',
    'Subject: Guest crashes in balloon_process since 4.18',
    'Message-ID: <storm.1@example.org>',
    `Date: ${date.toUTCString()}`,
    '',
    'Since the upgrade to 4.18 my guest crashes:',
    '',
    '[   12.345678] BUG: unable to handle kernel NULL pointer dereference at 0000000000000008',
    '[   12.345679] RIP: e030:balloon_process+0x1a3/0x2b0',
    '',
  ].join('\r\n');

/** A store with one fresh report, and people who have said yes; their digest was due three minutes ago. */
async function fill(store: SharedStore, count: number): Promise<void> {
  const now = Date.now();
  const mail = { bytes: Buffer.from(MAIL(new Date(now - 3_600_000))), origin: 'storm' };
  await store.add([ingest(mail)]);
  await judgePending({ store, trees: { all: [] }, asOf: new Date(now) });
  const due = new Date(now - 180_000).toISOString();
  const yesterday = new Date(now - 2 * 86_400_000).toISOString();
  for (let number = 1; number <= count; number += 1) {
    await store.post.addSubscriber({
      id: `${String(number).padStart(4, '0')}${'a'.repeat(28)}`,
      address: `reader${String(number)}@example.net`,
      name: null,
      filter: '',
      form: 'both',
      rhythm: { at: due.slice(11, 16), zone: 'UTC', days: DAYS },
      state: 'active',
      reason: null,
      failures: 0,
      addedAt: yesterday,
      confirmedAt: yesterday,
      snapshot: null,
      snoozed: {},
    });
  }
}

/** Kills `heddle deliver` again and again while it works, lets it end in peace, and counts what arrived. */
export async function runDeliveryStorm(options: StormOptions): Promise<StormResult> {
  const { subscribers, random, tell = () => undefined } = options;
  const folder = mkdtempSync(join(tmpdir(), 'heddle-deliver-'));
  const file = join(folder, 'storm.db');
  const lab = await startLab();
  const store = await openStore(file, { unite: uniteCopies });
  try {
    await fill(store, subscribers);
    let kills = 0;
    for (let run = 1; kills < options.kills && run <= options.kills * 3; run += 1) {
      // A few steps of the server's conversations, and then in the middle of one.
      const steps = 1 + Math.floor(random() * 9);
      const killed = await deliver({ file, lab, kill: { steps, afterMs: Math.floor(random() * 12) } });
      if (killed) kills += 1;
      await hasten(store);
      if (run % 10 === 0) tell(`${String(kills)} kills, ${String(countReceived(lab))} letters arrived`);
    }
    for (let rest = 0; rest < 6; rest += 1) {
      await hasten(store);
      await deliver({ file, lab, kill: null });
    }
    const letters = await store.post.deliveries({ kind: 'digest', limit: 1000 });
    return { ...judge(letters, lab, subscribers), kills };
  } finally {
    await store.close();
    await lab.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const countReceived = ({ received }: Lab): number => [...received.values()].flat().length;

/** What was put off is tried at once. */
async function hasten({ post }: SharedStore): Promise<void> {
  await post.moveDeliveries({ from: 'queued', to: 'queued', reason: null, at: new Date().toISOString() });
}

interface Run {
  readonly file: string;
  readonly lab: Lab;
  readonly kill: { readonly steps: number; readonly afterMs: number } | null;
}

/** One process; whether it was killed before it ended. */
async function deliver({ file, lab, kill }: Run): Promise<boolean> {
  const env = {
    ...process.env,
    HEDDLE_SMTP_URL: `smtp://127.0.0.1:${String(lab.port)}`,
    HEDDLE_SMTP_FROM: 'bot@bots.example.org',
    HEDDLE_SMTP_INSECURE: '1',
    HEDDLE_ORIGIN: 'https://heddle.example.org',
  };
  const program = ['--import', 'tsx', 'src/cli/main.ts', 'deliver', '--once', '--store', file];
  const child = spawn(process.execPath, program, { cwd: ROOT, env, stdio: 'ignore' });
  const ended = new Promise<boolean>((resolve) => {
    child.once('exit', (_code, signal) => {
      resolve(signal === 'SIGKILL');
    });
  });
  if (kill !== null) {
    const steps = async (): Promise<void> => {
      for (let left = kill.steps; left > 0; left -= 1) await lab.step();
      await wait(kill.afterMs);
      child.kill('SIGKILL');
    };
    void steps();
  }
  return ended;
}

function judge(letters: readonly Delivery[], lab: Lab, subscribers: number): Omit<StormResult, 'kills'> {
  const readers = Array.from({ length: subscribers }, (_, at) => {
    const letter = letters.find(({ subscriber }) => subscriber.startsWith(String(at + 1).padStart(4, '0')));
    const address = `reader${String(at + 1)}@example.net`;
    return { address, letter, got: lab.received.get(address) ?? [], unsure: letter?.uncertain ?? 0 };
  });
  const faults = readers.flatMap((reader) =>
    FAULTS.filter(({ holds }) => holds(reader)).map(({ says }) => `${reader.address}: ${says}`),
  );
  const count = (state: Delivery['state']) => letters.filter((one) => one.state === state).length;
  return {
    faults,
    received: countReceived(lab),
    twice: readers.filter(({ got }) => got.length > 1).length,
    unsure: readers.filter(({ unsure }) => unsure > 0).length,
    sent: count('sent'),
    failed: count('failed'),
  };
}

interface Reader {
  readonly address: string;
  readonly letter: Delivery | undefined;
  readonly got: readonly string[];
  readonly unsure: number;
}

const isRefused = ({ address }: Reader): boolean => troubleOf(address) === 'refused';

/** What must not be. */
const FAULTS: readonly { readonly says: string; readonly holds: (reader: Reader) => boolean }[] = [
  { says: 'no letter was written down', holds: ({ letter }) => letter === undefined },
  { says: 'several Message-IDs', holds: ({ got }) => new Set(got).size > 1 },
  { says: 'twice, and not told', holds: ({ got, unsure }) => got.length > 1 && unsure === 0 },
  { says: 'more than twice', holds: ({ got }) => got.length > 2 },
  {
    says: 'refused, and yet there, or not given up',
    holds: (one) => isRefused(one) && (one.letter?.state !== 'failed' || one.got.length > 0),
  },
  { says: 'nothing arrived', holds: (one) => !isRefused(one) && one.got.length === 0 },
  {
    says: 'not sent at the end',
    holds: (one) => !isRefused(one) && one.letter?.state !== 'sent' && one.unsure < 2,
  },
];
