import type { Message, MessageId } from './message.ts';

/** What threading needs to know of a mail. */
export type Head = Pick<
  Message,
  'id' | 'from' | 'to' | 'cc' | 'date' | 'subject' | 'inReplyTo' | 'references' | 'lists' | 'headers' | 'url'
>;

/** A mail in its place. */
export interface ThreadMessage<H extends Head = Head> {
  readonly message: H;
  /** The mail that it answers, as far as it is at hand or known by name (a ghost); `null` for a root. */
  readonly parent: MessageId | null;
  /** 0 for a root. */
  readonly depth: number;
}

/** A reply tree. Parents that are missing are ghosts: named, but without a mail. */
export interface Thread<H extends Head = Head> {
  /** Message-ID of the root, or of the missing root where only replies are at hand. */
  readonly id: MessageId;
  /** In the order of reading: parents before children, siblings by date, then by id. */
  readonly messages: readonly ThreadMessage<H>[];
  /** Ids that mails of this thread refer to and that are not at hand. */
  readonly ghosts: readonly MessageId[];
}
