import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openMail } from '../../src/mailbox/open-mail.ts';
import { triageMail } from '../../src/pipeline/triage-mail.ts';
import type { TriageThread, TriageTrace } from '../../src/model/triage.ts';
import type { Trees } from '../../src/routing/trees/trees.ts';
import { Tally, fold } from './score.ts';
import type { Score } from './score.ts';

interface LabelledTrace {
  readonly message: string;
  readonly part: string;
  readonly lines: readonly [number, number];
  readonly kind: string;
  readonly kindAlso?: readonly string[];
  readonly headline: string;
  readonly version: string | null;
  readonly pid: number | null;
  readonly comm: string | null;
  readonly ip?: { readonly function: string };
  readonly optional?: boolean;
  readonly frames: readonly {
    readonly function: string;
    readonly offset: number | null;
    readonly reliable: boolean;
    /** The mail cuts the name off: leaving the frame out is right too. */
    readonly truncated?: boolean;
  }[];
}

interface Labels {
  readonly id: string;
  readonly genre: string;
  readonly symptoms: readonly string[];
  readonly regression: { lastGood: string | null; firstBad: string | null; commit: string | null } | null;
  readonly status: string | null;
  readonly fixedBy: string | null;
  readonly acceptable: Readonly<Record<string, readonly string[] | undefined>>;
  readonly traces: readonly LabelledTrace[];
  readonly environment: readonly { key: string; value: string; role: string | null; message: string; quote: string }[];
  readonly people: { readonly asked: readonly { name: string; address: string | null; reached: boolean }[] };
  readonly routing: readonly { address: string | null; role: string }[];
}

interface Case {
  readonly name: string;
  readonly labels: Labels;
  readonly found: TriageThread;
}

/** Scores `corpus/xen-devel` field by field; a label's `acceptable` answers count as right, `any` is not scored. */
export async function scoreCorpus(
  folder: string,
  knowledge: { readonly trees: Trees; readonly asOf: Date },
): Promise<Score[]> {
  const cases: Case[] = [];
  for (const name of readdirSync(folder).sort()) {
    const labels = JSON.parse(readFileSync(join(folder, name, 'labels.json'), 'utf8')) as Labels;
    const { document } = await triageMail([openMail(join(folder, name))], knowledge);
    const found = document.threads.find((thread) => thread.id === labels.id) ?? document.threads[0];
    if (found) cases.push({ name, labels, found });
  }
  const tallies = [scoreGenre, scoreTraces, scoreRegression, scoreStatus, scoreEnvironment, scoreRouting];
  return tallies.flatMap((score) => score(cases)).map((tally) => tally.score());
}

function scoreGenre(cases: readonly Case[]): Tally[] {
  const genre = new Tally('genre', 'genre');
  const recall = new Tally('genre: recall of reports');
  const symptoms = new Tally('symptoms');
  for (const { name, labels, found } of cases) {
    const right = found.genre === labels.genre || (labels.acceptable['genre'] ?? []).includes(found.genre);
    genre.add(right, `${name}: ${found.genre}, not ${labels.genre}`);
    if (labels.genre === 'report') recall.add(right, `${name}: ${found.genre}`);
    const also = labels.acceptable['symptoms'] ?? [];
    const optional = labels.acceptable['symptoms_optional'] ?? [];
    if (also.includes('any')) continue;
    const needed = labels.symptoms.filter((symptom) => !optional.includes(symptom));
    const allowed = [...labels.symptoms, ...also];
    const said = found.symptoms;
    const instead = labels.symptoms.length === 1 && said.some((one) => also.includes(one));
    symptoms.add(
      (needed.every((one) => (said as readonly string[]).includes(one)) || instead) &&
        said.every((one) => allowed.includes(one)),
      `${name}: ${said.join(',')} for ${labels.symptoms.join(',')} (${also.join(',')})`,
    );
  }
  return [genre, recall, symptoms];
}

function overlaps(trace: TriageTrace, label: LabelledTrace): boolean {
  return (
    trace.message === label.message &&
    trace.part === label.part &&
    trace.lines[0] <= label.lines[1] &&
    trace.lines[1] >= label.lines[0]
  );
}

function sameFrames(trace: TriageTrace, label: LabelledTrace): boolean {
  const found = trace.frames.map((frame) => [frame.function, frame.offset, frame.reliable].join(' '));
  const printed = label.frames.filter((frame) => frame.truncated !== true);
  const wanted = (found.length < label.frames.length ? printed : label.frames).map((frame) =>
    [frame.function, frame.offset, frame.reliable].join(' '),
  );
  const rest = found[0]?.split(' ')[0] === label.ip?.function && wanted[0] !== found[0] ? found.slice(1) : found;
  return rest.length === wanted.length && rest.every((frame, i) => frame === wanted[i]);
}

function scoreTraces(cases: readonly Case[]): Tally[] {
  const frames = new Tally('corpus traces: frames exact', 'corpus frames');
  const kinds = new Tally('corpus traces: kind');
  const heads = new Tally('corpus traces: headline, pid, comm, version');
  const surplus = new Tally('corpus traces: none invented');
  for (const { name, labels, found } of cases) {
    for (const label of labels.traces) {
      const near = found.traces.filter((trace) => overlaps(trace, label));
      const trace = near.find((one) => sameFrames(one, label)) ?? near[0];
      if (!trace && label.optional === true) continue;
      const at = `${name} ${label.part}:${label.lines.join('-')}`;
      frames.add(
        trace !== undefined && sameFrames(trace, label),
        `${at}: ${trace ? trace.frames.map((f) => f.function).join(' ') : 'no trace'} for ${label.frames.map((f) => f.function).join(' ')}`,
      );
      kinds.add(
        trace !== undefined && [label.kind, ...(label.kindAlso ?? [])].includes(trace.kind),
        `${at}: ${trace?.kind ?? 'none'}, not ${label.kind}`,
      );
      const said = trace && [fold(trace.headline), trace.pid, trace.comm, trace.version];
      const wanted = [fold(label.headline), label.pid, label.comm, label.version];
      heads.add(
        JSON.stringify(said) === JSON.stringify(wanted),
        `${at}: ${JSON.stringify(said)} for ${JSON.stringify(wanted)}`,
      );
    }
    for (const trace of found.traces) {
      const known = labels.traces.some((label) => overlaps(trace, label));
      surplus.add(known, `${name} ${trace.part}:${trace.lines.join('-')} ${trace.kind} ${trace.title}`);
    }
  }
  return [frames, kinds, heads, surplus];
}

function sameRegression(found: TriageThread['regression'], labels: Labels): boolean {
  const wanted = labels.regression;
  if (!found || !wanted) return !found && !wanted;
  const same = (a: string | null, b: string | null): boolean => fold(a ?? '') === fold(b ?? '');
  if (same(found.lastGood, wanted.lastGood) && same(found.firstBad, wanted.firstBad)) {
    return found.commit === null || wanted.commit === null || wanted.commit.startsWith(found.commit);
  }
  return (labels.acceptable['regression'] ?? []).some((other) => {
    const [good, bad] = other.split('/').map((version) => version.trim());
    return bad !== undefined && same(found.lastGood, good ?? null) && same(found.firstBad, bad);
  });
}

/** F1 as hits of 2·tp in 2·tp + fp + fn, so that it prints like the others. */
class F1 extends Tally {
  hit(what: string): void {
    this.add(true, what);
    this.add(true, what);
  }
}

/** What a label takes as right besides itself, so that the case says nothing about the rules. */
function isExcused(found: TriageThread['regression'], also: readonly string[]): boolean {
  if (also.includes('any') || (found === null && also.includes('null'))) return true;
  const named = [found?.lastGood, found?.firstBad, found?.commit].some(Boolean);
  return !named && also.includes('any without versions');
}

function scoreRegression(cases: readonly Case[]): Tally[] {
  const detected = new F1('regression: detected (F1)', 'regression');
  const versions = new Tally('regression: versions exact');
  for (const { name, labels, found } of cases) {
    const also = labels.acceptable['regression'] ?? [];
    if (isExcused(found.regression, also)) continue;
    const miss = `${name}: ${JSON.stringify(found.regression)}, not ${JSON.stringify(labels.regression)} ${also.join(' | ')}`;
    if (found.regression && labels.regression) {
      detected.hit(name);
      versions.add(sameRegression(found.regression, labels), miss);
    } else if (found.regression || labels.regression) detected.add(false, miss);
  }
  return [detected, versions];
}

function scoreStatus(cases: readonly Case[]): Tally[] {
  const status = new Tally('status (reports)', 'status');
  const fixedBy = new Tally('fixedBy');
  for (const { name, labels, found } of cases) {
    if (labels.status === null || labels.genre !== 'report') continue;
    const allowed = [labels.status, ...(labels.acceptable['status'] ?? [])];
    status.add(allowed.includes(found.status), `${name}: ${found.status}, not ${allowed.join('|')}`);
    fixedBy.add(
      (labels.fixedBy ?? '').startsWith(found.fixedBy ?? '') === true &&
        (labels.fixedBy === null) === (found.fixedBy === null),
      `${name}: ${found.fixedBy}, not ${labels.fixedBy}`,
    );
  }
  return [status, fixedBy];
}

function scoreEnvironment(cases: readonly Case[]): Tally[] {
  const recall = new Tally('environment: labelled facts found', 'environment');
  const roles = new Tally('environment: role of the found');
  const asked = new Tally('people asked: name and reached', 'asked');
  const strict = new F1('environment: F1, unlabelled is wrong', 'env F1');
  for (const { name, labels, found } of cases) {
    scoreSurplus(name, { labels, found }, strict);
    for (const label of labels.environment) {
      const hits = found.environment.filter(
        (fact) => fact.key === label.key && includesEither(fact.value, label.value),
      );
      recall.add(hits.length > 0, `${name}: ${label.key} = ${label.value} [${label.quote}]`);
      const role = (one: string | null): string => (one === 'host' ? '' : (one ?? ''));
      if (hits.length > 0) {
        roles.add(
          hits.some((fact) => role(fact.role) === role(label.role) || fact.role === null),
          `${name}: ${label.key} = ${label.value}: ${hits.map((fact) => fact.role).join(',')}, not ${label.role}`,
        );
      }
    }
    const said = found.people.asked.map((one) => `${fold(one.name)} ${one.reached}`);
    const wanted = labels.people.asked.map((one) => `${fold(one.name)} ${one.reached}`);
    for (const one of wanted)
      asked.add(
        said.some((other) => other === one || one.startsWith(other.split(' ')[0] ?? '-')),
        `${name}: ${one} not in [${said.join('; ')}]`,
      );
    for (const one of found.people.asked) {
      if (
        !labels.people.asked.some(
          (other) => fold(other.name).includes(fold(one.name)) || fold(one.name).includes(fold(other.name)),
        )
      ) {
        asked.add(false, `${name}: ${one.name} was not asked [${one.quote}]`);
      }
    }
  }
  return [recall, strict, roles, asked];
}

/** The strictest reading: a fact that nobody labelled counts as wrong, though labels list only what must be found. */
function scoreSurplus(name: string, { labels, found }: Pick<Case, 'labels' | 'found'>, strict: F1): void {
  const isSame = (fact: { key: string; value: string }, label: { key: string; value: string }): boolean =>
    fact.key === label.key && includesEither(fact.value, label.value);
  for (const label of labels.environment) {
    const what = `${name}: ${label.key} = ${label.value}`;
    if (found.environment.some((fact) => isSame(fact, label))) strict.hit(what);
    else strict.add(false, `${what} not found`);
  }
  for (const fact of found.environment) {
    if (labels.environment.some((label) => isSame(fact, label))) continue;
    strict.add(false, `${name}: ${fact.key} = ${fact.value} not labelled [${fact.quote}]`);
  }
}

function includesEither(a: string, b: string): boolean {
  const [x, y] = [fold(a), fold(b)];
  return x !== '' && y !== '' && (x.includes(y) || y.includes(x));
}

function scoreRouting(cases: readonly Case[]): Tally[] {
  const at = [1, 3, 5].map((k) => ({ k, tally: new Tally(`routing hit@${k}`, `hit@${k}`) }));
  for (const { name, labels, found } of cases) {
    if (labels.routing.length === 0) continue;
    const right = new Set(labels.routing.flatMap((one) => (one.address === null ? [] : [one.address.toLowerCase()])));
    for (const { k, tally } of at) {
      const first = found.routing.slice(0, k).map((one) => one.address.toLowerCase());
      tally.add(
        first.some((address) => right.has(address)),
        `${name}: [${first.join(' ')}] not in [${[...right].join(' ')}]`,
      );
    }
  }
  return at.map(({ tally }) => tally);
}
