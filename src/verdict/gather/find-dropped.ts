import type { Address, MessageId } from '../../model/message.ts';
import type { Head, Thread, ThreadMessage } from '../../model/thread.ts';
import { isSamePerson } from './same-person.ts';

/**
 * People and lists that a reply lost: they stood in From, To or Cc of the mail that it answers and not in its own
 * header, and no later mail of the thread carries them again.
 *
 * Mails without any recipient say nothing (saved pages leave them out), and names without an address are not compared.
 *
 * @returns each address once, with the first mail that lost it.
 */
export function findDropped(thread: Thread): { address: string; message: string }[] {
  const byId = new Map<MessageId, ThreadMessage>(thread.messages.map((one) => [one.message.id, one]));
  const lastSeen = lastCarriers(thread);
  const dropped = new Map<string, { address: string; message: string }>();
  for (const [index, { message, parent }] of thread.messages.entries()) {
    const above = parent === null ? undefined : byId.get(parent)?.message;
    if (!above || message.to.length + message.cc.length === 0) continue;
    const present = peopleOf(message);
    for (const person of peopleOf(above)) {
      const { address } = person;
      if (address === '' || dropped.has(address) || (lastSeen.get(address) ?? -1) > index) continue;
      if (!present.some((one) => isThere(person, one))) dropped.set(address, { address, message: message.id });
    }
  }
  return [...dropped.values()];
}

/** The last mail, by its place in the thread, that carries an address. */
function lastCarriers(thread: Thread): Map<string, number> {
  const last = new Map<string, number>();
  for (const [index, { message }] of thread.messages.entries()) {
    for (const { address } of peopleOf(message)) last.set(address, index);
  }
  return last;
}

function peopleOf({ from, to, cc }: Head): Address[] {
  return [...(from ? [from] : []), ...to, ...cc];
}

/** The same address, or another address under the same full name: he is still there. */
function isThere(person: Address, one: Address): boolean {
  if (person.address === one.address) return true;
  return person.name?.includes(' ') === true && isSamePerson({ ...person, address: '' }, { ...one, address: '' });
}
