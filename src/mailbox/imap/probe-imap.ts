import type { Mailbox } from '../../model/mailbox.ts';
import type { ImapFailure } from './imap-failure.ts';
import type { ImapPorts } from './imap-ports.ts';

/** What a mailbox holds, looked at without touching it. */
export interface ImapFinding {
  readonly kind: 'found';
  /** Every folder that may be read, as the server names them (decoded), in its order. */
  readonly folders: readonly string[];
  /** The folder that was looked at. */
  readonly folder: string;
  readonly mails: number;
  readonly uidValidity: string;
  readonly idle: boolean;
  readonly condstore: boolean;
  readonly qresync: boolean;
  readonly encrypted: boolean;
  /** Lists of the newest mails (up to 200), by List-Id, most mails first. */
  readonly lists: readonly { readonly list: string; readonly mails: number }[];
}

export type ImapProbe =
  | ImapFinding
  /** `folders` are those of the server, where the login went well and only the folder is missing. */
  | { readonly kind: 'failure'; readonly failure: ImapFailure; readonly folders: readonly string[] };

/**
 * Connects once, opens the folder read-only (EXAMINE) and looks around. Never throws; ends within the limits of `ports`. The
 * secret is in no answer.
 */
export function probeImap(_mailbox: Mailbox, _ports: ImapPorts): Promise<ImapProbe> {
  throw new Error('not yet');
}
