import { toDigest } from '../pipeline.ts';
import { isOurMail } from '../pipeline/commands/our-mail.ts';
import type { Mailbox } from '../model/mailbox.ts';
import type { Clock, RawMail } from '../ports.ts';
import type { SharedStore } from '../ports/shared-store.ts';
import type { Context } from './context.ts';

/**
 * Keeps mails to the bot itself apart, for heddle deliver to look at. Only those of a mailbox: whoever writes to a public archive
 * writes to everybody.
 */
export function toDivert(
  { post }: SharedStore,
  mailboxes: readonly Mailbox[],
  { context, clock }: { readonly context: Context; readonly clock: Clock },
): ((source: string, mails: readonly RawMail[]) => Promise<readonly RawMail[]>) | undefined {
  const bot = context.config.post.from?.toLowerCase();
  if (bot === undefined) return undefined;
  const own = new Set(mailboxes.flatMap(({ kind, name }) => (kind === 'imap' ? [name] : [])));
  return async (source, mails) => {
    if (!own.has(source)) return mails;
    const [ours, others]: [RawMail[], RawMail[]] = [[], []];
    for (const mail of mails) (isOurMail(mail, bot) ? ours : others).push(mail);
    const cameAt = clock.now().toISOString();
    await post.addIncoming(ours.map((mail) => ({ id: toDigest(mail), mailbox: source, raw: mail.bytes, cameAt })));
    return others;
  };
}
