import type { MessageId } from '../model/message.ts';
import type { Head } from '../model/thread.ts';

/** The parent of every id of a thread, of mails and ghosts alike; `null` for a root. Free of loops. */
export type Parents = ReadonlyMap<MessageId, MessageId | null>;

/**
 * Chooses every mail's parent by its own header, and every ghost's by what the mails say stands before it.
 * Nothing depends on the order of the mails.
 */
export function findParents(heads: ReadonlyMap<MessageId, Head>): Parents {
  const parents = new Map<MessageId, MessageId | null>();
  for (const head of heads.values()) parents.set(head.id, chooseParent(head, heads));
  for (const [ghost, votes] of findGhosts(heads)) parents.set(ghost, mostVoted(votes));
  cutLoops(parents, heads);
  return parents;
}

/**
 * In-Reply-To is what the writer answered; the last reference says the same, where mailers work. Where the two differ,
 * the one that is at hand wins, and In-Reply-To before the other.
 */
function chooseParent(head: Head, heads: ReadonlyMap<MessageId, Head>): MessageId | null {
  const answered = head.inReplyTo.filter((id) => id !== head.id);
  const last = head.references.findLast((id) => id !== head.id);
  if (answered.length === 0) return last ?? null;
  if (last !== undefined && answered.includes(last)) return last;
  const atHand = answered.find((id) => heads.has(id));
  if (atHand !== undefined) return atHand;
  return last !== undefined && heads.has(last) ? last : (answered[0] ?? null);
}

/** Every id that is referred to but not at hand, with the ids that stand before it in reference lists, counted. */
function findGhosts(heads: ReadonlyMap<MessageId, Head>): Map<MessageId, Map<MessageId, number>> {
  const ghosts = new Map<MessageId, Map<MessageId, number>>();
  const votesFor = (id: MessageId): Map<MessageId, number> => {
    let votes = ghosts.get(id);
    if (!votes) ghosts.set(id, (votes = new Map<MessageId, number>()));
    return votes;
  };
  for (const head of heads.values()) {
    for (const id of head.inReplyTo) if (!heads.has(id)) votesFor(id);
    let before: MessageId | undefined;
    for (const id of head.references) {
      if (!heads.has(id)) {
        const votes = votesFor(id);
        if (before !== undefined && before !== id) votes.set(before, (votes.get(before) ?? 0) + 1);
      }
      before = id;
    }
  }
  return ghosts;
}

function mostVoted(votes: ReadonlyMap<MessageId, number>): MessageId | null {
  let best: MessageId | null = null;
  let most = 0;
  for (const [id, count] of votes) {
    if (count < most || (count === most && best !== null && best < id)) continue;
    best = id;
    most = count;
  }
  return best;
}

/** Everybody has one parent, so each loop is a ring; its oldest mail (or else its first ghost) becomes a root. */
function cutLoops(parents: Map<MessageId, MessageId | null>, heads: ReadonlyMap<MessageId, Head>): void {
  const seenIn = new Map<MessageId, number>();
  let walk = 0;
  for (const start of parents.keys()) {
    walk += 1;
    let id: MessageId | null = start;
    while (id !== null && !seenIn.has(id)) {
      seenIn.set(id, walk);
      id = parents.get(id) ?? null;
    }
    if (id === null || seenIn.get(id) !== walk) continue;
    parents.set(oldestOf(ringFrom(id, parents), heads), null);
  }
}

function ringFrom(start: MessageId, parents: ReadonlyMap<MessageId, MessageId | null>): MessageId[] {
  const ring = [start];
  for (let id = parents.get(start) ?? null; id !== null && id !== start; id = parents.get(id) ?? null) ring.push(id);
  return ring;
}

function oldestOf(ring: readonly MessageId[], heads: ReadonlyMap<MessageId, Head>): MessageId {
  const key = (id: MessageId): string => `${heads.has(id) ? 0 : 1} ${heads.get(id)?.date ?? '9999'} ${id}`;
  return ring.reduce((oldest, id) => (key(id) < key(oldest) ? id : oldest));
}
