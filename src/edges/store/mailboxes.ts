import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Mailbox, SecretPlace, Standing } from '../../model/mailbox.ts';
import type { MailboxTable, StandingTable, Tables } from './tables.ts';

/** Every mailbox that is followed, by name. */
export async function readMailboxes(db: Kysely<Tables>): Promise<Mailbox[]> {
  return (await db.selectFrom('mailbox').selectAll().orderBy('name').execute()).map(toMailbox);
}

/** Writes a mailbox down, in place of one of that name. */
export async function writeMailbox(tx: Transaction<Tables>, mailbox: Mailbox): Promise<void> {
  const { name, url, kind, secret, tls, ca, backFill, addedAt } = mailbox;
  const row = { url, kind, secret: JSON.stringify(secret), tls, ca, back_fill: backFill, added_at: addedAt };
  await tx
    .insertInto('mailbox')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}

/** Forgets a mailbox with its standing and cursors; its mails stay. `false` where there is none of that name. */
export async function forgetMailbox(tx: Transaction<Tables>, name: string): Promise<boolean> {
  const gone = await tx.deleteFrom('mailbox').where('name', '=', name).returning('name').execute();
  await tx.deleteFrom('standing').where('mailbox', '=', name).execute();
  const cursors = await tx.selectFrom('source_cursor').select('source').execute();
  for (const { source } of cursors) {
    // A range over text would depend on how the database orders letters.
    if (source.startsWith(`${name}\n`)) await tx.deleteFrom('source_cursor').where('source', '=', source).execute();
  }
  return gone.length > 0;
}

/** How it stands with each mailbox that was ever heard of, by name. */
export async function readStandings(db: Kysely<Tables>): Promise<Standing[]> {
  return (await db.selectFrom('standing').selectAll().orderBy('mailbox').execute()).map(toStanding);
}

/** Writes a standing in place of the one before. */
export async function writeStanding(tx: Transaction<Tables>, standing: Standing): Promise<void> {
  const { mailbox, ...rest } = standing;
  await tx
    .insertInto('standing')
    .values({ mailbox, ...rest })
    .onConflict((conflict) => conflict.column('mailbox').doUpdateSet(rest))
    .execute();
}

function toMailbox({ name, url, kind, secret, tls, ca, back_fill, added_at }: Selectable<MailboxTable>): Mailbox {
  return {
    name,
    url,
    kind: kind as Mailbox['kind'],
    secret: JSON.parse(secret) as SecretPlace | null,
    tls: tls as Mailbox['tls'],
    ca,
    backFill: back_fill as Mailbox['backFill'],
    addedAt: added_at,
  };
}

function toStanding({ state, ...rest }: Selectable<StandingTable>): Standing {
  return { ...rest, state: state as Standing['state'] };
}
