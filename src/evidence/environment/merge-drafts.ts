import type { Fact } from '../../model/evidence.ts';
import { isSameFact } from '../../model/same-fact.ts';

/**
 * Says every fact once: of equal ones, and of those that one of them holds whole, the most telling stays
 * ("5.14.1-20210906-doflr" before "5.14.1"), own words before quoted ones, the body before the subject.
 */
export function mergeDrafts(facts: readonly Fact[]): Fact[] {
  const kept: Fact[] = [];
  for (const fact of distinct(facts)) {
    const at = kept.findIndex((other) => isSameFact(other, fact));
    const other = kept[at];
    if (other === undefined) kept.push(fact);
    else if (tellsMore(fact, other)) kept[at] = fact;
    else if (other.role === null && fact.role !== null) kept[at] = { ...other, role: fact.role };
  }
  return kept;
}

/** A long log says the same on many lines, and a hostile one something else on each. */
const MAX_DISTINCT = 500;

function distinct(facts: readonly Fact[]): Fact[] {
  const first = new Map<string, Fact>();
  for (const fact of facts) {
    const name = `${fact.key}\n${fact.role}\n${fact.depth}\n${fact.value}`;
    if (!first.has(name) && first.size < MAX_DISTINCT) first.set(name, fact);
  }
  return [...first.values()];
}

function tellsMore(fact: Fact, other: Fact): boolean {
  if (fact.part === 'subject') return false;
  if (fact.depth !== other.depth) return fact.depth < other.depth;
  return fact.value.length > other.value.length;
}
