/**
 * Scores the whole reading on labelled mails of our own making: `npx tsx scripts/score-fresh.ts [--half even|odd|all] [--quiet] [FILE...]`.
 *
 * Reads `test/verdict/fresh/*.json` unless files are named. The odd half of each file is held out: its misses are not printed
 * (with `--show` they are), so that rules are made from the even half alone. Routing is printed, not judged.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { TriageThread } from '../src/model/triage.ts';
import { triageMail } from '../src/pipeline/triage-mail.ts';
import { loadBundledTrees } from '../src/routing/trees/load-bundled-trees.ts';
import { FRESH_AS_OF, FreshThreads, toSource, type FreshThread } from './fresh/fresh-mail.ts';
import { ShareTally, SetTally } from './fresh/tallies.ts';
import { isSameSaid, isSameName, isSameRegression } from './fresh/compare.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    half: { type: 'string', default: 'all' },
    quiet: { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
  },
});

const genre = new ShareTally('genre');
const symptoms = new SetTally('symptoms');
const regression = new ShareTally('regression');
const status = new ShareTally('status');
const facts = new SetTally('environment');
const roles = new ShareTally('roles of the found');
const asked = new SetTally('asked');
const reached = new ShareTally('reached of the found');
const sections = new ShareTally('sections hit@2');
const TALLIES = [genre, symptoms, regression, status, facts, roles, asked, reached, sections];

async function main(): Promise<void> {
  const folder = join(import.meta.dirname, '../test/verdict/fresh');
  const files = positionals.length > 0 ? positionals : readdirSync(folder).map((name) => join(folder, name));
  const trees = loadBundledTrees();
  let count = 0;
  for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
    for (const [index, thread] of FreshThreads.parse(JSON.parse(readFileSync(file, 'utf8'))).entries()) {
      const half = index % 2 === 0 ? 'even' : 'odd';
      if (values.half !== 'all' && values.half !== half) continue;
      const { document } = await triageMail([toSource(thread)], { trees, asOf: FRESH_AS_OF });
      const found = document.threads.find(({ messages }) => messages.some(({ id }) => id.startsWith(thread.name)));
      if (!found) throw new Error(`${thread.name}: no thread came of it`);
      compare(thread, found, half === 'even' || values.show);
      count += 1;
    }
  }
  if (!values.quiet) for (const miss of TALLIES.flatMap(({ misses }) => misses)) console.log(miss);
  console.log(
    `fresh (${values.half}): ${String(count)} threads · ${TALLIES.map((tally) => tally.toText()).join(' · ')}`,
  );
}

function compare({ name, expect }: FreshThread, found: TriageThread, show: boolean): void {
  const at = { name, show };
  genre.add(expect.genre === found.genre, `${expect.genre} expected, ${found.genre} found`, at);
  status.add(expect.status === found.status, `${expect.status} expected, ${found.status} found`, at);
  regression.add(
    isSameRegression(expect.regression, found.regression),
    `${JSON.stringify(expect.regression)} expected, ${JSON.stringify(found.regression)} found`,
    at,
  );
  if (expect.genre === 'report') symptoms.add(expect.symptoms, found.symptoms, (a, b) => a === b, at);
  const pairs = facts.add(
    expect.environment,
    found.environment,
    ([key, value], fact) => key === fact.key && isSameSaid(key, value, fact.value),
    at,
    ({ key, value, role }) => `${key} ${value} (${role ?? '-'})`,
  );
  for (const [[key, value, role], fact] of pairs)
    roles.add(role === fact.role, `${key} ${value}: ${role ?? 'none'} expected, ${fact.role ?? 'none'} found`, at);
  const people = asked.add(
    expect.asked,
    found.people.asked,
    ([who], one) => isSameName(who, one),
    at,
    (one) => one.name,
  );
  for (const [[who, isReached], one] of people)
    reached.add(isReached === one.reached, `${who}: ${String(one.reached)} found`, at);
  addSections(expect, found, at);
}

/** Whether one of the first two sections is among the right ones; where none is right, nothing may be suggested. */
function addSections(expect: FreshThread['expect'], found: TriageThread, at: { name: string; show: boolean }): void {
  const said = new Set(
    found.routing.flatMap(({ project, section }) => (section === null ? [] : [`${project ?? ''} ${section}`])),
  );
  const first = [...said].slice(0, 2);
  const right = expect.sections.map(([project, section]) => `${project} ${section}`);
  const hit = right.length === 0 ? first.length === 0 : first.some((one) => right.includes(one));
  sections.add(hit, `${right.join(' | ') || 'nothing'} expected, ${first.join(' | ') || 'nothing'} found`, at);
}

await main();
