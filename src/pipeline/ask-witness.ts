import type { Evidence } from '../model/evidence.ts';
import type { MessageId } from '../model/message.ts';
import type { Thread } from '../model/thread.ts';
import type { TriageThread } from '../model/triage.ts';
import type { Llm } from '../ports/llm.ts';
import { judgeThread, type Knowledge } from '../pipeline.ts';
import { findCorrectedGenre } from '../verdict/corrections/apply-corrections.ts';
import { toGenre } from '../verdict/genre/to-genre.ts';
import { hearWitness, isWitnessWanted } from '../verdict/llm/hear-witness.ts';
import type { MailText } from '../verdict/llm/mail-text.ts';
import type { Prompt } from '../verdict/llm/prompt.ts';

/** A model that may be asked, and when. */
export interface Witness {
  readonly llm: Llm;
  readonly prompt: Prompt;
  /** Ask for a summary of every report too, not only where the rules are unsure. */
  readonly summaries: boolean;
}

interface Case {
  readonly thread: Thread;
  readonly evidence: ReadonlyMap<MessageId, Evidence>;
  readonly knowledge: Knowledge;
}

/**
 * The verdict on a thread, with the word of a model where there is one and it is wanted; without, that of the rules alone.
 * Whatever the model does, there is a verdict.
 *
 * @param readMails the thread's mails in reading order; asked for only where a model is asked.
 */
export async function judgeWithWitness(
  { thread, evidence, knowledge }: Case,
  {
    witness,
    readMails,
  }: {
    readonly witness: Witness | undefined;
    readonly readMails: () => readonly MailText[] | Promise<readonly MailText[]>;
  },
): Promise<TriageThread> {
  const judged = judgeThread(thread, evidence, knowledge);
  if (!witness) return judged;
  const isSettled = findCorrectedGenre(knowledge.corrections ?? []) !== null;
  const unsure = !isSettled && isUnsure({ thread, evidence, knowledge });
  if (!isWitnessWanted({ thread: judged, unsure }, witness)) return judged;
  const testimony = await hearWitness({ thread: judged, texts: await readMails(), unsure }, witness);
  return judgeThread(thread, evidence, { ...knowledge, testimony });
}

/**
 * Whether the rules would like a second opinion: they weighed words, and the sum is near the threshold, or too small for a
 * report. What no row knew and no weight called a report is where reports are lost.
 */
function isUnsure({ thread, evidence, knowledge }: Case): boolean {
  const { genre, unsure } = toGenre({ thread, evidence, asOf: knowledge.asOf });
  return unsure || genre === 'question' || genre === 'discussion';
}
