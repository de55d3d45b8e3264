import { readMessage } from '../../src/message/read-message.ts';
import type { Message } from '../../src/model/message.ts';

const HEADER = 'From: Ada <ada@example.org>\nDate: Thu, 28 Sep 2017 08:42:00 +0000\nMessage-ID: <1@example.org>\n';

/** Reads a mail of a common header, more header lines and a body. */
export function read(rest: string | Buffer, head = HEADER): Message {
  return readMessage({ bytes: Buffer.concat([Buffer.from(head), Buffer.from(rest)]), origin: 'test' });
}

/** Names and texts of a mail's parts. */
export function texts(message: Message): [string, string][] {
  return message.parts.map(({ name, text }) => [name, text]);
}

/** A multipart of ready parts (`header\n\nbody`). */
export function multipart(subtype: string, parts: readonly string[], boundary = 'b'): string {
  return (
    `Content-Type: multipart/${subtype}; boundary="${boundary}"\n\npreamble\n` +
    `${parts.map((part) => `--${boundary}\n${part}\n`).join('')}--${boundary}--\nepilogue\n`
  );
}
