import { isNewsgroup, openNewsgroup } from '../mailbox/archive/newsgroup.ts';
import { openImap } from '../mailbox/imap/open-imap.ts';
import type { ImapPorts } from '../mailbox/imap/imap-ports.ts';
import type { Mailbox } from '../model/mailbox.ts';
import type { FollowedSource } from '../ports.ts';

/** What opening any mailbox may need of the program. */
export interface MailboxPorts {
  readonly imap: ImapPorts;
  /** Opens mailboxes of kind `git` and `http`; one opener for all, so that they share their manners. */
  readonly openArchive: (mailbox: Mailbox) => FollowedSource;
}

/** Newsgroups of public-inbox begin a new folder every 50,000 mails, which takes months: it is looked for this often. */
const NEXT_FOLDER_MS = 10 * 60_000;

/** The source behind a mailbox, by its kind. */
export function openMailbox(mailbox: Mailbox, { imap, openArchive }: MailboxPorts): FollowedSource {
  if (mailbox.kind !== 'imap') return openArchive(mailbox);
  return isNewsgroup(mailbox) ? openNewsgroup(mailbox, imap, NEXT_FOLDER_MS) : openImap(mailbox, imap);
}
