import { readFilter } from '../../digest/filter/read-filter.ts';
import { toReference } from '../../digest/reference.ts';
import { toSafeLine } from '../../lib/safe-text.ts';
import type { Subscriber } from '../../model/subscriber.ts';
import type { TriageThread } from '../../model/triage.ts';
import type { Store } from '../../ports.ts';
import type { PostBook, SubscriberChange } from '../../ports/post-book.ts';
import { readAssignment } from '../../verdict/corrections/correction-values.ts';
import { endSubscriber } from '../deliver/membership.ts';
import { readDays, readForm, readTime, readZone } from '../deliver/read-wishes.ts';
import type { ReadCommand } from './read-commands.ts';
import { toSnoozeDay, writeVerbs, type Command } from './verbs.ts';

export interface RunPorts {
  readonly store: Pick<Store, 'correct' | 'undoCorrection' | 'corrections'>;
  readonly post: PostBook;
  /** The thread that a reference means (`^` and `it` are known before), or `null`. */
  readonly findThread: (text: string) => Promise<TriageThread | null>;
  /** Titles of MAINTAINERS entries. */
  readonly components: () => readonly string[];
}

export interface Asking {
  readonly subscriber: Subscriber;
  /** When the mail came: the same however often it is looked at, so that nothing is done twice. */
  readonly cameAt: Date;
  /** The mails that it answers, the nearest first. */
  readonly parents: readonly string[];
}

interface Turn extends Asking {
  readonly at: string;
  readonly ports: RunPorts;
  readonly resolve: (ref: string) => Promise<TriageThread | null>;
}

/** Obeys what can be obeyed, and answers each line: what was done, or what was wrong. */
export async function runCommands(read: readonly ReadCommand[], asking: Asking, ports: RunPorts): Promise<string> {
  let last: TriageThread | null = null;
  const resolve = async (ref: string): Promise<TriageThread | null> => {
    const found =
      ref === 'it' ? last : ref === '^' ? await findParent(asking.parents, ports) : await ports.findThread(ref);
    last = found ?? last;
    return found;
  };
  const answers: string[] = [];
  for (const [index, one] of read.entries()) {
    const at = new Date(asking.cameAt.getTime() + index).toISOString();
    const says =
      one.kind === 'wrong' ? `not done: ${one.problem}` : await run(one.command, { ...asking, at, ports, resolve });
    answers.push(`> ${toSafeLine(one.line, 200)}\n${says}`);
  }
  return answers.join('\n\n');
}

async function findParent(parents: readonly string[], { findThread }: RunPorts): Promise<TriageThread | null> {
  for (const id of parents) {
    const found = await findThread(`<${id}>`);
    if (found !== null) return found;
  }
  return null;
}

async function run(command: Command, turn: Turn): Promise<string> {
  switch (command.verb) {
    case 'help':
      return `REF is a thread: its eight letters in the digest, ^, a Message-ID or a link.\n${writeVerbs()}`;
    case 'status':
      return withThread(command.ref, turn, (thread) => Promise.resolve(describe(thread)));
    case 'correct':
      return withThread(command.ref, turn, (thread) => correct(thread, command.assignment, turn));
    case 'duplicate':
      return withThread(command.ref, turn, (thread) =>
        withThread(command.of, turn, (other) =>
          other.id === thread.id
            ? Promise.resolve('not done: a thread is no duplicate of itself')
            : correct(thread, `duplicate-of=<${other.id}>`, turn),
        ),
      );
    case 'snooze':
      return withThread(command.ref, turn, (thread) => snooze(thread, command.until, turn));
    case 'undo':
      return undo(command.number, turn);
    case 'wish':
      return wish(command, turn);
    default:
      return changeState(command.verb, turn);
  }
}

async function withThread(ref: string, turn: Turn, then: (thread: TriageThread) => Promise<string>): Promise<string> {
  const thread = await turn.resolve(ref);
  if (thread !== null) return then(thread);
  if (ref === '^') return 'not done: this mail answers no mail of a list that heddle knows';
  return `not done: no thread (or several) for ${toSafeLine(ref, 100)}`;
}

function describe({ id, subject, genre, status }: TriageThread): string {
  return `${toReference(id)} ${toSafeLine(subject, 100)}: ${genre}, ${status}`;
}

async function correct(thread: TriageThread, text: string, { at, subscriber, ports }: Turn): Promise<string> {
  const read = readAssignment(text, ports.components());
  if (read.kind === 'bad') return `not done: ${toSafeLine(read.problem, 300)}`;
  const { field, value } = read.assignment;
  const message = thread.messages[0]?.id ?? thread.id;
  const before = await ports.store.corrections(thread.id);
  const same = before.find((one) => one.at === at && one.by === subscriber.address && one.field === field);
  const { id } = same ?? (await ports.store.correct({ message, field, value, by: subscriber.address, at }));
  return `done: ${toReference(thread.id)} ${field} = ${value} (number ${String(id)}; undo ${String(id)} takes it back)`;
}

/** One's own words only: what others said is for the operator to take back. */
async function undo(number: number | null, { at, subscriber, ports }: Turn): Promise<string> {
  const own = (await ports.store.corrections()).filter(({ by }) => by === subscriber.address);
  const before = own.find(({ undone }) => undone?.at === at && undone.by === subscriber.address);
  const inForce = own.filter(({ undone }) => undone === null);
  const chosen = before ?? (number === null ? inForce.at(-1) : inForce.find(({ id }) => id === number));
  if (chosen === undefined) {
    return number === null
      ? 'not done: there is no word of yours in force'
      : `not done: ${String(number)} is no word of yours in force`;
  }
  if (before === undefined) await ports.store.undoCorrection(chosen.id, { by: subscriber.address, at });
  return `done: ${String(chosen.id)}, ${chosen.field} = ${chosen.value}, is taken back`;
}

const MOST_SNOOZED = 500;

async function snooze(thread: TriageThread, until: string, { subscriber, cameAt, ports }: Turn): Promise<string> {
  const now = (await ports.post.subscriber(subscriber.id))?.snoozed ?? {};
  const day = toSnoozeDay(until, cameAt);
  const today = cameAt.toISOString().slice(0, 10);
  const awake = Object.entries(now)
    .filter(([id, end]) => end > today && id !== thread.id)
    .slice(-MOST_SNOOZED);
  await ports.post.changeSubscriber(subscriber.id, { snoozed: Object.fromEntries([...awake, [thread.id, day]]) });
  return `done: ${toReference(thread.id)} is not in your digests until ${day}`;
}

async function wish({ what, text }: Extract<Command, { verb: 'wish' }>, { subscriber, ports }: Turn): Promise<string> {
  const known = (await ports.post.subscriber(subscriber.id)) ?? subscriber;
  const change = readChange(what, text, known);
  if (typeof change === 'string') return `not done: ${toSafeLine(change, 400)}`;
  await ports.post.changeSubscriber(subscriber.id, change);
  return `done: ${what} ${toSafeLine(text, 200)}`;
}

function readChange(what: string, text: string, { rhythm }: Subscriber): SubscriberChange | string {
  if (what === 'filter') {
    const read = readFilter(/^(?:everything|all|none)$/i.test(text) ? '' : text);
    return read.kind === 'wrong' ? read.reason : { filter: read.filter.text };
  }
  if (what === 'form') {
    const form = readForm(text);
    return form.kind === 'bad' ? form.problem : { form: form.value };
  }
  if (what === 'days') {
    const days = readDays(text);
    return days.kind === 'bad' ? days.problem : { rhythm: { ...rhythm, days: days.value } };
  }
  const [time = '', zone = rhythm.zone] = text.split(' ');
  const [at, place] = [readTime(time), readZone(zone)];
  if (at.kind === 'bad') return at.problem;
  return place.kind === 'bad' ? place.problem : { rhythm: { ...rhythm, at: at.value, zone: place.value } };
}

async function changeState(
  verb: 'unsubscribe' | 'pause' | 'resume',
  { subscriber, ports: { post } }: Turn,
): Promise<string> {
  if (verb === 'unsubscribe') {
    await endSubscriber(post, subscriber, 'they left, by mail');
    return 'done: no digest comes any more';
  }
  if (verb === 'pause') {
    await post.changeSubscriber(subscriber.id, { state: 'paused', reason: 'by themselves' }, ['active']);
    return 'done: no digest comes until you write resume';
  }
  await post.changeSubscriber(subscriber.id, { state: 'active', reason: null }, ['paused']);
  return 'done: digests come again';
}
