import type { Snapshot, Window } from './digest.ts';

export const FORMS = ['both', 'text', 'html', 'markdown'] as const;
/** How a digest is written to somebody; `both` is a mail of plain text with HTML beside it. */
export type Form = (typeof FORMS)[number];

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

/** When somebody wants a digest: at a time of the clocks of a zone, on some days of the week. */
export interface Rhythm {
  /** `HH:MM`. */
  readonly at: string;
  /** A name of the time zone database: `Europe/Prague`. */
  readonly zone: string;
  readonly days: readonly Day[];
}

/**
 * `pending`: has not said yes yet; `active`: gets digests; `paused`: wants none for now; `suspended`: mail does not arrive;
 * `gone`: wants no more, or was taken out. Nobody who is gone is ever forgotten: a restart must not write to them again.
 */
export const SUBSCRIBER_STATES = ['pending', 'active', 'paused', 'suspended', 'gone'] as const;
export type SubscriberState = (typeof SUBSCRIBER_STATES)[number];

/** Somebody who gets digests. Times are ISO 8601 in UTC. */
export interface Subscriber {
  /** Made by chance: what mails are named after, so that nobody guesses their names. */
  readonly id: string;
  /** Lower case. */
  readonly address: string;
  readonly name: string | null;
  /** A filter in its normal form; empty where everything is wanted. */
  readonly filter: string;
  readonly form: Form;
  readonly rhythm: Rhythm;
  readonly state: SubscriberState;
  /** Why it is in that state, one line for a person; `null` where nothing is to be said. */
  readonly reason: string | null;
  /** Mails in a row that were refused or came back. */
  readonly failures: number;
  readonly addedAt: string;
  readonly confirmedAt: string | null;
  /** What the last digest told. */
  readonly snapshot: Snapshot | null;
  /** Threads that are not to be told before a day (`YYYY-MM-DD`), by id. */
  readonly snoozed: Readonly<Record<string, string>>;
}

/**
 * `queued`: waits for its time; `held`: waits for the operator; `sending`: somebody has it in hand; `sent`: the server took it;
 * `failed`: given up; `empty`: there was nothing to tell; `superseded`: the next digest tells it too.
 */
export const DELIVERY_STATES = ['queued', 'held', 'sending', 'sent', 'failed', 'empty', 'superseded'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export type DeliveryKind = 'digest' | 'confirm' | 'answer';

/** What a letter says. `{token}` stands where the token goes that is made anew for each sending and kept nowhere. */
export interface LetterContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** What it tells, for the next digest to be compared with. */
  readonly snapshot: Snapshot | null;
  /** Message-IDs that it answers, oldest first. */
  readonly references: readonly string[];
}

/** One letter for one subscriber: a digest of a window, a question whether it was them, an answer to commands. */
export interface Delivery {
  /** Made of subscriber, kind and window (or of what is answered): there is one at most. */
  readonly id: string;
  readonly subscriber: string;
  readonly kind: DeliveryKind;
  readonly window: Window;
  readonly state: DeliveryState;
  readonly subject: string;
  readonly messageId: string;
  /** Not before. */
  readonly dueAt: string;
  readonly attempts: number;
  /** How often nobody knows whether it went out. */
  readonly uncertain: number;
  readonly reason: string | null;
  readonly madeAt: string;
  readonly endedAt: string | null;
  /** Gone once it was sent. */
  readonly content: LetterContent | null;
}
