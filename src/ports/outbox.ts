import type { Address } from '../model/message.ts';

/** One mail that is to be sent: the bytes that a person was shown are those that go out. */
export interface Letter {
  /** Message-ID without angle brackets, as it stands in `raw`: sent twice, it is still one mail. */
  readonly messageId: string;
  /** The envelope: who is told of failures, and who gets the mail. */
  readonly from: string;
  readonly to: readonly string[];
  /** Header and body, CRLF line ends. */
  readonly raw: Buffer;
}

/** What became of a letter. Each `reason` is one line for a person. */
export type Posted =
  /** The server has taken it over; `refused` names the addressees that it did not take it for. */
  | {
      readonly kind: 'accepted';
      readonly reply: string;
      readonly refused: readonly { readonly address: string; readonly reason: string }[];
    }
  /** Not now: it may be posted again. `uncertain`: the line broke when it was given over, so that it may have gone out. */
  | { readonly kind: 'deferred'; readonly reason: string; readonly uncertain: boolean }
  /** Never, as it stands. `address`: it is the addressee, or the mail to them, that is refused, not our way of asking. */
  | { readonly kind: 'refused'; readonly reason: string; readonly about?: 'address' };

/** What a sender wants to be asked while a letter goes out. */
export interface Posting {
  /**
   * Asked when all is said but the last word: until it resolves the server cannot have taken the letter over, and where it answers
   * `false` the letter stays here.
   */
  readonly mayHandOver?: () => Promise<boolean>;
}

/** Where mail goes out. Nothing is ever sent that a person has not asked for. */
export interface Outbox {
  /** Tries once, within bounds; never throws. */
  post(letter: Letter, posting?: Posting): Promise<Posted>;
}

/** A mail of ours, as fields. */
export interface MailFields {
  readonly from: Address;
  readonly to: readonly Address[];
  readonly subject: string;
  /** Plain text, LF line ends. */
  readonly text: string;
  readonly html?: string;
  /** Message-ID without angle brackets: the same for the same matter, so that a mail that is sent twice is one. */
  readonly messageId: string;
  readonly date: Date;
  /** Further header fields: `Auto-Submitted`, `List-Id`, … */
  readonly headers?: Readonly<Record<string, string>>;
}
