import type { Mailbox } from '../../model/mailbox.ts';
import type { FollowedSource } from '../../ports.ts';
import type { ImapPorts } from './imap-ports.ts';

/**
 * A folder of an IMAP server, read with EXAMINE alone: no flag is set, nothing moved or deleted. The secret is asked for anew
 * at every login; without a secret place the login is anonymous. Its cursor is called `NAME\nFOLDER`.
 */
export function openImap(_mailbox: Mailbox, _ports: ImapPorts): FollowedSource {
  throw new Error('not yet');
}
