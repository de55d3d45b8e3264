import { composeDigest } from '../../digest/compose-digest.ts';
import { readFilter } from '../../digest/filter/read-filter.ts';
import type { DigestSource, Window } from '../../model/digest.ts';
import type { Delivery, LetterContent, Subscriber } from '../../model/subscriber.ts';
import type { PostBook } from '../../ports/post-book.ts';
import { toLastDue, type Due } from './due-time.ts';
import { toDelivery, toDeliveryId } from './letters.ts';
import type { PostSettings } from './post-settings.ts';
import { toDigestContent } from './write-digest.ts';

const DAY = 86_400_000;
/** Whoever was not told for longer is told of the last days only. */
const LONGEST_WINDOW = 7 * DAY;

export interface PlanPorts {
  readonly post: PostBook;
  readonly settings: PostSettings;
  readonly now: Date;
  /** What the digest of a window is drawn from; called once for each window. */
  readonly sourceOf: (window: Window) => Promise<DigestSource>;
}

/** What somebody's digest is of, and when it is due. */
export interface Plan {
  readonly subscriber: Subscriber;
  readonly window: Window;
  readonly due: Due;
}

/** Writes the letters down that are due and not written yet; returns how many. May be repeated, and killed at any instant. */
export async function planDigests(ports: PlanPorts): Promise<number> {
  const plans = await findPlans(ports);
  plans.sort((a, b) => (toKey(a.window) < toKey(b.window) ? -1 : 1));
  let written = 0;
  let [key, source] = ['', null as DigestSource | null];
  for (const plan of plans) {
    if (source === null || key !== toKey(plan.window)) source = await ports.sourceOf(plan.window);
    key = toKey(plan.window);
    const delivery = planOne(plan, source, ports);
    if (await ports.post.addDelivery(delivery)) written += 1;
  }
  return written;
}

function toKey({ from, to }: Window): string {
  return `${to} ${from}`;
}

async function findPlans({ post, now }: PlanPorts): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const subscriber of await post.subscribers()) {
    if (subscriber.state !== 'active') continue;
    const due = toLastDue(subscriber.rhythm, now);
    if (due === null || due.at.toISOString() <= (subscriber.confirmedAt ?? subscriber.addedAt)) continue;
    const to = due.at.toISOString();
    if ((await post.delivery(toDeliveryId(subscriber.id, 'digest', to))) !== null) continue;
    const told = await post.toldUntil(subscriber.id);
    if (told !== null && told >= to) continue;
    plans.push({ subscriber, due, window: toWindow(due.at, told) });
  }
  return plans;
}

/** From where the last one ended that arrived; what was not delivered is told now. */
export function toWindow(to: Date, told: string | null): Window {
  const from = told === null ? to.getTime() - DAY : Math.max(Date.parse(told), to.getTime() - LONGEST_WINDOW);
  return { from: new Date(from).toISOString(), to: to.toISOString() };
}

function planOne(plan: Plan, source: DigestSource, { settings, now }: PlanPorts): Delivery {
  const { subscriber, window } = plan;
  const content = composeFor(plan, source, settings);
  return toDelivery({ kind: 'digest', subscriber, mark: window.to, window, content }, settings, now);
}

/** The letter that a subscriber gets, or `null` where there is nothing to tell. Pure. */
export function composeFor(
  { subscriber, due }: Plan,
  source: DigestSource,
  settings: PostSettings,
): LetterContent | null {
  const { filter, snapshot, address, snoozed } = subscriber;
  const read = readFilter(filter);
  const awake = source.threads.filter(({ id }) => !(Object.hasOwn(snoozed, id) && (snoozed[id] ?? '') > due.day));
  const digest = composeDigest(
    { ...source, threads: awake },
    { previous: snapshot, filter: filter === '' || read.kind === 'wrong' ? null : read.filter, reader: [address] },
  );
  return digest.isEmpty ? null : toDigestContent(digest, { subscriber, day: due.day, settings });
}
