import type { Mailbox } from '../../model/mailbox.ts';
import type { FollowedSource } from '../../ports.ts';
import type { ArchivePorts } from './archive-ports.ts';
import { openGitArchive } from './git-archive.ts';
import { openHttpArchive } from './http-archive.ts';
import { PoliteClient } from './polite-client.ts';

/**
 * Makes the opener of archives: mailboxes of kind `git` and `http`. All sources of one opener share their manners: one
 * request at a time to each host.
 */
export function toArchiveOpener(ports: ArchivePorts): (mailbox: Mailbox) => FollowedSource {
  const client = new PoliteClient(ports);
  return (mailbox) =>
    mailbox.kind === 'git' ? openGitArchive(mailbox, ports, client) : openHttpArchive(mailbox, ports, client);
}
