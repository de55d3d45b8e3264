import { readMessage } from '../../message/read-message.ts';
import { toLines, type Message } from '../../model/message.ts';
import type { Delivery, Subscriber } from '../../model/subscriber.ts';
import type { Incoming } from '../../ports/post-book.ts';
import type { SharedStore } from '../../ports/shared-store.ts';
import { toDelivery } from '../deliver/letters.ts';
import { confirmSubscriber, endSubscriber } from '../deliver/membership.ts';
import type { PostSettings } from '../deliver/post-settings.ts';
import { findOwner } from '../deliver/tokens.ts';
import { isAuthentic } from './authentic.ts';
import { findMachine, findTokens } from './our-mail.ts';
import { readBounce } from './read-bounce.ts';
import { readCommands } from './read-commands.ts';
import { runCommands, type RunPorts } from './run-commands.ts';

/** Mails that are looked at in one round, and mails of one person that are obeyed in a day. */
const MOST = 50;
const MOST_A_DAY = 20;
const DAY = 86_400_000;

export interface TakePorts extends Pick<RunPorts, 'components'> {
  readonly store: SharedStore;
  readonly settings: PostSettings;
  readonly now: Date;
  readonly authserv: string | null;
  readonly findThread: (text: string, store: SharedStore) => ReturnType<RunPorts['findThread']>;
}

interface Looked {
  /** One line, for the operator. */
  readonly text: string;
  readonly subscriber: Subscriber | null;
  readonly answer?: Delivery;
}

/**
 * Looks at the mails to the bot: reports that letters came back, answers to its question, commands. Each is looked at once, and
 * answered once at most, by a letter like any other. Nothing a mail says is obeyed without a token that its reader alone was sent.
 *
 * @returns how many were looked at.
 */
export async function takeIncoming(ports: TakePorts): Promise<number> {
  const { store, now } = ports;
  const mails = await store.post.incoming(MOST);
  for (const mail of mails) {
    const { text, subscriber, answer } = await look(mail, ports);
    const outcome = { text, subscriber: subscriber?.id ?? null, at: now.toISOString() };
    await store.post.endIncoming(mail.id, outcome, answer);
  }
  return mails.length;
}

async function look(mail: Incoming, ports: TakePorts): Promise<Looked> {
  const { store, settings, now } = ports;
  const bounce = readBounce(mail.raw);
  if (bounce !== null) {
    if (!bounce.isFinal) return { text: `late: ${bounce.reason}`, subscriber: null };
    const subscriber = await store.post.bounce(bounce.messageId, bounce.reason);
    return { text: `came back: ${bounce.reason}`, subscriber };
  }
  const message = readMessage({ bytes: mail.raw, origin: mail.mailbox });
  const bot = settings.from.address;
  const machine = findMachine(message, bot);
  if (machine !== null) return { text: `not answered: ${machine}`, subscriber: null };
  const own = toLines(message.parts[0]?.text ?? '');
  for (const token of findTokens(message, bot)) {
    const asked = await findOwner(token, 'confirm', { post: store.post, now });
    if (asked !== null) return takeConfirmation(asked, message, ports);
    const reader = await findOwner(token, 'reader', { post: store.post, now });
    if (reader !== null) return takeCommands({ mail, message, reader, lines: own }, ports);
    const leaver = /^(?:re:\s{0,3})?unsubscribe\b/i.test(message.subject)
      ? await findOwner(token, 'leave', { post: store.post, now })
      : null;
    if (leaver !== null) return leave(leaver, ports);
  }
  return { text: 'not obeyed: no token that is known', subscriber: null };
}

/** Quoted words are ours: a yes is a line of their own, or the subject of a mail that holds nothing else. */
const YES = /^\s{0,9}(?:confirm|yes|ok)\b/i;
const NO = /^\s{0,9}(?:no|unsubscribe|stop|leave)\b/i;

async function takeConfirmation(subscriber: Subscriber, message: Message, { store, now }: TakePorts): Promise<Looked> {
  const lines = [
    message.subject,
    ...toLines(message.parts[0]?.text ?? '').flatMap(({ depth, text }) => (depth === 0 ? [text] : [])),
  ];
  const word = lines.slice(0, 50).find((line) => YES.test(line) || NO.test(line));
  if (word === undefined) return { text: 'neither yes nor no', subscriber };
  if (NO.test(word)) return leave(subscriber, { store });
  const done = await confirmSubscriber(store.post, subscriber, now);
  return { text: done ? 'said yes' : `said yes, and is ${subscriber.state}`, subscriber };
}

async function leave(subscriber: Subscriber, { store }: Pick<TakePorts, 'store'>): Promise<Looked> {
  await endSubscriber(store.post, subscriber, 'they left, by mail');
  return { text: 'left', subscriber };
}

interface Commanding {
  readonly mail: Incoming;
  readonly message: Message;
  readonly reader: Subscriber;
  readonly lines: ReturnType<typeof toLines>;
}

async function takeCommands({ mail, message, reader, lines }: Commanding, ports: TakePorts): Promise<Looked> {
  const { store, settings, now, authserv } = ports;
  if (/^(?:re:\s{0,3})?unsubscribe\b/i.test(message.subject)) return leave(reader, ports);
  if (message.from?.address !== reader.address)
    return { text: 'not obeyed: another sender than the token is of', subscriber: null };
  if (isAuthentic(mail.raw, authserv) === false)
    return { text: 'not obeyed: the server does not believe the sender', subscriber: null };
  if (!['active', 'paused'].includes(reader.state)) return { text: `not obeyed: ${reader.state}`, subscriber: reader };
  if ((await store.post.countIncoming(reader.id, new Date(now.getTime() - DAY).toISOString())) >= MOST_A_DAY) {
    return { text: 'not obeyed: too many mails today', subscriber: reader };
  }
  const read = readCommands(lines);
  if (read.length === 0)
    read.push({ kind: 'wrong', line: message.subject, problem: 'no line of this mail is a command; help lists them' });
  const parents = [...message.inReplyTo, ...message.references.toReversed()];
  const asking = { subscriber: reader, cameAt: new Date(mail.cameAt), parents };
  const says = await runCommands(read, asking, {
    store,
    post: store.post,
    components: ports.components,
    findThread: (text) => ports.findThread(text, store),
  });
  const content = {
    subject: `Re: ${message.subject.replace(/^(?:re:\s{0,3}){1,5}/i, '').slice(0, 150)}`,
    text: `${says}\n\n-- \nheddle; help lists the commands.\n`,
    html: null,
    snapshot: null,
    references: [message.id],
  };
  const window = { from: mail.cameAt, to: mail.cameAt };
  const answer = toDelivery({ kind: 'answer', subscriber: reader, mark: mail.id, window, content }, settings, now);
  return { text: `${String(read.length)} commands`, subscriber: reader, answer };
}
