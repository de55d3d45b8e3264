import type { Delivery, DeliveryState, Subscriber, SubscriberState } from '../model/subscriber.ts';

/** What a token is for: to say yes to digests; to end them or to command, as the reader of a digest. */
export type TokenPurpose = 'confirm' | 'reader';

/** A token as it is kept: its hash alone. Times are ISO 8601 in UTC. */
export interface KeptToken {
  /** sha256, hex. */
  readonly hash: string;
  readonly subscriber: string;
  readonly purpose: TokenPurpose;
  readonly madeAt: string;
}

/** What of a subscriber may be changed later. */
export type SubscriberChange = Partial<
  Pick<Subscriber, 'name' | 'filter' | 'form' | 'rhythm' | 'state' | 'reason' | 'failures' | 'confirmedAt' | 'snoozed'>
>;

/** A mail to the bot itself, kept apart from those of the lists. */
export interface Incoming {
  /** sha256 of its bytes, hex. */
  readonly id: string;
  readonly mailbox: string;
  readonly raw: Buffer;
  readonly cameAt: string;
}

/** How a delivery ended, or goes on. */
export type Outcome =
  | { readonly kind: 'sent'; readonly at: string }
  /** It is tried again then. `uncertain`: it may have gone out; the second time ends it. */
  | { readonly kind: 'later'; readonly dueAt: string; readonly reason: string; readonly uncertain: boolean }
  /** `counts`: it is the address that is refused; after so many in a row nothing more is sent to it. */
  | { readonly kind: 'failed'; readonly at: string; readonly reason: string; readonly counts: boolean };

export interface DeliveryClaim {
  readonly by: string;
  readonly now: string;
  readonly until: string;
  readonly limit: number;
}

export interface DeliveryQuery {
  readonly states?: readonly DeliveryState[];
  readonly subscriber?: string;
  readonly kind?: Delivery['kind'];
  readonly messageId?: string;
  /** Ended no earlier. */
  readonly endedSince?: string;
  readonly limit: number;
}

/** Who gets digests, and every letter to them: what was sent is known whatever crashes. Times are ISO 8601 in UTC. */
export interface PostBook {
  /** By address. */
  subscribers(): Promise<readonly Subscriber[]>;
  subscriber(idOrAddress: string): Promise<Subscriber | null>;
  /** `false` where the address is there already. */
  addSubscriber(subscriber: Subscriber): Promise<boolean>;
  /** Changes a subscriber who is in one of these states (or in any); `false` where that is not so. */
  changeSubscriber(id: string, change: SubscriberChange, only?: readonly SubscriberState[]): Promise<boolean>;
  addToken(token: KeptToken): Promise<void>;
  token(hash: string): Promise<KeptToken | null>;
  /** Tokens that were made before, of a purpose, are forgotten. */
  dropTokens(purpose: TokenPurpose, before: string): Promise<void>;

  /** Newest first. */
  deliveries(query: DeliveryQuery): Promise<readonly Delivery[]>;
  delivery(id: string): Promise<Delivery | null>;
  /** Where the last window ended that a subscriber was told of (sent, or empty); `null` for none. */
  toldUntil(subscriber: string): Promise<string | null>;
  /**
   * Writes a letter down; `false` where it is there already, or where a digest is in the middle of being sent. Digests that
   * still wait are superseded by a newer one, in the same transaction.
   */
  addDelivery(delivery: Delivery): Promise<boolean>;
  /** Takes letters whose time has come; those of somebody who died with one in hand come again, once where it may have gone out. */
  claimDeliveries(claim: DeliveryClaim): Promise<readonly Delivery[]>;
  /**
   * Said right before a server can take a letter over, with the token that it holds. From here on it may have gone out.
   *
   * @returns `false` where the letter is no longer this sender's.
   */
  handOver(id: string, by: string, token: KeptToken | null): Promise<boolean>;
  /** Writes down how a letter ended: with `sent` what it told is what its reader knows. One transaction. */
  endDelivery(id: string, by: string, outcome: Outcome): Promise<void>;
  /** Gives letters back that nobody can have in hand any more: the caller alone sends. */
  freeDeliveries(): Promise<void>;
  /** Moves waiting letters on by a person's word; returns how many. */
  moveDeliveries(
    move: {
      readonly from: DeliveryState;
      readonly to: DeliveryState;
      readonly reason: string | null;
      readonly at: string;
    },
    id?: string,
  ): Promise<number>;
  /** A letter came back, or somebody's mail is refused: counted once a letter; the address is set aside after so many. */
  bounce(messageId: string, reason: string): Promise<Subscriber | null>;

  /** The kill switch: why nothing is sent, or `null`. */
  stopped(): Promise<string | null>;
  setStopped(reason: string | null): Promise<void>;

  /** Keeps mails to the bot until they were looked at; those that were there before change nothing. */
  addIncoming(mails: readonly Incoming[]): Promise<void>;
  incoming(limit: number): Promise<readonly Incoming[]>;
  /** It was looked at: `outcome` stays, the mail goes. With an answer to it, in one transaction. */
  endIncoming(
    id: string,
    outcome: { readonly text: string; readonly subscriber: string | null; readonly at: string },
    answer?: Delivery,
  ): Promise<void>;
  /** How many mails of somebody were looked at since. */
  countIncoming(subscriber: string, since: string): Promise<number>;
}

/** After so many mails in a row that came back nothing more is sent to an address. */
export const MOST_FAILURES = 3;
