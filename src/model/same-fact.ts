import type { Fact } from './evidence.ts';

/**
 * Whether two facts say one thing: same key, roles that do not disagree, and values of which one holds the other
 * ("5.14.1" and "5.14.1-debug"). Host and dom0 are one side: a machine and its control domain are told apart by few.
 */
export function isSameFact(one: Fact, other: Fact): boolean {
  if (one.key !== other.key || !rolesAgree(one, other)) return false;
  const a = fold(one.value);
  const b = fold(other.value);
  return a === b || holdsWhole(a, b) || holdsWhole(b, a);
}

function rolesAgree(one: Fact, other: Fact): boolean {
  if (one.role === other.role || one.role === null || other.role === null) return true;
  const isHost = (fact: Fact): boolean => fact.role === 'host' || fact.role === 'dom0';
  return isHost(one) === isHost(other);
}

/** `long` holds `short` as whole words: "4.4" is no part of "4.4.88". */
function holdsWhole(long: string, short: string): boolean {
  const at = long.length > short.length ? long.indexOf(short) : -1;
  if (at < 0) return false;
  const before = long.charAt(at - 1);
  const after = long.slice(at + short.length, at + short.length + 2);
  return !/[\w.]/.test(before) && !/^(?:\w|\.\w)/.test(after);
}

function fold(value: string): string {
  return value.toLowerCase().replace(/\s+/g, ' ');
}
