/** Comparing with answers whose order is random in places: any of the script's orders is right. */
import type { OpenTree } from '../../src/routing/maintainers/answer.ts';
import type { Match } from '../../src/routing/maintainers/match.ts';

const MOST_ORDERS = 500;

/** All orders of the entries that tie, as functions on the list of matches; `MOST_ORDERS` at most. */
function* findOrders(matches: readonly Match[]): Iterable<readonly Match[]> {
  const groups: Match[][] = [];
  for (const match of matches) {
    if (groups.at(-1)?.[0]?.score === match.score) groups.at(-1)?.push(match);
    else groups.push([match]);
  }
  yield* combine(groups);
}

function* combine([first, ...rest]: readonly Match[][]): Iterable<readonly Match[]> {
  if (!first) {
    yield [];
    return;
  }
  for (const head of permute(first)) for (const tail of combine(rest)) yield [...head, ...tail];
}

function* permute(items: readonly Match[]): Iterable<Match[]> {
  if (items.length < 2) yield [...items];
  else
    for (const [index, item] of items.entries())
      for (const rest of permute(items.toSpliced(index, 1))) yield [item, ...rest];
}

export type Outcome = 'equal' | 'tie' | 'different';
export type Ask = (question: string, tree: OpenTree) => string;
type Order = readonly Match[];

/** Asks with the orders given for the first files, and with no entry at all for the others. */
function askWith(question: string, orders: readonly Order[], tree: OpenTree, ask: Ask): string {
  let place = 0;
  return ask(question, { ...tree, arrange: () => orders[place++] ?? [] });
}

/** Could the answer for the first files grow into the expected one: are its lines there, in that order. */
function isOnTheWay(partial: string, expected: string): boolean {
  const lines = expected.split('\n');
  let from = 0;
  for (const line of partial.split('\n')) {
    const at = lines.indexOf(line, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

/** Compares one answer; entries that tie may come in any order, tried file by file. */
export function compare(question: string, expected: string, tree: OpenTree, ask: Ask): Outcome {
  const seen: Order[] = [];
  const watched = { ...tree, arrange: (matches: Order) => (seen.push([...matches]), matches) };
  if (ask(question, watched) === expected) return 'equal';
  let orders: (readonly Order[])[] = [[]];
  for (const matches of seen) {
    const next = [...findOrders(matches)];
    const longer = orders.flatMap((before) => next.map((order) => [...before, order]));
    const good =
      next.length === 1 ? longer : longer.filter((order) => isOnTheWay(askWith(question, order, tree, ask), expected));
    orders = (good.length > 0 ? good : longer).slice(0, MOST_ORDERS);
  }
  return orders.some((order) => askWith(question, order, tree, ask) === expected) ? 'tie' : 'different';
}
