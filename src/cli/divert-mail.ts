import { toDigest } from '../pipeline.ts';
import { isOurMail } from '../pipeline/commands/our-mail.ts';
import type { Mailbox } from '../model/mailbox.ts';
import type { Clock, RawMail } from '../ports.ts';
import type { SharedStore } from '../ports/shared-store.ts';
import type { Context } from './context.ts';

/** More milliseconds than a mail may hold commands. */
const APART_MS = 50;

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
    const now = clock.now().getTime();
    // What a mail has done is known again by its time, a millisecond a command: no two have the same.
    const toTime = (at: number): string => new Date(now + at * APART_MS).toISOString();
    await post.addIncoming(
      ours.map((mail, at) => ({ id: toDigest(mail), mailbox: source, raw: mail.bytes, cameAt: toTime(at) })),
    );
    return others;
  };
}
