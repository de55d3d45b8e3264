import { Readable } from 'node:stream';
import type { RawMail, Reading } from '../../ports.ts';
import { openStream, type ByteStream } from '../byte-stream.ts';
import { readStream } from '../read-stream.ts';
import { ArchiveTrouble, toTrouble } from './archive-trouble.ts';
import type { Answer } from './polite-client.ts';

/**
 * The mails of an mbox that a server sends, plain or gzipped. Each is given only once it is whole: the one that an answer breaks
 * off in is not given at all. Throws {@link ArchiveTrouble} where the answer is no mail, breaks off, or unpacks to more
 * than `maxBytes`.
 */
export async function* readMails(answer: Answer, where: string, maxBytes: number): AsyncGenerator<Reading> {
  let trouble: ArchiveTrouble | null = null;
  const chunks = async function* (): AsyncGenerator<Buffer> {
    try {
      yield* answer.chunks;
    } catch (error) {
      trouble = toTrouble(error, where);
      throw error;
    }
  };
  let held: Reading | null = null;
  for await (const reading of readStream(bound(openStream(Readable.from(chunks())), where, maxBytes), where)) {
    if (reading.kind === 'failure' && reading.failure.origin === where)
      throw trouble ?? new ArchiveTrouble('no-archive', `${where}: ${reading.failure.reason}`);
    if (held !== null) yield held;
    held = reading;
  }
  if (held !== null) yield held;
}

function bound(bytes: ByteStream, where: string, maxBytes: number): ByteStream {
  const counted = async function* (): AsyncGenerator<Buffer, undefined> {
    let length = 0;
    for (;;) {
      const next = await bytes.chunks.next();
      if (next.done === true) return undefined;
      length += next.value.length;
      if (length > maxBytes) throw new ArchiveTrouble('too-long', `${where}: unpacks to more than ${maxBytes} bytes`);
      yield next.value;
    }
  };
  return { chunks: counted(), damage: () => bytes.damage() };
}

const HEADER_BYTES = 64 * 1024;
const MESSAGE_ID = /^message-id:[ \t]{0,100}(?:\r?\n[ \t]{1,100})?<?(?<id>[^\s<>]{1,998})>?/im;

/** The Message-ID of a mail as it came, without brackets; `null` where its header has none. */
export function findMessageId(bytes: Buffer): string | null {
  const text = bytes.toString('latin1', 0, HEADER_BYTES);
  const end = /\n\r?\n/.exec(text)?.index ?? text.length;
  return MESSAGE_ID.exec(text.slice(0, end + 1))?.groups?.['id'] ?? null;
}

/** The mail with its link into a public-inbox archive; `base` ends with a slash. */
export function withLink(mail: RawMail, base: string): RawMail {
  const id = findMessageId(mail.bytes);
  return id === null ? mail : { ...mail, url: `${base}${toPathPart(id)}/` };
}

/** A Message-ID as public-inbox writes it in addresses. */
export function toPathPart(id: string): string {
  return encodeURIComponent(id).replace(/%(?:40|2B|3D|24|2C|3A|3B)/g, decodeURIComponent);
}
