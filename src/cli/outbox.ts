import { writeSafeJson } from '../lib/safe-json.ts';
import { toSafeLine, toSafeText } from '../lib/safe-text.ts';
import { DELIVERY_STATES, type Delivery } from '../model/subscriber.ts';
import { TOKEN_PLACE } from '../pipeline/deliver/letters.ts';
import type { PostBook } from '../ports/post-book.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { readCount } from './knowledge.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly state?: string;
  readonly limit: string;
  readonly json?: true;
}

/** `heddle outbox`: letters and what became of them, newest first. */
export async function runOutbox(_args: readonly [], options: Options, context: Context): Promise<number> {
  const state = DELIVERY_STATES.find((one) => one === options.state);
  if (options.state !== undefined && state === undefined) {
    throw new CommandFailure(`--state knows ${DELIVERY_STATES.join(', ')}`, EXIT.usage);
  }
  const limit = readCount(options.limit, '--limit');
  return withStore({ option: options, context, must: 'exist' }, async ({ post }) => {
    const letters = await post.deliveries({ ...(state === undefined ? {} : { states: [state] }), limit });
    const people = new Map((await post.subscribers()).map(({ id, address }) => [id, address]));
    if (options.json === true) {
      const shown = letters.map((one) => ({
        ...one,
        content: undefined,
        subscriber: undefined,
        to: people.get(one.subscriber) ?? null,
      }));
      await context.stdout.write(`${writeSafeJson({ letters: shown })}\n`);
      return EXIT.ok;
    }
    const stopped = await post.stopped();
    if (stopped !== null) await context.stdout.write(`nothing is sent: ${stopped}\n`);
    if (letters.length === 0) await context.stdout.write('no letters\n');
    for (const one of letters) await context.stdout.write(`${writeOne(one, people.get(one.subscriber) ?? '?')}\n`);
    return EXIT.ok;
  });
}

const SHORT = 10;

function writeOne(
  { id, state, kind, subject, madeAt, reason, uncertain, attempts }: Delivery,
  address: string,
): string {
  const doubt = uncertain === 0 ? '' : `, unsure ${String(uncertain)}×`;
  const tries = attempts > 1 ? `, tried ${String(attempts)}×` : '';
  const why = reason === null ? '' : ` (${reason})`;
  const what = subject === '' ? kind : `${kind}: ${subject}`;
  return toSafeLine(
    `${id.slice(0, SHORT)}  ${madeAt.slice(0, 16)}  ${state}${tries}${doubt}  ${address}  ${what}${why}`,
    600,
  );
}

/** `heddle outbox show ID`: the letter as it is, but for its token, which is made when it is sent. */
export async function runShowLetter(
  [which]: readonly [string],
  options: StoreOption,
  context: Context,
): Promise<number> {
  return withStore({ option: options, context, must: 'exist' }, async ({ post }) => {
    const { content, subject } = await findLetter(which, post);
    if (content === null) throw new CommandFailure('its text is gone: it was sent, or given up');
    const text = content.text === '' ? (content.html ?? '') : content.text;
    const shown = text.replaceAll(TOKEN_PLACE, '(made when it is sent)');
    await context.stdout.write(`Subject: ${toSafeLine(subject, 300)}\n\n${toSafeText(shown)}\n`);
    return EXIT.ok;
  });
}

async function findLetter(which: string, post: PostBook): Promise<Delivery> {
  const all = await post.deliveries({ limit: 10_000 });
  const [one, other] = all.filter(({ id }) => which.length >= 4 && id.startsWith(which));
  if (one === undefined || other !== undefined) {
    throw new CommandFailure(`no letter (or several) of id ${toSafeLine(which, 50)}: heddle outbox lists them`);
  }
  return one;
}

/** `heddle outbox approve ID|all`, `reject ID|all`: the operator's word on letters that wait for it. */
export function toDecide(word: 'approve' | 'reject') {
  return async ([which]: readonly [string], options: StoreOption, context: Context): Promise<number> =>
    withStore({ option: options, context, must: 'exist' }, async ({ post }) => {
      const id = which === 'all' ? undefined : (await findLetter(which, post)).id;
      const at = context.now.toISOString();
      const to = word === 'approve' ? ('queued' as const) : ('failed' as const);
      const reason = word === 'approve' ? null : 'rejected by the operator';
      const moved = await post.moveDeliveries({ from: 'held', to, reason, at }, id);
      if (moved === 0) throw new CommandFailure('no such letter waits for a word');
      await context.stdout.write(
        `${String(moved)} ${word === 'approve' ? 'go out with the next heddle deliver' : 'are not sent'}\n`,
      );
      return EXIT.ok;
    });
}
