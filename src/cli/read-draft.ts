import { openStream, readAll as readBytes } from '../mailbox/byte-stream.ts';
import { MAX_MAIL, readStream } from '../mailbox/read-stream.ts';
import { LOOK, recognise } from '../mailbox/recognise.ts';
import { isText } from '../message/attachment.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failure.ts';
import { readAll } from './read-all.ts';

/**
 * The one mail or the log that a person wants checked, gunzipped where it is packed. An mbox of one mail is that mail.
 *
 * @throws CommandFailure in one line where it is something else: several mails, a packed or binary file, nothing at all.
 */
export async function readDraft(path: string, context: Context): Promise<Buffer> {
  const name = path === '-' ? 'standard input' : path;
  const stream = openStream([await readAll(path, context)]);
  const { content, more } = await readBytes(stream, MAX_MAIL);
  const damage = stream.damage() ?? (more ? 'unpacks to more than 64 MiB' : null);
  if (damage !== null) throw new CommandFailure(`${name}: ${damage}`);
  const looked = recognise(content.subarray(0, LOOK));
  if (looked.kind === 'mbox' || looked.kind === 'thread-page') return readOnly(content, { name, kind: looked.kind });
  if (content.toString('latin1').trim() === '') {
    throw new CommandFailure('there is nothing to check: the input is empty');
  }
  // A mail is a mail, whatever bytes it carries.
  if (looked.kind !== 'mail' && !isText(content)) {
    const why = looked.kind === 'none' && !looked.why.startsWith('is text') ? looked.why : 'is no text';
    throw new CommandFailure(`${name}: ${why}; check reads one mail or a pasted log`);
  }
  return content;
}

/** The mail of an mbox that holds no other. */
async function readOnly(content: Buffer, { name, kind }: { name: string; kind: 'mbox' | 'thread-page' }) {
  const mails: Buffer[] = [];
  let count = 0;
  for await (const reading of readStream(openStream([content]), name)) {
    if (reading.kind !== 'mail') continue;
    count += 1;
    if (mails.length === 0) mails.push(reading.mail.bytes);
  }
  const [mail] = mails;
  if (mail !== undefined && count === 1) return mail;
  const what = kind === 'mbox' ? 'an mbox' : 'a saved thread page';
  throw new CommandFailure(
    `${name}: this is ${what} of ${count} mails: use heddle triage; check reads one mail or a log`,
  );
}
