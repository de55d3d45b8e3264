import type { Mailbox } from '../../model/mailbox.ts';
import type { Credential } from '../../ports/secrets.ts';
import type { ImapAddress } from './imap-address.ts';
import { ImapFailure } from './imap-failure.ts';
import type { ImapLimits, ImapPorts } from './imap-ports.ts';
import { ImapSession } from './imap-session.ts';

/**
 * Asks for the secret, connects and logs in.
 *
 * @throws ImapFailure
 */
export async function openSession(
  mailbox: Mailbox,
  {
    address,
    limits,
    ports,
    signal,
  }: {
    readonly address: ImapAddress;
    readonly limits: ImapLimits;
    readonly ports: ImapPorts;
    readonly signal: AbortSignal;
  },
): Promise<ImapSession> {
  const { secret } = mailbox;
  let credential: Credential | null = null;
  if (secret !== null) {
    const revealed = await ports.secrets.reveal(secret);
    if (revealed.kind === 'failure') {
      throw new ImapFailure('no-secret', revealed.reason, { passes: revealed.retry === 'later' });
    }
    credential = revealed.credential;
  }
  try {
    return await ImapSession.open({ mailbox, address, credential, limits }, signal);
  } catch (error) {
    const refused = error instanceof ImapFailure && (error.kind === 'wrong-password' || error.kind === 'expired-token');
    if (refused && secret !== null) ports.secrets.forget(secret);
    throw error;
  }
}
