import { toSafeLine } from '../lib/safe-text.ts';
import { writeTime } from '../lib/days.ts';
import { readMessage } from '../message/read-message.ts';
import { toListId } from '../pipeline/join/mailing-list.ts';
import type { Join } from '../pipeline/join/pending-joins.ts';
import { readConfirmation, type ConfirmationMail } from '../pipeline/join/read-confirmation.ts';
import type { Store } from '../ports.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failure.ts';
import { readAll } from './read-all.ts';

export interface FoundConfirmation {
  readonly token: string;
  /** The mail, for a person to look at. */
  readonly shown: string;
}

const DAY = 86_400_000;
/** Lines of the mail that are shown. */
const SHOWN = 25;

/**
 * The list's question among the mails that came since we asked, or in a file. The newest wins: a list asks anew when it is asked
 * anew.
 *
 * @throws CommandFailure in one line where there is none, or none that may be answered.
 */
export async function findConfirmation(
  join: Join,
  { path, store, context }: { readonly path: string | null; readonly store: Store; readonly context: Context },
): Promise<FoundConfirmation> {
  const mails = path === null ? await listMails(join, store, context) : [await readFile(path, context)];
  const refused: string[] = [];
  for (const mail of mails.sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? 1 : -1))) {
    const read = readConfirmation(mail, join);
    if (read.kind === 'confirmation') return { token: read.token, shown: writeMail(mail) };
    if (read.kind === 'refused') refused.push(read.why);
  }
  const [why] = refused;
  const where = path === null ? 'in the mail that heddle has read' : `in ${toSafeLine(path, 200)}`;
  if (why !== undefined)
    throw new CommandFailure(`a confirmation of ${toListId(join)} ${where} is not answered: ${why}`);
  throw new CommandFailure(
    `there is no confirmation of ${toListId(join)} ${where}: heddle watch --once reads new mail, --confirm FILE takes one that lies elsewhere`,
  );
}

/** Mails of the time since we asked that were sent from the list's host. */
async function listMails(join: Join, store: Store, { now }: Context): Promise<ConfirmationMail[]> {
  const from = new Date(Date.parse(join.askedAt) - DAY).toISOString();
  // The list's clock may be ahead of ours.
  const to = new Date(now.getTime() + DAY).toISOString();
  const found: ConfirmationMail[] = [];
  for await (const { id, messages } of store.threads({ window: { from, to } })) {
    if (!messages.some((one) => one.from.address.includes(join.name))) continue;
    for (const { message } of await store.mails(id)) found.push(message);
  }
  return found;
}

async function readFile(path: string, context: Context): Promise<ConfirmationMail> {
  return readMessage({ bytes: await readAll(path, context), origin: path });
}

function writeMail({ from, date, subject, parts }: ConfirmationMail): string {
  const text = (parts[0]?.text ?? '').trimEnd().split('\n');
  const lines = [
    `From: ${from?.address ?? ''}`,
    `Date: ${writeTime(date)}`,
    `Subject: ${subject}`,
    '',
    ...text.slice(0, SHOWN),
    ...(text.length > SHOWN ? ['…'] : []),
  ];
  return `The list asks:\n\n${lines.map((line) => `    ${toSafeLine(line, 200)}`.trimEnd()).join('\n')}\n`;
}
