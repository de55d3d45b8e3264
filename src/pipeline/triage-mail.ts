import type { Evidence } from '../model/evidence.ts';
import type { Message, MessageId } from '../model/message.ts';
import type { Head, Thread } from '../model/thread.ts';
import { TRIAGE_SCHEMA } from '../model/triage.ts';
import type { TriageDocument, TriageThread } from '../model/triage.ts';
import type { MailSource, RawMail, ReadFailure } from '../ports.ts';
import { extract, toDigest } from '../pipeline.ts';
import { readMessage } from '../message/read-message.ts';
import { buildThreads } from '../thread/build-threads.ts';
import { inOrder, isOtherMail, uniteCopies } from '../thread/unite-copies.ts';
import type { Trees } from '../routing/trees/trees.ts';
import { toMailText, type MailText } from '../verdict/llm/mail-text.ts';
import { judgeWithWitness, type Witness } from './ask-witness.ts';
import { findCut } from './cut-text.ts';
import { tieThreads } from './tie-threads.ts';

/** Called after every mail, for progress bars. */
export type OnMail = (count: number) => void;

/** Mail in memory: heads and evidence by id, and what could not be read. */
export interface Collected {
  readonly threads: readonly Thread[];
  readonly evidence: ReadonlyMap<MessageId, Evidence>;
  readonly failures: readonly ReadFailure[];
  /** Mails that were read in part, and what was left out. */
  readonly cuts: readonly ReadFailure[];
  readonly count: number;
}

/**
 * Reads every mail of the sources and says what each thread is about. Nothing is stored.
 *
 * @returns the triage document, threads with the newest activity last, and the inputs that could not be read.
 */
export async function triageMail(
  sources: readonly MailSource[],
  {
    trees,
    asOf,
    onMail,
    witness,
  }: { readonly trees: Trees; readonly asOf: Date; readonly onMail?: OnMail; readonly witness?: Witness | undefined },
): Promise<{ document: TriageDocument; failures: readonly ReadFailure[]; cuts: readonly ReadFailure[] }> {
  const texts = new Map<MessageId, MailText>();
  const keep = (message: Message): unknown => texts.set(message.id, toMailText(message));
  const { threads, evidence, failures, cuts } = await collectMail(sources, onMail, witness && keep);
  const judged: TriageThread[] = [];
  for (const thread of threads) {
    const readMails = () => thread.messages.flatMap(({ message }) => texts.get(message.id) ?? []);
    const verdict = await judgeWithWitness({ thread, evidence, knowledge: { trees, asOf } }, { witness, readMails });
    judged.push(verdict);
  }
  return { document: { schema: TRIAGE_SCHEMA, threads: tieThreads(judged, { threads, evidence }) }, failures, cuts };
}

/** The grouping of `heddle threads`: nothing but which mails belong together. */
export async function collectMail(
  sources: readonly MailSource[],
  onMail?: OnMail,
  keep?: (message: Message) => unknown,
): Promise<Collected> {
  const messages = new Map<MessageId, Message>();
  const evidence = new Map<MessageId, Evidence>();
  const failures: ReadFailure[] = [];
  const cuts: ReadFailure[] = [];
  const seen = new Set<string>();
  let count = 0;
  for (const source of sources) {
    for await (const reading of source.read()) {
      if (reading.kind === 'failure') failures.push(reading.failure);
      if (reading.kind !== 'mail') continue;
      count += 1;
      onMail?.(count);
      const digest = toDigest(reading.mail);
      if (seen.has(digest)) continue;
      seen.add(digest);
      understand(reading.mail, { messages, evidence, failures, cuts, keep });
    }
  }
  return { threads: buildThreads<Head>([...messages.values()]), evidence, failures, cuts, count };
}

interface Gathering {
  readonly messages: Map<MessageId, Message>;
  readonly evidence: Map<MessageId, Evidence>;
  readonly failures: ReadFailure[];
  readonly cuts: ReadFailure[];
  /** Is shown every mail with its text, the first copy of it. */
  readonly keep: ((message: Message) => unknown) | undefined;
}

/** One mail more. Only its head and its evidence are kept: the text of a large archive does not fit in memory. */
function understand(mail: RawMail, { messages, evidence, failures, cuts, keep }: Gathering): void {
  try {
    const message = readMessage(mail);
    const cut = findCut(message, mail.origin);
    if (cut) cuts.push(cut);
    const known = messages.get(message.id);
    const head: Message = { ...message, parts: [] };
    // Where two senders used one Message-ID, what is said goes with the mail that stands.
    if (!known || (isOtherMail(known, head) && inOrder(known, head)[0] === head)) {
      evidence.set(message.id, extract(message));
      keep?.(message);
    }
    messages.set(message.id, known ? { ...uniteCopies(known, head), parts: [] } : head);
  } catch (error) {
    failures.push(toFailure(mail, error));
  }
}

/** A mail that heddle itself stumbles over is set aside and named; the rest goes on. */
export function toFailure(mail: RawMail, error: unknown): ReadFailure {
  const what = error instanceof Error ? error.message : String(error);
  return { origin: mail.origin, reason: `set aside, heddle could not make sense of it (${what}); please report this` };
}
