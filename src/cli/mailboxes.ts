import { writeTime } from '../lib/days.ts';
import { writeSafeJson } from '../lib/safe-json.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Mailbox, SecretPlace, Standing } from '../model/mailbox.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { writeSecretPlace } from './finding-lines.ts';
import { dropSecret } from './secret-folder.ts';
import { storeFile, withStore, type StoreOption } from './with-store.ts';

/** `heddle mailboxes [--json]`: what is followed, how it stands, and where its secret is; never the secret. */
export async function runMailboxes(
  _args: readonly [],
  option: StoreOption & { readonly json?: true },
  context: Context,
): Promise<number> {
  const { mailboxes, standings } = await withStore({ option, context, must: 'exist' }, async (store) => ({
    mailboxes: await store.mailboxes(),
    standings: new Map((await store.standings()).map((one) => [one.mailbox, one])),
  }));
  if (option.json === true) {
    const rows = mailboxes.map((one) => ({
      ...one,
      secret: toShown(one.secret),
      standing: standings.get(one.name) ?? null,
    }));
    await context.stdout.write(`${writeSafeJson({ mailboxes: rows })}\n`);
    return EXIT.ok;
  }
  if (mailboxes.length === 0) {
    await context.stdout.write('nothing is followed: heddle subscribe, or heddle follow for an archive\n');
  }
  for (const mailbox of mailboxes) {
    await context.stdout.write(`${context.style.bold(toSafeLine(mailbox.name, 100))}\n`);
    for (const [label, text] of toRows(mailbox, standings.get(mailbox.name))) {
      await context.stdout.write(`  ${context.style.dim(label.padEnd(9))} ${toSafeLine(text, 500)}\n`);
    }
  }
  return EXIT.ok;
}

/** A command may hold a secret; the rest names a place only. */
function toShown(secret: SecretPlace | null): object | null {
  return secret?.kind === 'command' ? { kind: 'command' } : secret;
}

const BACK_FILL: Readonly<Record<Mailbox['backFill'], string>> = {
  'newest-first': 'newest first',
  'in-order': 'oldest first',
  none: 'is left alone',
};

function toRows(mailbox: Mailbox, standing: Standing | undefined): readonly (readonly [string, string])[] {
  const { url, kind, secret, tls, ca, backFill } = mailbox;
  return [
    ['at', `${url}${tls === 'none' ? ' (NOT ENCRYPTED)' : ''}`],
    ...(kind === 'imap' ? [['secret', writeSecretPlace(secret)] as const] : []),
    ...(ca === null ? [] : [['trusts', ca] as const]),
    ['old mail', BACK_FILL[backFill]],
    ['state', writeStanding(standing)],
  ];
}

const STATES: Readonly<Record<Standing['state'], string>> = {
  connected: 'reading',
  'caught-up': 'caught up',
  failing: 'FAILING',
};

function writeStanding(standing: Standing | undefined): string {
  if (standing === undefined) return 'never read yet: heddle watch';
  const { state, reason, since, at } = standing;
  const why = reason === null ? '' : `: ${reason}`;
  return `${STATES[state]} since ${writeTime(since)}, last heard of ${writeTime(at)}${why}`;
}

/** `heddle unsubscribe NAME`: follows it no more; its mails stay. */
export async function runUnsubscribe(
  [name]: readonly [string],
  option: StoreOption,
  context: Context,
): Promise<number> {
  return withStore({ option, context, must: 'exist' }, async (store) => {
    const known = await store.mailboxes();
    const mailbox = known.find((one) => one.name === name);
    if (mailbox === undefined || !(await store.removeMailbox(name))) {
      const names = known.map((one) => one.name).join(', ');
      throw new CommandFailure(
        `nothing is followed by the name ${toSafeLine(name, 100)}${names === '' ? '' : `; there is ${names}`}`,
      );
    }
    // Two folders of one account share a secret.
    const shared = known.some((one) => one !== mailbox && isSame(one.secret, mailbox.secret));
    const dropped = !shared && dropSecret(storeFile(option, context), mailbox.secret);
    await context.stdout.write(
      `${toSafeLine(name, 100)} is followed no more; its mails stay${dropped ? ', its password is deleted' : ''}\n`,
    );
    return EXIT.ok;
  });
}

function isSame(a: SecretPlace | null, b: SecretPlace | null): boolean {
  return a?.kind === 'file' && b?.kind === 'file' && a.path === b.path;
}
