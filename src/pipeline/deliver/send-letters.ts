import type { Delivery, Subscriber, SubscriberState } from '../../model/subscriber.ts';
import type { Clock } from '../../ports.ts';
import type { Letter, MailFields, Outbox, Posted } from '../../ports/outbox.ts';
import type { Outcome, PostBook } from '../../ports/post-book.ts';
import { toMailFields } from './letters.ts';
import type { PostSettings } from './post-settings.ts';
import { makeToken, type Random } from './tokens.ts';

/** After so long others may take a letter that a sender has in hand: it is taken for dead. An outbox must be done by then. */
const LEASE_MS = 10 * 60_000;
/** Letters on their way at once. */
const AT_ONCE = 4;
const MINUTE = 60_000;

/** Minutes until the next try; after the last the letter is given up, and the next digest tells what it told. */
const PAUSES = [1, 5, 15, 60, 120, 240, 480, 480] as const;

export interface SendPorts {
  readonly post: PostBook;
  readonly outbox: Outbox;
  readonly compose: (fields: MailFields) => Promise<Letter>;
  readonly settings: PostSettings;
  readonly clock: Clock;
  readonly random: Random;
  /** Names this sender among all. */
  readonly by: string;
  /** So many letters in one UTC day. */
  readonly mostADay: number;
  readonly signal: AbortSignal;
  /** Told of every letter that was tried. */
  readonly onTried?: (tried: Tried) => Promise<void>;
}

export interface Tried {
  readonly delivery: Delivery;
  readonly subscriber: Subscriber | null;
  readonly outcome: Outcome;
}

export type SendEnd =
  | { readonly kind: 'done'; readonly tried: number }
  | { readonly kind: 'stopped'; readonly tried: number; readonly reason: string };

/** Sends what is due, until nothing is, or it is told to stop, or the day has had its share. */
export async function sendLetters(ports: SendPorts): Promise<SendEnd> {
  const { post, clock, by, signal, mostADay } = ports;
  let tried = 0;
  while (!signal.aborted) {
    const reason = await post.stopped();
    if (reason !== null) return { kind: 'stopped', tried, reason };
    const now = clock.now();
    const left = mostADay - (await countToday(post, now, mostADay));
    if (left <= 0) return { kind: 'stopped', tried, reason: `${String(mostADay)} letters went out today already` };
    const until = new Date(now.getTime() + LEASE_MS).toISOString();
    const claim = { by, now: now.toISOString(), until, limit: Math.min(AT_ONCE, left) };
    const taken = await post.claimDeliveries(claim);
    if (taken.length === 0) break;
    await Promise.all(taken.map((delivery) => sendOne(delivery, ports)));
    tried += taken.length;
  }
  return { kind: 'done', tried };
}

async function countToday(post: PostBook, now: Date, limit: number): Promise<number> {
  const endedSince = `${now.toISOString().slice(0, 10)}T00:00:00.000Z`;
  return (await post.deliveries({ states: ['sent'], endedSince, limit })).length;
}

/** Who may be sent what: whoever said no, or was set aside, gets nothing, whatever waits for them. */
const WANTED: Readonly<Record<Delivery['kind'], readonly SubscriberState[]>> = {
  digest: ['active'],
  confirm: ['pending'],
  answer: ['active', 'paused', 'gone'],
};

async function sendOne(delivery: Delivery, ports: SendPorts): Promise<void> {
  const { post, by, clock, onTried } = ports;
  const subscriber = await post.subscriber(delivery.subscriber);
  const outcome =
    subscriber === null || delivery.content === null || !WANTED[delivery.kind].includes(subscriber.state)
      ? ({ kind: 'failed', at: clock.now().toISOString(), reason: 'nobody wants it any more', counts: false } as const)
      : await tryOne({ delivery, subscriber, content: delivery.content }, ports);
  await post.endDelivery(delivery.id, by, outcome);
  await onTried?.({ delivery, subscriber, outcome });
}

interface Trying {
  readonly delivery: Delivery;
  readonly subscriber: Subscriber;
  readonly content: NonNullable<Delivery['content']>;
}

async function tryOne({ delivery, subscriber, content }: Trying, ports: SendPorts): Promise<Outcome> {
  const { post, outbox, compose, settings, clock, random, by } = ports;
  const { kind, messageId, id } = delivery;
  const now = clock.now();
  const purpose = kind === 'confirm' ? 'confirm' : 'reader';
  const made = kind === 'answer' ? null : makeToken({ subscriber: subscriber.id, purpose, now }, random);
  const addressed = { content, subscriber, kind, messageId, token: made?.token ?? null, date: now };
  const letter = await compose(toMailFields(addressed, settings));
  const mayHandOver = async (): Promise<boolean> => {
    const still = await post.subscriber(subscriber.id);
    if ((await post.stopped()) !== null || still?.state !== subscriber.state) return false;
    return post.handOver(id, by, made?.kept ?? null);
  };
  return toOutcome(await outbox.post(letter, { mayHandOver }), delivery, clock.now());
}

/** What the server said, as what is to be done. */
function toOutcome(posted: Posted, { attempts }: Delivery, now: Date): Outcome {
  const at = now.toISOString();
  if (posted.kind === 'accepted') {
    const [refused] = posted.refused;
    if (refused === undefined) return { kind: 'sent', at };
    return { kind: 'failed', at, reason: refused.reason, counts: true };
  }
  const { reason } = posted;
  if (posted.kind === 'refused' && posted.about === 'address') return { kind: 'failed', at, reason, counts: true };
  const pause = PAUSES[attempts - 1];
  const uncertain = posted.kind === 'deferred' && posted.uncertain;
  // What is wrong with the server, or with our password for it, is no subscriber's fault.
  if (pause === undefined) return { kind: 'failed', at, reason: `given up: ${reason}`, counts: false };
  return { kind: 'later', dueAt: new Date(now.getTime() + pause * MINUTE).toISOString(), reason, uncertain };
}
