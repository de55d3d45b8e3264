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
  /** Never, as it stands. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Where mail goes out. Nothing is ever sent that a person has not asked for. */
export interface Outbox {
  /** Tries once, within bounds; never throws. */
  post(letter: Letter): Promise<Posted>;
}
