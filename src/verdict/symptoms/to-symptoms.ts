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
  const add = (symptom: Symptom | null, rule: string, where: Provenance | null): void => {
    if (symptom && !found.has(symptom)) found.set(symptom, { field: 'symptoms', rule, where });
  };
  for (const { signal, symptom } of PHRASE_SYMPTOMS) {
    const hit = opening.signals.find(
      ({ name, message }) => name === `subject:${signal}` && message === opening.mail.message.id,
    );
    if (hit) add(symptom, hit.name, toPlace(hit));
  }
  for (const trace of traces) add(TRACE_SYMPTOMS[trace.kind], `trace:${trace.kind}`, null);
  const silent = found.size === 0;
  for (const { signal, symptom } of PHRASE_SYMPTOMS) {
    if (!silent && !ADDED.has(symptom)) continue;
    const hits = opening.signals.filter(
      ({ name, depth }) => name === signal && (opening.missing ? depth > 0 : depth === 0),
    );
    const [hit] = hits;
    if (hit && (silent || symptom !== 'boot-failure' || found.has('crash') || found.has('hang')))
      add(symptom, hit.name, toPlace(hit));
  }
  if (found.size === 0) add('misbehaviour', 'nothing-worse', null);
  if (found.has('crash') && found.has('warning') && !traces.some(({ kind }) => TRACE_SYMPTOMS[kind] === 'warning'))
    found.delete('warning');
  return { symptoms: SYMPTOMS.filter((symptom) => found.has(symptom)), because: [...found.values()] };
}

const ADDED: ReadonlySet<Symptom> = new Set(['boot-failure', 'build-failure', 'data-loss']);

function toPlace({ message, part, line, quote, depth }: Signal): Provenance {
  return { message, part, line, quote, depth };
}
