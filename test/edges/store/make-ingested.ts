import { createHash } from 'node:crypto';
import type { Evidence, Trace } from '../../../src/model/evidence.ts';
import { findMessageIds } from '../../../src/model/message.ts';
import type { Address, Message, MessageId } from '../../../src/model/message.ts';
import type { Head } from '../../../src/model/thread.ts';
import type { TriageThread } from '../../../src/model/triage.ts';
import type { Ingested, Store } from '../../../src/ports.ts';

/** The rules that judge in these tests. */
export const RULES = '1';

/** What a test says about a mail; everything else is filled in. */
export interface MailSketch {
  readonly id: string;
  readonly references?: readonly string[];
  readonly inReplyTo?: readonly string[];
  readonly subject?: string;
  readonly from?: Address;
  readonly cc?: readonly string[];
  readonly lists?: readonly string[];
  readonly date?: string | null;
  readonly text?: string;
  readonly nearMisses?: number;
  readonly problems?: number;
  /** Functions of a trace that the mail holds; one beginning with `?` is not sure. */
  readonly functions?: readonly string[];
}

/** An id as the readers of mail make them. */
export function toId(text: string): MessageId {
  const [id] = findMessageIds(`<${text}>`);
  if (id === undefined) throw new Error(`no id: ${text}`);
  return id;
}

/** A mail with its evidence, as the pipeline hands it to the store. */
export function makeIngested(sketch: MailSketch): Ingested {
  const message = makeMessage(sketch);
  return {
    message,
    evidence: makeEvidence(message.id, sketch),
    digest: toSha256(JSON.stringify(message)),
  };
}

function makeMessage(sketch: MailSketch): Message {
  return {
    id: toId(sketch.id),
    from: sketch.from ?? { name: 'Ann Example', address: 'ann@example.org' },
    to: [{ name: null, address: 'devel@lists.example.org' }],
    cc: (sketch.cc ?? []).map((address) => ({ name: null, address })),
    date: sketch.date === undefined ? '2024-03-01T10:00:00.000Z' : sketch.date,
    subject: sketch.subject ?? `About ${sketch.id}`,
    inReplyTo: (sketch.inReplyTo ?? []).map(toId),
    references: (sketch.references ?? []).map(toId),
    lists: sketch.lists ?? ['devel.lists.example.org'],
    headers: { 'x-mailer': ['Loom 1.0'] },
    parts: [
      {
        name: 'body',
        type: 'text/plain',
        text: sketch.text ?? `The text of ${sketch.id}.\n`,
        flowed: false,
        delSp: false,
      },
    ],
    otherParts: [],
    url: null,
    problems: Array.from({ length: sketch.problems ?? 0 }, () => ({
      kind: 'bad-date' as const,
      text: 'The date cannot be read.',
    })),
  };
}

/** What a mail of a sketch says. */
function makeEvidence(message: MessageId, { nearMisses, functions }: MailSketch): Evidence {
  return {
    version: '1',
    message,
    traces: functions === undefined ? [] : [makeTrace(message, functions)],
    facts: [],
    asked: [],
    regressions: [],
    signals: [],
    mentions: [],
    nearMisses: nearMisses ?? 0,
  };
}

/** The fingerprint is made of the functions alone. */
function makeTrace(message: MessageId, functions: readonly string[]): Trace {
  return {
    message,
    part: 'body',
    lines: [1, 1 + functions.length],
    depth: 0,
    project: 'linux',
    kind: 'oops',
    title: `oops in ${functions[0] ?? 'nothing'}`,
    otherTitles: [],
    headline: 'Oops',
    cpu: null,
    pid: null,
    comm: null,
    version: null,
    tainted: null,
    hardware: null,
    frames: functions.map((name) => ({
      function: name.replace(/^\?/, ''),
      offset: 1,
      size: 2,
      address: null,
      module: null,
      reliable: !name.startsWith('?'),
      location: null,
    })),
    culprit: functions[0] ?? null,
    file: null,
    fingerprint: toSha256(functions.join(' ')).slice(0, 16),
    notes: [],
    damage: null,
  };
}

function toSha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A verdict good enough for a store: the smallest id names the thread, the mails stand by date, then by id. */
export function judge(heads: readonly Head[], evidence: ReadonlyMap<MessageId, Evidence> = new Map()): TriageThread {
  const sorted = [...heads].sort((a, b) => compare(a.date ?? '', b.date ?? '') || compare(a.id, b.id));
  const dates = sorted.flatMap(({ date }) => (date === null ? [] : [date]));
  return {
    id: heads.flatMap((head) => [head.id, ...head.references, ...head.inReplyTo]).sort(compare)[0] ?? '',
    subject: sorted[0]?.subject ?? '',
    startedAt: dates[0] ?? null,
    lastActivityAt: dates.at(-1) ?? null,
    messages: sorted.map(({ id, from, date, subject, inReplyTo, url }) => ({
      id,
      parent: inReplyTo[0] ?? null,
      from: from ?? { name: null, address: '' },
      date,
      subject,
      url,
    })),
    genre: 'report',
    symptoms: ['misbehaviour'],
    regression: null,
    status: 'new',
    fixedBy: null,
    duplicateOf: null,
    summary: `${heads.length} mails`,
    classifiedBy: 'rules',
    traces: sorted.flatMap(({ id }) => evidence.get(id)?.traces ?? []),
    environment: [],
    people: {
      participants: countSenders(heads),
      to: [],
      cc: heads.flatMap(({ cc }) => cc).sort((a, b) => compare(a.address, b.address)),
      asked: [],
      dropped: [],
    },
    routing: [],
    severity: 0,
    missing: [],
  };
}

function countSenders(heads: readonly Head[]): TriageThread['people']['participants'] {
  const senders = new Map<string, Address & { readonly messages: number }>();
  for (const { from } of heads) {
    if (from === null) continue;
    senders.set(from.address, { ...from, messages: (senders.get(from.address)?.messages ?? 0) + 1 });
  }
  return [...senders.values()].sort((a, b) => compare(a.address, b.address));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Judges until nothing waits, as the pipeline does. */
export async function judgeAll(store: Store): Promise<void> {
  for (;;) {
    const waiting = await store.pending(50);
    if (waiting.length === 0) return;
    await store.saveVerdicts(
      waiting.map(({ key, version, heads, evidence }) => ({ key, version, thread: judge(heads, evidence) })),
      RULES,
    );
  }
}

/** One mail of two copies, the same whichever comes first: everybody addressed, and the longer text. */
export function uniteForTest(a: Message, b: Message): Message {
  const [first, second] = JSON.stringify(a) <= JSON.stringify(b) ? [a, b] : [b, a];
  const addresses = (field: 'to' | 'cc') => [
    ...new Map(
      [...first[field], ...second[field]]
        .sort((x, y) => compare(x.address, y.address))
        .map((one) => [one.address, one]),
    ).values(),
  ];
  const length = (message: Message) => message.parts.reduce((sum, part) => sum + part.text.length, 0);
  return {
    ...first,
    to: addresses('to'),
    cc: addresses('cc'),
    lists: [...new Set([...first.lists, ...second.lists])].sort(compare),
    references: [...new Set([...first.references, ...second.references])].sort(compare),
    parts: length(second) > length(first) ? second.parts : first.parts,
  };
}

/** All that two stores with the same mail must agree on. */
export async function dump(store: Store, questions: readonly string[] = []): Promise<unknown> {
  const threads: TriageThread[] = [];
  for await (const thread of store.threads({})) threads.push(thread);
  const mails = [];
  for (const { id } of threads) mails.push(await store.mails(id));
  const found = [];
  for (const question of questions) found.push(await store.search(question, 1000));
  const grouping = [];
  for await (const group of store.grouping()) grouping.push(group);
  return {
    threads,
    mails,
    found,
    grouping,
    counts: await store.counts(),
    corrections: await store.corrections(),
    traces: await store.tracesLike({ fingerprint: '', functions: ['xen_mc_flush'] }, 1000),
    cursors: [...(await store.cursors())].sort(),
  };
}
