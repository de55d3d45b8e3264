import type { LogLine } from '../model/log.ts';
import type { Message, Problem } from '../model/message.ts';
import { toMessageId } from '../model/message.ts';
import type { Thread } from '../model/thread.ts';
import type { TriageThread } from '../model/triage.ts';
import type { ThreadView } from '../model/view.ts';
import { extract, judgeThread, lastActivity, toReadPart } from '../pipeline.ts';
import { tidyText } from '../message/bounds.ts';
import { decodeText } from '../message/charset.ts';
import { readMessage } from '../message/read-message.ts';
import { buildThreads } from '../thread/build-threads.ts';
import type { Trees } from '../routing/trees/trees.ts';
import { gatherEnvironment } from '../verdict/gather/gather-environment.ts';
import { gatherTraces } from '../verdict/gather/gather-traces.ts';
import { findMissing } from '../verdict/missing/find-missing.ts';
import { findCut } from './cut-text.ts';

/** What `heddle check` says of a draft or a pasted log. */
export interface Checked {
  readonly thread: TriageThread;
  /** Lines of the log that a mailer wrapped, and that had to be joined again: 1-based, in the text. */
  readonly wrappedLines: readonly number[];
  /** How many lines look like frames though no trace was recognised. */
  readonly nearMisses: number;
  /** What of the text was not read, in one line; `null` where all of it was. */
  readonly cut: string | null;
}

/** A header field at the start of a text: what tells a draft mail from a pasted log. */
const HEADER = /^(?:From|To|Cc|Subject|Date|Message-ID|Received|Return-Path|X-[\w-]{1,40}|MIME-Version): ?\S/i;
const DRAFT_ID = '<draft@heddle.invalid>';

/**
 * Reads a draft mail or a pasted log before it is sent. Whoever checks a log means to report something, so it is held
 * against the checklist whatever it is taken for; a draft mail only where it is a report.
 *
 * @param text the bytes as they came: a whole mail, where the first line is a header field, else the text alone.
 */
export function checkText(text: Buffer, knowledge: { readonly trees: Trees; readonly asOf: Date }): Checked {
  const isMail = HEADER.test(text.subarray(0, 200).toString('utf8').split('\n')[0] ?? '');
  const message = isMail ? readMessage({ bytes: text, origin: 'draft' }) : toDraft(text);
  const evidence = extract(message);
  const thread = buildThreads([message])[0];
  if (!thread) throw new Error('a mail is always a thread');
  const all = new Map([[message.id, evidence]]);
  const judged = judgeThread(thread, all, knowledge);
  const missing = isMail ? judged.missing : findMissingOf(thread, all, knowledge.asOf);
  const log = message.parts.flatMap((part) => toReadPart(part).log);
  return {
    thread: { ...judged, missing },
    wrappedLines: log.filter(isWrapped).map((line) => line.first),
    nearMisses: evidence.nearMisses,
    cut: findCut(message, 'draft')?.reason ?? null,
  };
}

function findMissingOf(thread: Thread, evidence: ThreadView['evidence'], asOf: Date): string[] {
  const view: ThreadView = { thread, evidence, asOf: lastActivity(thread) ?? asOf };
  return findMissing(view, { traces: gatherTraces(view), facts: gatherEnvironment(view) });
}

function isWrapped({ repairs }: LogLine): boolean {
  return repairs.includes('join');
}

/** A pasted log as a mail with nothing but a body. */
function toDraft(bytes: Buffer): Message {
  const id = toMessageId(DRAFT_ID);
  if (id === undefined) throw new Error('the id of a draft is no Message-ID');
  const problems: Problem[] = [];
  const { text, gap } = tidyText(decodeText(bytes, null).text, 'the text', problems);
  const body = {
    name: 'body',
    type: 'text/plain',
    text,
    flowed: false,
    delSp: false,
    ...(gap === null ? {} : { gap }),
  };
  const nobody = { from: null, to: [], cc: [], date: null, subject: '', inReplyTo: [], references: [], lists: [] };
  return { id, ...nobody, headers: {}, parts: [body], otherParts: [], url: null, problems };
}
