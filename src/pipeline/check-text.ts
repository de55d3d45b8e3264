import type { LogLine } from '../model/log.ts';
import type { Message } from '../model/message.ts';
import { toMessageId } from '../model/message.ts';
import type { TriageThread } from '../model/triage.ts';
import { extract, judgeThread, toReadPart } from '../pipeline.ts';
import { readMessage } from '../message/read-message.ts';
import { buildThreads } from '../thread/build-threads.ts';
import type { Trees } from '../routing/trees/trees.ts';

/** What `heddle check` says of a draft or a pasted log. */
export interface Checked {
  readonly thread: TriageThread;
  /** Lines of the log that a mailer wrapped, and that had to be joined again: 1-based, in the text. */
  readonly wrappedLines: readonly number[];
  /** How many lines look like frames though no trace was recognised. */
  readonly nearMisses: number;
}

/** A header field at the start of a text: what tells a draft mail from a pasted log. */
const HEADER = /^(?:From|To|Cc|Subject|Date|Message-ID|Received|Return-Path|X-[\w-]{1,40}|MIME-Version): ?\S/im;
const DRAFT_ID = '<draft@heddle.invalid>';

/**
 * Reads a draft mail or a pasted log before it is sent.
 *
 * @param text the bytes as they came: a whole mail, where the first lines are header fields, else the text alone.
 */
export function checkText(text: Buffer, knowledge: { readonly trees: Trees; readonly asOf: Date }): Checked {
  const head = text.subarray(0, 2_000).toString('utf8').split('\n\n')[0] ?? '';
  const isMail = HEADER.test(head.slice(0, 200).split('\n')[0] ?? '');
  const message = isMail ? readMessage({ bytes: text, origin: 'draft' }) : toDraft(text.toString('utf8'));
  const evidence = extract(message);
  const thread = buildThreads([message])[0];
  if (!thread) throw new Error('a mail is always a thread');
  const log = message.parts.flatMap((part) => toReadPart(part).log);
  return {
    thread: judgeThread(thread, new Map([[message.id, evidence]]), knowledge),
    wrappedLines: log.filter(isWrapped).map((line) => line.first),
    nearMisses: evidence.nearMisses,
  };
}

function isWrapped({ repairs }: LogLine): boolean {
  return repairs.includes('join');
}

/** A pasted log as a mail with nothing but a body. */
function toDraft(text: string): Message {
  const id = toMessageId(DRAFT_ID);
  if (id === undefined) throw new Error('the id of a draft is no Message-ID');
  const body = { name: 'body', type: 'text/plain', text: text.replace(/\r\n?/g, '\n'), flowed: false, delSp: false };
  const nobody = { from: null, to: [], cc: [], date: null, subject: '', inReplyTo: [], references: [], lists: [] };
  return { id, ...nobody, headers: {}, parts: [body], otherParts: [], url: null, problems: [] };
}
