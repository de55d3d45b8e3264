import type { Subscriber } from '../../model/subscriber.ts';
import type { PostBook } from '../../ports/post-book.ts';
import { toConfirmation } from './write-confirmation.ts';
import type { PostSettings } from './post-settings.ts';
import type { Random } from './tokens.ts';

/** What somebody wishes who is to get digests. */
export type Wishes = Pick<Subscriber, 'address' | 'name' | 'filter' | 'form' | 'rhythm'>;

export interface AskPorts {
  readonly post: PostBook;
  readonly settings: PostSettings;
  readonly random: Random;
  readonly now: Date;
}

/** What became of a wish; only `asked` and `changed` change anything. */
export type Asked =
  | { readonly kind: 'asked' }
  /** Somebody who gets digests already: as they wish from now on. */
  | { readonly kind: 'changed' }
  /** They left, or mail did not arrive: nobody writes to them again without a person's word. */
  | { readonly kind: 'gone'; readonly reason: string };

/** Times that one address is asked in a day: whoever adds strangers' addresses must not make heddle a nuisance. */
const MOST_ASKED = 3;
const DAY = 86_400_000;

/**
 * Writes somebody down, and the question whether it was them: it goes out with the next delivery. Whoever is gone is asked again only
 * where `again` says so.
 */
export async function askSubscriber(
  wishes: Wishes,
  { again }: { readonly again: boolean },
  ports: AskPorts,
): Promise<Asked> {
  const { post, now } = ports;
  const known = await post.subscriber(wishes.address);
  if (known === null) return askNew(wishes, ports);
  const { name, filter, form, rhythm } = wishes;
  if (known.state === 'active' || known.state === 'paused') {
    await post.changeSubscriber(known.id, { name, filter, form, rhythm });
    return { kind: 'changed' };
  }
  if (known.state !== 'pending' && !again) return { kind: 'gone', reason: known.reason ?? known.state };
  if (await wasAskedOften(known, ports))
    return { kind: 'gone', reason: `asked ${String(MOST_ASKED)} times in a day already` };
  await post.changeSubscriber(known.id, { name, filter, form, rhythm, state: 'pending', reason: null, failures: 0 });
  await post.addDelivery(toConfirmation({ ...known, ...wishes }, ports.settings, now));
  return { kind: 'asked' };
}

async function askNew(wishes: Wishes, { post, settings, random, now }: AskPorts): Promise<Asked> {
  const subscriber: Subscriber = {
    ...wishes,
    id: random(16).toString('hex'),
    state: 'pending',
    reason: null,
    failures: 0,
    addedAt: now.toISOString(),
    confirmedAt: null,
    snapshot: null,
    snoozed: {},
  };
  // Added by somebody else in this instant: they were asked.
  if (await post.addSubscriber(subscriber)) await post.addDelivery(toConfirmation(subscriber, settings, now));
  return { kind: 'asked' };
}

async function wasAskedOften({ id }: Subscriber, { post, now }: AskPorts): Promise<boolean> {
  const asked = await post.deliveries({ subscriber: id, kind: 'confirm', limit: MOST_ASKED });
  const [oldest] = asked.slice(MOST_ASKED - 1);
  return oldest !== undefined && now.getTime() - Date.parse(oldest.madeAt) < DAY;
}

/** They said yes, or the operator did for them: digests begin. `false` where there is nothing to say yes to. */
export async function confirmSubscriber(post: PostBook, { id }: Subscriber, now: Date): Promise<boolean> {
  const change = { state: 'active', reason: null, failures: 0, confirmedAt: now.toISOString() } as const;
  return post.changeSubscriber(id, change, ['pending']);
}

/** They want no more. What waits for them is never sent. */
export async function endSubscriber(post: PostBook, { id }: Subscriber, reason: string): Promise<boolean> {
  return post.changeSubscriber(id, { state: 'gone', reason }, ['pending', 'active', 'paused', 'suspended']);
}
