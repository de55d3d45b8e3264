import { composeMail } from '../edges/outbox/compose-mail.ts';
import { toSafeLine, toSafeText } from '../lib/safe-text.ts';
import { readImapAddress } from '../mailbox/imap/imap-address.ts';
import { findList, toListId, type MailingList } from '../pipeline/join/mailing-list.ts';
import { readJoin, saveJoin, type Join } from '../pipeline/join/pending-joins.ts';
import { writeConfirmation, writeJoinRequest, type RequestMail } from '../pipeline/join/write-request.ts';
import type { Store } from '../ports.ts';
import type { Letter } from '../ports/outbox.ts';
import { canAsk, openAsker } from './asker.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { findConfirmation } from './find-confirmation.ts';
import { openOutbox } from './open-outbox.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly as?: string;
  readonly confirm?: string | true;
  readonly dryRun?: true;
  readonly yes?: true;
}

/**
 * `heddle join LIST`: asks a list to subscribe the bot's address; with `--confirm` it answers the list's question whether that was
 * us. heddle is silent by itself: this command alone writes to a list's host, to the request address alone, and only what a
 * person has seen and said yes to.
 */
export async function runJoin([text]: readonly [string], options: Options, context: Context): Promise<number> {
  const list = findList(text);
  if (list === null) {
    throw new CommandFailure(
      `${toSafeLine(text, 100)}: wanted is the address of a list, or a name that is known`,
      EXIT.usage,
    );
  }
  return withStore({ option: options, context, must: 'be-made' }, (store) =>
    options.confirm === undefined
      ? ask(list, { store, options, context })
      : confirm(list, options.confirm === true ? null : options.confirm, { store, options, context }),
  );
}

interface Act {
  readonly store: Store;
  readonly options: Options;
  readonly context: Context;
}

async function ask(list: MailingList, act: Act): Promise<number> {
  const { store, context } = act;
  const address = await toAddress(act);
  const at = context.now.toISOString();
  const before = await readJoin(store, list);
  if (before?.state === 'confirmed' && before.address === address) {
    await context.stderr.write(`heddle: ${address} joined ${toListId(list)} on ${before.at.slice(0, 10)} already\n`);
  }
  const sent = await send(writeJoinRequest(list, address, at.slice(0, 10)), act);
  if (sent === 'shown') return EXIT.ok;
  // A request that may have gone out may be answered too.
  await saveJoin(store, { ...list, address, askedAt: at, at, state: 'asked' });
  if (sent !== 'sent') throw new CommandFailure(sent);
  await context.stdout.write(
    `Sent. The list will ask back: once its mail is here (heddle watch --once), heddle join ${list.name}@${list.host} --confirm\n`,
  );
  return EXIT.ok;
}

async function confirm(list: MailingList, path: string | null, act: Act): Promise<number> {
  const { store, context } = act;
  const join = await readJoin(store, list);
  if (join?.state !== 'asked') {
    const why = join === null ? 'nobody asked to join it' : 'it has been confirmed';
    throw new CommandFailure(`${toListId(list)}: ${why}; what nobody asked for is not confirmed`);
  }
  const { token, shown } = await findConfirmation(join, { path, store, context });
  await context.stdout.write(`${shown}\n`);
  const sent = await send(writeConfirmation(list, join.address, token), act);
  if (sent === 'shown') return EXIT.ok;
  if (sent !== 'sent') throw new CommandFailure(sent);
  const done: Join = { ...join, state: 'confirmed', at: context.now.toISOString() };
  await saveJoin(store, done);
  await context.stdout.write(`Sent. ${join.address} is on ${toListId(list)} once the list says welcome.\n`);
  return EXIT.ok;
}

const ADDRESS = /^[^\s<>,;:"()[\]\\@]{1,64}@[a-z0-9.-]{1,189}$/i;

/** `--as`, else HEDDLE_SMTP_FROM, else the address whose mailbox is followed, where there is but one. */
async function toAddress({ store, options, context }: Act): Promise<string> {
  const users = (await store.mailboxes()).flatMap(({ url }) => readImapAddress(url)?.user ?? []);
  const own = [...new Set(users.filter((user) => ADDRESS.test(user)))];
  const address = options.as ?? context.config.smtp?.from ?? (own.length === 1 ? own[0] : undefined);
  if (address === undefined) {
    throw new CommandFailure('which address shall join? --as bot@example.org, or HEDDLE_SMTP_FROM', EXIT.usage);
  }
  if (!ADDRESS.test(address)) throw new CommandFailure(`${toSafeLine(address, 100)} is no address`, EXIT.usage);
  return address;
}

/** Shows the mail and sends it when a person says so. A reason where it may have gone out; what did not is thrown. */
async function send(mail: RequestMail, { options, context }: Act): Promise<'sent' | 'shown' | (string & {})> {
  const letter = await toLetter(mail, context);
  await context.stdout.write(`This mail would be sent:\n\n${writeShown(letter)}\n\n`);
  if (options.dryRun === true) return 'shown';
  const { outbox, host } = openOutbox(context);
  if (options.yes !== true) {
    if (!canAsk(context)) throw new CommandFailure('not sent: say --yes, or ask for it on a terminal', EXIT.usage);
    if (!(await openAsker(context).agree(`Send it over ${host}?`))) throw new CommandFailure('not sent');
  }
  const posted = await outbox.post(letter);
  const [refused] = posted.kind === 'accepted' ? posted.refused : [];
  if (refused) throw new CommandFailure(`not sent: ${host} refuses ${refused.address} (${refused.reason})`);
  if (posted.kind === 'accepted') return 'sent';
  if (posted.kind === 'deferred' && posted.uncertain) return posted.reason;
  throw new CommandFailure(`not sent: ${posted.reason}${posted.kind === 'deferred' ? '; try again later' : ''}`);
}

function toLetter(mail: RequestMail, { now }: Context): Promise<Letter> {
  const { from, to, subject, text, messageId } = mail;
  return composeMail({
    from: { name: null, address: from },
    to: [{ name: null, address: to }],
    subject,
    text,
    messageId,
    date: now,
  });
}

function writeShown({ raw }: Letter): string {
  return toSafeText(raw.toString('utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`.trimEnd())
    .join('\n');
}
