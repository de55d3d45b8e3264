import type { TriageThread } from '../model/triage.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Turn } from './digest.ts';
import { bestOf } from './suggested.ts';
import { isOpen, lastMessage } from './turn.ts';

/** Whether one of these addresses (lower case) is meant. */
function isReader(address: string | null, reader: readonly string[]): boolean {
  return address !== null && address !== '' && reader.includes(address.toLowerCase());
}

/**
 * Why a thread waits for this reader in person: asked by name and silent since, the reporter who was asked back, or
 * suggested by routing while it is a maintainer's turn. `null` where it does not, or where the reader spoke last.
 */
export function findYours(thread: TriageThread, turn: Turn, reader: readonly string[]): string | null {
  if (reader.length === 0 || !isOpen(thread)) return null;
  if (isReader(lastMessage(thread)?.from.address ?? null, reader)) return null;
  return sayAsked(thread, reader) ?? sayTurn(thread, turn, reader);
}

function sayAsked(thread: TriageThread, reader: readonly string[]): string | null {
  const asked = thread.people.asked.find(({ address }) => isReader(address, reader));
  if (asked === undefined || hasWrittenSince(thread, asked.message, reader)) return null;
  return `${toSafeLine(asked.by, 100)} asked for you: “${toSafeLine(asked.quote, 160)}”`;
}

function sayTurn({ messages, routing }: TriageThread, { who }: Turn, reader: readonly string[]): string | null {
  if (who === 'reporter') return isReader(messages[0]?.from.address ?? null, reader) ? 'you were asked for more' : null;
  const suggested = bestOf(routing).find(({ address }) => isReader(address, reader));
  if (who !== 'maintainer' || suggested === undefined) return null;
  return `for you: ${toSafeLine(suggested.reasons[0] ?? suggested.section ?? 'no reason kept', 200)}`;
}

function hasWrittenSince({ messages }: TriageThread, message: string, reader: readonly string[]): boolean {
  const asked = messages.find(({ id }) => id === message)?.date ?? '';
  return messages.some(({ from, date }) => isReader(from.address, reader) && (date ?? '') > asked);
}
