import { toSafeText } from '../lib/safe-text.ts';
import { digestOf } from '../pipeline/digest-of.ts';
import { toLastDue } from '../pipeline/deliver/due-time.ts';
import { toMailFields } from '../pipeline/deliver/letters.ts';
import { composeFor, toWindow } from '../pipeline/deliver/plan-digests.ts';
import type { SharedStore } from '../ports/shared-store.ts';
import type { Context } from './context.ts';
import { readDay, toDigestPorts } from './digest-options.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { toPostSettings } from './post-ports.ts';

/**
 * `heddle digest --for ADDRESS`: the letter that a subscriber would get now, or at the end of a day, against what they were told
 * last; nothing is written down.
 */
export async function previewDigest(
  {
    address,
    day,
    list,
  }: { readonly address: string; readonly day: string | undefined; readonly list: string | undefined },
  { store, context }: { readonly store: SharedStore; readonly context: Context },
): Promise<number> {
  const subscriber = await store.post.subscriber(address);
  if (subscriber === null) throw new CommandFailure(`there is no subscriber ${address}: heddle subscribers lists them`);
  const settings = toPostSettings(context);
  const window = day === undefined ? toWindow(context.now, await store.post.toldUntil(subscriber.id)) : readDay(day);
  const end = new Date(window.to);
  const localDay = toLastDue(subscriber.rhythm, end)?.day ?? window.to.slice(0, 10);
  const source = await digestOf(window, toDigestPorts(context, { store, seen: store, list }));
  const content = composeFor({ subscriber, window, due: { at: end, day: localDay } }, source, settings);
  if (content === null) {
    await context.stderr.write(`heddle: nothing new for ${address}: no letter would go out\n`);
    return EXIT.ok;
  }
  const mail = { content, subscriber, kind: 'digest', messageId: 'preview', token: null, date: context.now } as const;
  const { subject, text, html } = toMailFields(mail, settings);
  await context.stdout.write(
    `To: ${subscriber.address}\nSubject: ${subject}\n\n${toSafeText(text === '' ? (html ?? '') : text)}`,
  );
  return EXIT.ok;
}
