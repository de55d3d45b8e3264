import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { triageMail } from '../../src/pipeline/triage-mail.ts';
import { openMail } from '../../src/mailbox/open-mail.ts';
import type { Trees } from '../../src/routing/trees/trees.ts';
import type { TriageTrace } from '../../src/model/triage.ts';
import { Tally, fold } from './score.ts';
import type { Score } from './score.ts';

/** One case of `bench/traces/expected.json`. */
interface Case {
  readonly file: string;
  readonly mangling: string;
  readonly main: readonly (readonly [name: string, reliable: boolean, isInstructionPointer: boolean])[];
  readonly kinds: readonly string[];
  readonly headlines: readonly string[];
}

/** Frames of the first trace equal to the expected ones, with or without the instruction pointer's function in front. */
export function sameFrames(trace: TriageTrace | undefined, main: Case['main']): boolean {
  if (!trace) return false;
  const found = trace.frames.map((frame) => [frame.function, frame.reliable] as const);
  return [main, main.filter(([, , ip]) => !ip)].some(
    (wanted) =>
      wanted.length === found.length && wanted.every(([name, ok], i) => found[i]?.[0] === name && found[i]?.[1] === ok),
  );
}

/** Scores `bench/traces`: frames exact over all and by mangling, kinds, headlines. */
export async function scoreTraces(
  folder: string,
  knowledge: { readonly trees: Trees; readonly asOf: Date },
): Promise<Score[]> {
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { cases: readonly Case[] };
  const frames = new Tally('bench traces: frames exact', 'frames');
  const kinds = new Tally('bench traces: kind');
  const headlines = new Tally('bench traces: headline');
  const byMangling = new Map<string, Tally>();
  for (const one of expected.cases) {
    const { document } = await triageMail([openMail(join(folder, one.file))], knowledge);
    const trace = document.threads[0]?.traces[0];
    const right = sameFrames(trace, one.main);
    const mangling = byMangling.get(one.mangling) ?? new Tally(`  ${one.mangling}`);
    byMangling.set(one.mangling, mangling);
    for (const tally of [frames, mangling])
      tally.add(right, `${one.file} (${one.mangling}) ${difference(trace, one.main)}`);
    kinds.add(
      trace !== undefined && one.kinds.includes(trace.kind),
      `${one.file}: ${trace?.kind ?? 'none'}, not ${one.kinds.join('|')}`,
    );
    const said = fold(trace?.headline ?? '');
    headlines.add(
      one.headlines.some((headline) => said !== '' && fold(headline) === said),
      `${one.file}: ${JSON.stringify(trace?.headline)}, not ${JSON.stringify(one.headlines)}`,
    );
  }
  return [frames, ...[...byMangling.values()].sort((a, b) => (a.field < b.field ? -1 : 1)), kinds, headlines].map(
    (tally) => tally.score(),
  );
}

function difference(trace: TriageTrace | undefined, main: Case['main']): string {
  if (!trace) return 'no trace';
  const found = trace.frames.map((frame) => `${frame.reliable ? '' : '?'}${frame.function}`);
  const wanted = main.filter(([, , ip]) => !ip).map(([name, ok]) => `${ok ? '' : '?'}${name}`);
  const at = wanted.findIndex((name, i) => found[i] !== name);
  return `${found.length} frames for ${wanted.length}; at ${at}: ${found[at] ?? 'end'} for ${wanted[at] ?? 'end'}`;
}
