import type { Fact } from '../../model/evidence.ts';

/**
 * Says every fact once: of equal ones, and of those that one of them holds whole, the most telling stays
 * ("5.14.1-20210906-doflr" before "5.14.1"), own words before quoted ones, the body before the subject.
 */
export function mergeDrafts(facts: readonly Fact[]): Fact[] {
  const kept: Fact[] = [];
  for (const fact of facts) {
    const at = kept.findIndex((other) => isSameFact(other, fact));
    const other = kept[at];
    if (other === undefined) kept.push(fact);
    else if (tellsMore(fact, other)) kept[at] = fact;
    else if (other.role === null && fact.role !== null) kept[at] = { ...other, role: fact.role };
  }
  return kept;
}

/** Whether two facts say one thing: same key, roles that do not disagree, and values of which one holds the other. */
export function isSameFact(one: Fact, other: Fact): boolean {
  if (one.key !== other.key) return false;
  if (one.role !== other.role && one.role !== null && other.role !== null && !isHostSide(one, other)) return false;
  const a = fold(one.value);
  const b = fold(other.value);
  return a === b || holdsWhole(a, b) || holdsWhole(b, a);
}

function isHostSide(one: Fact, other: Fact): boolean {
  const side = (fact: Fact): boolean => fact.role === 'host' || fact.role === 'dom0';
  return side(one) && side(other);
}

/** `long` holds `short` as whole words: "4.4" is no part of "4.4.88", "5.14.1" is one of "5.14.1-debug". */
function holdsWhole(long: string, short: string): boolean {
  if (long.length <= short.length) return false;
  const at = long.indexOf(short);
  if (at < 0) return false;
  const before = long.charAt(at - 1);
  const after = long.slice(at + short.length, at + short.length + 2);
  return !/[\w.]/.test(before) && !/^(?:\w|\.\w)/.test(after);
}

function tellsMore(fact: Fact, other: Fact): boolean {
  if (fact.part === 'subject') return false;
  if (fact.depth !== other.depth) return fact.depth < other.depth;
  return fact.value.length > other.value.length;
}

function fold(value: string): string {
  return value.toLowerCase().replace(/\s+/g, ' ');
}
