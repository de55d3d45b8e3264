import { createHash } from 'node:crypto';
import type { KeptToken, PostBook, TokenPurpose } from '../../ports/post-book.ts';
import type { Subscriber } from '../../model/subscriber.ts';

/** Random bytes. */
export type Random = (bytes: number) => Buffer;

const BYTES = 16;
const DAY = 86_400_000;

/** Digests are answered late; a question that nobody answered for two weeks is none any more. Leaving is always possible. */
const LIFE: Readonly<Record<TokenPurpose | 'leave', number>> = { confirm: 14, reader: 90, leave: 36_500 };

/** A new token, and what is kept of it. */
export function makeToken(
  { subscriber, purpose, now }: { readonly subscriber: string; readonly purpose: TokenPurpose; readonly now: Date },
  random: Random,
): { readonly token: string; readonly kept: KeptToken } {
  const token = random(BYTES).toString('hex');
  return { token, kept: { hash: toHash(token), subscriber, purpose, madeAt: now.toISOString() } };
}

export function toHash(token: string): string {
  return createHash('sha256').update(token.toLowerCase()).digest('hex');
}

/** Whose token it is, where it is one for this use and not too old; `null` for everything else. */
export async function findOwner(
  token: string,
  use: TokenPurpose | 'leave',
  { post, now }: { readonly post: PostBook; readonly now: Date },
): Promise<Subscriber | null> {
  if (!/^[0-9a-f]{32}$/i.test(token)) return null;
  const kept = await post.token(toHash(token));
  // Whoever was asked whether it was them may also say no.
  if (kept === null || (use !== 'leave' && kept.purpose !== use)) return null;
  if (now.getTime() - Date.parse(kept.madeAt) > LIFE[use] * DAY) return null;
  return post.subscriber(kept.subscriber);
}
