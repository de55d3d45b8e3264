import type { Reading } from '../ports.ts';
import { peek, readAll, type ByteStream } from './byte-stream.ts';
import { MboxSplitter } from './mbox-splitter.ts';
import { LOOK, recognise } from './recognise.ts';
import { MAX_MESSAGES, readThreadPage } from './thread-page.ts';

/** Longer mails are cut: 64 MiB is twice what the largest mail providers let through. */
export const MAX_MAIL = 64 * 1024 * 1024;

const CUT = 'is larger than 64 MiB; only its beginning was read';

/** Makes a failure reading; `reason` says what is wrong and what to do. */
export function failure(origin: string, reason: string): Reading {
  return { kind: 'failure', failure: { origin, reason } };
}

/**
 * Every mail of one stream of bytes, whatever kind it is: an mbox, one mail, a saved thread page.
 * What cannot be read is a failure in its place; a stream that breaks keeps the mails before the break.
 *
 * @param onNoMail what to say of a stream that holds no mail; `null` says nothing.
 */
export async function* readStream(
  stream: ByteStream,
  origin: string,
  onNoMail: (why: string) => Reading | null = (why) => failure(origin, why),
): AsyncGenerator<Reading> {
  const { head, bytes } = await peek(stream, LOOK);
  const looked = recognise(head);
  switch (looked.kind) {
    case 'mbox':
      yield* readMbox(bytes, origin);
      break;
    case 'mail':
      yield* readSingle(bytes, origin);
      break;
    case 'thread-page':
      yield* readPage(bytes, origin);
      break;
    case 'none': {
      const reading = bytes.damage() === null ? onNoMail(looked.why) : null;
      if (reading) yield reading;
      break;
    }
  }
  const damage = bytes.damage();
  if (damage !== null) yield failure(origin, damage);
}

async function* readMbox(bytes: ByteStream, origin: string): AsyncGenerator<Reading> {
  const splitter = new MboxSplitter(MAX_MAIL);
  for (;;) {
    const next = await bytes.chunks.next();
    for (const mail of next.done === true ? splitter.finish() : splitter.push(next.value)) {
      const name = `${origin}, mail ${mail.number}`;
      yield { kind: 'mail', mail: { bytes: mail.bytes, origin: name } };
      if (mail.cut) yield failure(name, CUT);
      if (!mail.ended && bytes.damage() === null) {
        yield failure(name, 'ends in the middle of a line: the mbox seems to be cut off; what is there was read');
      }
    }
    if (next.done === true) return;
  }
}

async function* readSingle(bytes: ByteStream, origin: string): AsyncGenerator<Reading> {
  const { content, more } = await readAll(bytes, MAX_MAIL);
  yield { kind: 'mail', mail: { bytes: content, origin } };
  if (more) yield failure(origin, CUT);
}

async function* readPage(bytes: ByteStream, origin: string): AsyncGenerator<Reading> {
  const { content, more } = await readAll(bytes, MAX_MAIL);
  let number = 0;
  for (const mail of readThreadPage(content.toString('utf8'))) {
    number += 1;
    yield { kind: 'mail', mail: { bytes: mail, origin: `${origin}, message ${number}` } };
  }
  if (number === 0)
    yield failure(origin, 'looks like a saved thread page, but holds no whole message: save it again as text');
  if (more) yield failure(origin, CUT);
  if (number >= MAX_MESSAGES) yield failure(origin, `holds more than ${MAX_MESSAGES} messages; the rest was left out`);
}
