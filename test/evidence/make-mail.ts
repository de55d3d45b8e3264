import { toLines, toMessageId, type Address, type Message, type MessageId } from '../../src/model/message.ts';
import type { ReadPart } from '../../src/model/evidence.ts';

export interface MailSketch {
  readonly id?: string;
  readonly from?: Address;
  readonly subject?: string;
  readonly date?: string;
  readonly parent?: string;
  readonly body?: string;
  /** Further text parts: name → text. */
  readonly attachments?: Readonly<Record<string, string>>;
}

export const REPORTER: Address = { name: 'Rita Reporter', address: 'rita@example.org' };
export const MAINTAINER: Address = { name: 'Max Maintainer', address: 'max@example.org' };

export function toId(text: string): MessageId {
  const id = toMessageId(`<${text}@example.org>`);
  if (!id) throw new Error(`no id: ${text}`);
  return id;
}

/** A mail of our own making, as the reader of mails would hand it on. */
export function makeMail(sketch: MailSketch): Message {
  const parts = [['body', sketch.body ?? ''], ...Object.entries(sketch.attachments ?? {})] as const;
  return {
    id: toId(sketch.id ?? '1'),
    from: sketch.from ?? REPORTER,
    to: [],
    cc: [],
    date: sketch.date ?? '2024-03-01T10:00:00.000Z',
    subject: sketch.subject ?? 'A subject',
    inReplyTo: sketch.parent === undefined ? [] : [toId(sketch.parent)],
    references: sketch.parent === undefined ? [] : [toId(sketch.parent)],
    lists: [],
    headers: {},
    parts: parts.map(([name, text]) => ({ name, type: 'text/plain', text, flowed: false, delSp: false })),
    otherParts: [],
    url: null,
    problems: [],
  };
}

export function makeParts(message: Message): ReadPart[] {
  return message.parts.map((part) => ({ part, lines: toLines(part.text), log: [] }));
}
