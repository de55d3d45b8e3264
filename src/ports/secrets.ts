import type { SecretPlace } from '../model/mailbox.ts';

/** What a mail server is told beside the user's name. It is shown, logged and kept nowhere. */
export type Credential =
  | { readonly kind: 'password'; readonly password: string }
  /** For XOAUTH2. */
  | { readonly kind: 'access-token'; readonly token: string };

export type Revealed =
  | { readonly kind: 'credential'; readonly credential: Credential }
  /** `reason` is one line for a person, without the secret: what is wrong and what to do. */
  | { readonly kind: 'failure'; readonly reason: string; readonly retry: 'later' | 'never' };

/** Reads secrets where they are kept: anew for every login, so that a password that was changed is taken up. Never throws. */
export interface Secrets {
  reveal(place: SecretPlace): Promise<Revealed>;
  /** The server refused what was revealed: an access token that is still held in memory is dropped. */
  forget(place: SecretPlace): void;
}
