import type { Evidence, Fact } from '../../model/evidence.ts';
import type { ThreadView } from '../../model/view.ts';
import { isSameFact } from '../../model/same-fact.ts';

/** More than this no digest can show; the first in reading order are kept. */
const MAX_FACTS = 200;
const MAX_DISTINCT = 1_000;

/**
 * What the people of a thread run, each fact once.
 *
 * A fact said twice is one fact: own words win over quoted ones, the earlier mail over the later, the fuller value over
 * the shorter. What is only quoted, because the mail that said it is missing, stays where it is quoted. Facts that
 * contradict each other are both kept: nobody but the reporter knows which holds.
 *
 * @returns facts in the order of reading; at most 200.
 */
export function gatherEnvironment(view: ThreadView): Fact[] {
  const facts = distinct(view.thread.messages.flatMap(({ message }) => factsOf(view.evidence.get(message.id))));
  const kept: Fact[] = [];
  for (const fact of facts) {
    const at = kept.findIndex((other) => isSameFact(other, fact));
    const other = kept[at];
    if (other === undefined) {
      if (!isRepeat(view, fact)) kept.push(fact);
    } else if (isBetter(fact, other)) kept[at] = fact;
    else if (other.role === null && fact.role !== null && fact.depth === 0) kept[at] = { ...other, role: fact.role };
  }
  return kept.slice(0, MAX_FACTS);
}

function factsOf(evidence: Evidence | undefined): readonly Fact[] {
  return evidence?.facts ?? [];
}

/** The first of each, so that long threads cost no more than what they say. */
function distinct(facts: readonly Fact[]): Fact[] {
  const first = new Map<string, Fact>();
  for (const fact of facts) {
    const name = `${fact.key}\n${fact.role}\n${Math.min(fact.depth, 1)}\n${fact.value}`;
    if (!first.has(name) && first.size < MAX_DISTINCT) first.set(name, fact);
  }
  return [...first.values()];
}

/** A quoted fact is a repeat where a mail at hand has its words, although the extractor read them otherwise there. */
function isRepeat(view: ThreadView, fact: Fact): boolean {
  if (fact.depth === 0) return false;
  const index = view.thread.messages.findIndex(({ message }) => message.id === fact.message);
  const place = view.thread.messages[index];
  if (!place || fact.depth > place.depth) return false;
  let parent = place.parent;
  for (let step = 1; step <= fact.depth; step += 1) {
    const above = view.thread.messages.find(({ message }) => message.id === parent);
    if (!above) return false;
    parent = above.parent;
  }
  return true;
}

function isBetter(fact: Fact, other: Fact): boolean {
  if (fact.depth !== other.depth) return fact.depth < other.depth;
  if (fact.message !== other.message) return false;
  return fact.value.length > other.value.length;
}
