/** Where a secret is found; the secret itself is never kept, shown or logged. */
export type SecretPlace =
  /** A file of mode 0600 or stricter; its first line is the secret. */
  | { readonly kind: 'file'; readonly path: string }
  /** A command whose first line of output is the secret: `pass show bot`. */
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'environment'; readonly name: string }
  /** A file of mode 0600 with a refresh token and what is needed to trade it for an access token (XOAUTH2). */
  | { readonly kind: 'oauth2'; readonly path: string };

export const BACK_FILLS = ['newest-first', 'in-order', 'none'] as const;

/** A mailbox or an archive that heddle follows. */
export interface Mailbox {
  /** How people call it; unique in a store. */
  readonly name: string;
  /**
   * `imaps://user@host:port/folder`, `imap://…`, an `https://` archive, or a git mirror (`git+https://…`, or a folder). Never
   * holds a password.
   */
  readonly url: string;
  readonly kind: 'imap' | 'http' | 'git';
  /** `null` where none is needed (archives, anonymous IMAP). */
  readonly secret: SecretPlace | null;
  /**
   * `required`: nothing is said before the line is encrypted (imaps, or STARTTLS on imap); `none`: plain text, only where a person
   * wrote so.
   */
  readonly tls: 'required' | 'none';
  /** File with a certificate to trust beside the system's, or `null`. */
  readonly ca: string | null;
  /** In which order mail that is there already is read. */
  readonly backFill: (typeof BACK_FILLS)[number];
  /** ISO 8601 in UTC. */
  readonly addedAt: string;
}

/** How it stands with a followed mailbox, for `doctor` and the digest's blind spots. */
export interface Standing {
  /** Name of the mailbox. */
  readonly mailbox: string;
  readonly state: 'connected' | 'caught-up' | 'failing';
  /** One line for a person; `null` where all is well. */
  readonly reason: string | null;
  /** ISO 8601 in UTC: since when it has been in this state, and when it was last heard of. */
  readonly since: string;
  readonly at: string;
}

/** Where a mailing list was last seen: a list that falls silent is told. */
export interface ListSeen {
  /** The address form of its List-Id: `xen-devel.lists.xenproject.org`. */
  readonly list: string;
  /** Date of its newest mail, ISO 8601 in UTC, and how many mails of it there are. */
  readonly newest: string;
  readonly mails: number;
}

/** How many mails came through a list in an hour. */
export interface ListHour {
  readonly list: string;
  /** `2024-05-16T12`, UTC. */
  readonly hour: string;
  readonly mails: number;
}

/** A mail, and whether what it answers is there. */
export interface RecentMail {
  readonly id: string;
  readonly date: string | null;
  readonly subject: string;
  /** The mail that it answers, or `null`. */
  readonly parent: string | null;
  /** Whether that mail had come by the end of the window that was asked for. */
  readonly hasParent: boolean;
}
