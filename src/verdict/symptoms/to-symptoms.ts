import { SYMPTOMS, type Because, type Symptom } from '../../model/verdict.ts';
import type { Provenance, Signal, Trace } from '../../model/evidence.ts';
import type { Opening } from '../opening.ts';
import { PHRASE_SYMPTOMS, TRACE_SYMPTOMS } from './symptom-rules.ts';

export interface SymptomVerdict {
  readonly symptoms: readonly Symptom[];
  readonly because: readonly Because[];
}

/**
 * What happens to those who are hit. The subject and the traces say it first; what the opening's prose adds counts only
 * where they are silent, but for failures to boot and to build and for lost data, which a crash does not contain.
 */
export function toSymptoms(opening: Opening, traces: readonly Trace[]): SymptomVerdict {
  const found = new Map<Symptom, Because>();
  addPhrases(found, opening, 'subject:', () => true);
  for (const { kind } of traces)
    add(found, TRACE_SYMPTOMS[kind], { field: 'symptoms', rule: `trace:${kind}`, where: null });
  const silent = found.size === 0;
  addPhrases(found, opening, '', (symptom) => silent || isAdded(symptom, found));
  add(found, found.size === 0 ? 'misbehaviour' : null, { field: 'symptoms', rule: 'nothing-worse', where: null });
  // A kernel that dies warns first; the warning is a symptom only where a trace is one.
  if (found.has('crash') && !traces.some(({ kind }) => TRACE_SYMPTOMS[kind] === 'warning')) found.delete('warning');
  return { symptoms: SYMPTOMS.filter((symptom) => found.has(symptom)), because: [...found.values()] };
}

function add(found: Map<Symptom, Because>, symptom: Symptom | null, because: Because): void {
  if (symptom !== null && !found.has(symptom)) found.set(symptom, because);
}

function addPhrases(
  found: Map<Symptom, Because>,
  opening: Opening,
  prefix: string,
  may: (symptom: Symptom) => boolean,
): void {
  for (const { signal, symptom } of PHRASE_SYMPTOMS) {
    if (!may(symptom)) continue;
    const hit = opening.signals.find(({ name }) => name === `${prefix}${signal}`);
    if (hit) add(found, symptom, { field: 'symptoms', rule: hit.name, where: toPlace(hit) });
  }
}

/** A crash or a hang while booting is a failure to boot too; a broken build and lost data are never implied by another. */
function isAdded(symptom: Symptom, found: ReadonlyMap<Symptom, Because>): boolean {
  if (symptom === 'boot-failure') return found.has('crash') || found.has('hang');
  return symptom === 'build-failure' || symptom === 'data-loss';
}

function toPlace({ message, part, line, quote, depth }: Signal): Provenance {
  return { message, part, line, quote, depth };
}
