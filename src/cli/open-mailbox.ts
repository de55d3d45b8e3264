import { openImap } from '../mailbox/imap/open-imap.ts';
import type { ImapPorts } from '../mailbox/imap/imap-ports.ts';
import type { Mailbox } from '../model/mailbox.ts';
import type { FollowedSource } from '../ports.ts';
import { CommandFailure } from './failure.ts';

/** What opening any mailbox may need of the program. */
export interface MailboxPorts {
  readonly imap: ImapPorts;
}

/** The source behind a mailbox, by its kind. */
const OPENERS: Partial<Record<Mailbox['kind'], (mailbox: Mailbox, ports: MailboxPorts) => FollowedSource>> = {
  imap: (mailbox, { imap }) => openImap(mailbox, imap),
};

export function openMailbox(mailbox: Mailbox, ports: MailboxPorts): FollowedSource {
  const open = OPENERS[mailbox.kind];
  if (open === undefined)
    throw new CommandFailure(`${mailbox.name}: mailboxes of kind ${mailbox.kind} cannot be read yet`);
  return open(mailbox, ports);
}
