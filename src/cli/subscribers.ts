import { toSafeLine } from '../lib/safe-text.ts';
import { writeSafeJson } from '../lib/safe-json.ts';
import { writeTime } from '../lib/days.ts';
import { readFilter } from '../digest/filter/read-filter.ts';
import type { Subscriber } from '../model/subscriber.ts';
import { findListFault } from '../pipeline/deliver/list-address.ts';
import { askSubscriber, confirmSubscriber, endSubscriber } from '../pipeline/deliver/membership.ts';
import { readAddress, readDays, readForm, readTime, readZone, type Wish } from '../pipeline/deliver/read-wishes.ts';
import { findOwner } from '../pipeline/deliver/tokens.ts';
import type { PostBook } from '../ports/post-book.ts';
import type { SharedStore } from '../ports/shared-store.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { random, toPostSettings } from './post-ports.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface AddOptions extends StoreOption {
  readonly name?: string;
  readonly filter?: string;
  readonly form: string;
  readonly time: string;
  readonly zone: string;
  readonly days: string;
  readonly again?: true;
}

/** `heddle subscribers add ADDRESS`: writes somebody down, and the question whether it was them. */
export async function runAdd([text]: readonly [string], options: AddOptions, context: Context): Promise<number> {
  const address = need(readAddress(text), toSafeLine(text, 100));
  const rhythm = {
    at: need(readTime(options.time), '--time'),
    zone: need(readZone(options.zone), '--zone'),
    days: need(readDays(options.days), '--days'),
  };
  const form = need(readForm(options.form), '--form');
  const filter = readFilter(options.filter ?? '');
  if (filter.kind === 'wrong') throw new CommandFailure(`--filter: ${filter.reason}`, EXIT.usage);
  const settings = toPostSettings(context);
  return withStore({ option: options, context, must: 'be-made' }, async (store) => {
    await needPerson(address, store, context);
    const name = options.name === undefined ? null : toSafeLine(options.name, 100);
    const wishes = { address, name, filter: filter.filter.text, form, rhythm };
    const ports = { post: store.post, settings, random, now: context.now };
    const asked = await askSubscriber(wishes, { again: options.again === true }, ports);
    if (asked.kind === 'gone') {
      throw new CommandFailure(`${address} is not asked: ${asked.reason}; --again asks all the same`);
    }
    const says = {
      asked: `${address} is asked whether they want it, with the next heddle deliver; digests begin with their yes`,
      changed: `${address} gets digests already: from now on like this`,
    };
    await context.stdout.write(`${says[asked.kind]}\n`);
    return EXIT.ok;
  });
}

function need<T>(wish: Wish<T>, what: string): T {
  if (wish.kind === 'bad') throw new CommandFailure(`${what}: ${wish.problem}`, EXIT.usage);
  return wish.value;
}

async function needPerson(address: string, store: SharedStore, { config, now }: Context): Promise<void> {
  const seen = (await store.lists(now.toISOString())).map(({ list }) => list);
  const fault = findListFault(address, { seen, allowed: config.post.allowedLists });
  if (fault !== null) throw new CommandFailure(fault, EXIT.usage);
  if (address === config.post.from?.toLowerCase()) throw new CommandFailure('that is the bot itself', EXIT.usage);
}

type Act = (
  post: PostBook,
  subscriber: Subscriber,
  now: Date,
) => Promise<{ readonly done: boolean; readonly says: string }>;

const ACTS: Readonly<Record<'remove' | 'confirm' | 'pause' | 'resume', Act>> = {
  remove: async (post, one) => ({
    done: await endSubscriber(post, one, 'taken out by the operator'),
    says: 'gets no more mail',
  }),
  confirm: async (post, one, now) => ({
    done: await confirmSubscriber(post, one, now),
    says: 'gets digests from now on',
  }),
  pause: async (post, one) => ({
    done: await post.changeSubscriber(one.id, { state: 'paused', reason: 'by the operator' }, ['active']),
    says: 'gets no digests until heddle subscribers resume',
  }),
  resume: async (post, one) => ({
    done: await post.changeSubscriber(one.id, { state: 'active', reason: null, failures: 0 }, ['paused', 'suspended']),
    says: 'gets digests again',
  }),
};

/** `remove`, `confirm`, `pause`, `resume`: the operator's word. Whoever never said yes is not resumed into it. */
export function toRun(act: keyof typeof ACTS) {
  return async ([which]: readonly [string], options: StoreOption, context: Context): Promise<number> =>
    withStore({ option: options, context, must: 'exist' }, async ({ post }) => {
      const subscriber =
        (await post.subscriber(which.trim())) ??
        (act === 'confirm' ? await findOwner(which.trim(), 'confirm', { post, now: context.now }) : null);
      if (subscriber === null) throw new CommandFailure(`there is no subscriber ${toSafeLine(which, 100)}`);
      if (act === 'resume' && subscriber.confirmedAt === null) {
        throw new CommandFailure(
          `${subscriber.address} never said yes: heddle subscribers add ${subscriber.address} --again asks`,
        );
      }
      const { done, says } = await ACTS[act](post, subscriber, context.now);
      if (!done) throw new CommandFailure(`${subscriber.address} is ${subscriber.state}: nothing to ${act}`);
      await context.stdout.write(`${subscriber.address} ${says}\n`);
      return EXIT.ok;
    });
}

/** `heddle subscribers`: who gets digests, when and of what. */
export async function runList(
  _args: readonly [],
  options: StoreOption & { readonly json?: true },
  context: Context,
): Promise<number> {
  return withStore({ option: options, context, must: 'exist' }, async ({ post }) => {
    const all = await post.subscribers();
    if (options.json === true) {
      const shown = all.map((one) => ({
        ...one,
        id: undefined,
        snapshot: undefined,
        toldUntil: one.snapshot?.to ?? null,
      }));
      await context.stdout.write(`${writeSafeJson({ subscribers: shown })}\n`);
      return EXIT.ok;
    }
    if (all.length === 0) await context.stdout.write('nobody gets digests: heddle subscribers add ADDRESS\n');
    for (const one of all) await context.stdout.write(`${writeOne(one)}\n`);
    return EXIT.ok;
  });
}

function writeOne({ address, state, reason, rhythm, form, filter, snapshot }: Subscriber): string {
  const { at, zone, days } = rhythm;
  const when = `${at} ${zone}${days.length === 7 ? '' : ` ${days.join(',')}`}`;
  const told = snapshot === null ? 'nothing yet' : `told until ${writeTime(snapshot.to)}`;
  const what = filter === '' ? 'everything' : filter;
  const why = reason === null ? '' : ` (${reason})`;
  return toSafeLine(`${address.padEnd(30)} ${state}${why}; ${when}; ${form}; ${what}; ${told}`, 600);
}
