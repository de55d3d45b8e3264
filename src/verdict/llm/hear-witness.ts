import { createHash } from 'node:crypto';
import { toSafeLine } from '../../lib/safe-text.ts';
import type { Testimony } from '../../model/testimony.ts';
import type { TriageThread } from '../../model/triage.ts';
import type { Genre } from '../../model/verdict.ts';
import type { Llm, LlmRequest } from '../../ports/llm.ts';
import { ANSWER_SCHEMA } from './answer.ts';
import { checkAnswer, toOffered } from './check-answer.ts';
import { countTokens, writeExcerpts } from './excerpts.ts';
import type { MailText } from './mail-text.ts';
import { renderPrompt, type Prompt } from './prompt.ts';
import { findAppeal } from './speaks-to-model.ts';

/** The longest request, in tokens as {@link countTokens} counts them. */
export const MAX_REQUEST_TOKENS = 6000;
const MOST_OFFERED = 25;
const MAX_SUBJECT = 300;

/**
 * What a model may make of a thread that the rules were unsure about. It may find a report that they missed; it may never hide one, and what
 * has a form of its own (patches, machines' mail, advisories, spam) is the rules' alone.
 */
const MAY_BECOME: Readonly<Partial<Record<Genre, readonly Genre[]>>> = {
  question: ['question', 'report', 'discussion'],
  discussion: ['discussion', 'report', 'question'],
  report: ['report'],
};

export interface Witnessed {
  /** The rules' verdict. */
  readonly thread: TriageThread;
  /** The thread's mails, in reading order. */
  readonly texts: readonly MailText[];
  /** Whether the rules were unsure of the genre. */
  readonly unsure: boolean;
}

/** Whether a model has anything to say: the rules are unsure of a genre that it may change, or a summary is wanted. */
export function isWitnessWanted(
  { thread, unsure }: Omit<Witnessed, 'texts'>,
  { summaries }: { readonly summaries: boolean },
): boolean {
  return MAY_BECOME[thread.genre] !== undefined && (unsure || (summaries && thread.genre === 'report'));
}

/**
 * Asks a model about a thread and says what of its answer may be believed. Never throws and changes nothing: the rules' verdict
 * stands unless {@link applyTestimony} is given what is returned.
 */
export async function hearWitness(
  { thread, texts, unsure }: Witnessed,
  { llm, prompt }: { readonly llm: Llm; readonly prompt: Prompt },
): Promise<Testimony> {
  const asked = { model: llm.name, prompt: `${prompt.name} ${prompt.version}` };
  const appeal = findAppeal([thread.subject, ...texts.flatMap(({ lines }) => lines.map(({ text }) => text))]);
  if (appeal !== null) return { ...asked, kind: 'dropped', why: `not asked: a mail speaks to a model (${appeal})` };
  const answer = await llm.ask(buildRequest({ thread, texts }, prompt));
  if (answer.kind === 'failure') {
    return { ...asked, kind: 'failed', why: toSafeLine(`${answer.why}: ${answer.detail}`, 300) };
  }
  const checked = checkAnswer(answer.json, { thread, texts });
  if (checked.kind === 'dropped') return { ...asked, kind: 'dropped', why: checked.why };
  const { genre, component, summary, quote, named } = checked;
  const decides = unsure && (MAY_BECOME[thread.genre]?.includes(genre) ?? false);
  return { ...asked, kind: 'heard', genre, decides, component, summary, quote, named };
}

/** The words and the form of a request: at most {@link MAX_REQUEST_TOKENS}, however long the mails are. */
export function buildRequest({ thread, texts }: Omit<Witnessed, 'unsure'>, prompt: Prompt): LlmRequest {
  const { components, addresses } = toOffered({ routing: thread.routing.slice(0, MOST_OFFERED) });
  const slots = {
    components: toList([...components.values()]),
    people: toList([...addresses.values()]),
    subject: toSafeLine(thread.subject, MAX_SUBJECT),
  };
  const empty = renderPrompt(prompt, { ...slots, mark: '0'.repeat(16), mails: '' });
  const room = MAX_REQUEST_TOKENS - countTokens(empty.system) - countTokens(empty.user);
  const mails = writeExcerpts(texts, room);
  // The mark depends on the mails, so that no mail can hold it.
  const mark = createHash('sha256').update(mails).digest('hex').slice(0, 16);
  return {
    prompt: `${prompt.name} ${prompt.version}`,
    ...renderPrompt(prompt, { ...slots, mark, mails }),
    form: { name: prompt.name, schema: ANSWER_SCHEMA },
    maxAnswerTokens: prompt.answerTokens,
  };
}

function toList(rows: readonly string[]): string {
  return rows.length === 0 ? '(none)' : rows.map((row) => `- ${toSafeLine(row, 200)}`).join('\n');
}
