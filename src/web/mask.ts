import { writeCcLine } from '../digest/suggested.ts';
import type { Suggestion } from '../model/routing.ts';

/** A mail address within other text. Linear: the classes on both sides of the `@` do not hold it, and both are bounded. */
const ADDRESS = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?<host>[a-z\d.-]{1,189})/gi;

/** Names, not addresses, though they look alike: message-ids and links lead to what they name. */
const KEPT: ReadonlySet<string> = new Set([
  'id',
  'thread',
  'message',
  'parent',
  'url',
  'link',
  'root',
  'duplicateOf',
  'key',
]);

/** Message-IDs look like addresses too; beyond this depth nothing of ours is nested. */
const DEEPEST = 20;

/** `jan@example.org` as archives show it: `jan@…`. */
export function maskText(text: string): string {
  return text.replace(ADDRESS, (whole) => `${whole.slice(0, whole.indexOf('@'))}@…`);
}

/**
 * The same data with the addresses of people masked, for pages that anybody may read. Suggestions of a MAINTAINERS entry stay
 * as they are: the file is public, and writing to them is what they are shown for.
 */
export function maskData<T>(value: T, depth = 0): T {
  if (depth > DEEPEST) return value;
  if (typeof value === 'string') return maskText(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => maskData(one, depth + 1)) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (isFromMaintainers(value)) return value;
  const masked = Object.entries(value).map(([name, one]: [string, unknown]) => [
    name,
    KEPT.has(name) && typeof one === 'string' ? one : maskData(one, depth + 1),
  ]);
  return Object.fromEntries(masked) as T;
}

function isFromMaintainers(value: object): boolean {
  return 'section' in value && typeof value.section === 'string' && 'role' in value && value.role !== 'responder';
}

const MASKED = /@…$/;

/** A Cc line of those whose addresses may be shown. */
export function toCcLine(routing: readonly Suggestion[]): string | null {
  return writeCcLine(routing.filter(({ address }) => !MASKED.test(address)));
}

/** Masked data without what is left of addresses: nobody can write to those. */
export function dropMasked<T>(value: T, depth = 0): T {
  if (depth > DEEPEST) return value;
  if (typeof value === 'string') return (MASKED.test(value) && !value.includes(' ') ? '' : value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => dropMasked(one, depth + 1)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).map(([name, one]: [string, unknown]) => [name, dropMasked(one, depth + 1)]);
  return Object.fromEntries(kept) as T;
}
