import type { Evidence } from '../../model/evidence.ts';
import type { Message } from '../../model/message.ts';
import type { Head } from '../../model/thread.ts';
import type { TriageThread } from '../../model/triage.ts';

/** A mail as the store holds it. */
export interface StoredMail {
  readonly message: Message;
  readonly evidence: Evidence;
}

/** The JSON columns of a mail. */
export interface MailText {
  readonly head: string;
  readonly evidence: string;
  readonly body: string;
}

type Body = Omit<Message, keyof Head>;

/**
 * An id as the store's key columns hold it: the same text, with U+FFFD for what cannot be stored. (SQLite ends a text at
 * NUL, and half a surrogate pair has no UTF-8.)
 */
export function toKey(id: string): string {
  return id.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** Writes a mail as JSON; {@link readMail} gives back the same value. */
export function writeMail({ message, evidence }: StoredMail): MailText {
  const { parts, otherParts, problems, ...head } = message;
  const body: Body = { parts, otherParts, problems };
  return { head: JSON.stringify(head), evidence: JSON.stringify(evidence), body: JSON.stringify(body) };
}

export function readMail(row: MailText): StoredMail {
  return { message: { ...readHead(row.head), ...readBody(row.body) }, evidence: readEvidence(row.evidence) };
}

export function readHead(text: string): Head {
  return JSON.parse(text) as Head;
}

export function readBody(text: string): Body {
  return JSON.parse(text) as Body;
}

export function readEvidence(text: string): Evidence {
  return JSON.parse(text) as Evidence;
}

export function readDocument(text: string): TriageThread {
  return JSON.parse(text) as TriageThread;
}
