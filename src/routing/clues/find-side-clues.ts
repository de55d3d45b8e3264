import type { Fact, Trace } from '../../model/evidence.ts';
import type { Symptom } from '../../model/verdict.ts';
import type { Clue } from './clue.ts';

interface Known {
  readonly symptoms: readonly Symptom[];
  readonly traces: readonly Trace[];
  readonly facts: readonly Fact[];
}

/**
 * What the symptoms and the environment say where nothing more exact does: a machine that does not boot under Xen is
 * for those of its architecture first.
 */
export function findSideClues(known: Known, clues: readonly Clue[]): Clue[] {
  const hasBetter = clues.some(({ project, weight }) => project === 'xen' && weight >= 0.3);
  if (hasBetter || known.traces.length > 0) return [];
  const arm = known.facts.find(({ key, value }) => key === 'architecture' && /arm|aarch/i.test(value));
  const xen = known.facts.find(({ key }) => key === 'xen-version' || key === 'xen-command-line');
  const isMachine = known.symptoms.some(
    (symptom) => symptom === 'boot-failure' || symptom === 'crash' || symptom === 'hang',
  );
  if (!xen || !isMachine) return [];
  const path = arm ? 'xen/arch/arm/setup.c' : 'xen/arch/x86/setup.c';
  return [
    {
      project: 'xen',
      paths: [path],
      weight: 0.35,
      group: 'side',
      spread: 0,
      says: `"${xen.quote}" tells of Xen on ${arm ? 'Arm' : 'x86'}`,
      of: 'matter',
    },
  ];
}
