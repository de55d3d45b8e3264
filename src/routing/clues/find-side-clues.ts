import type { Fact, RegressionClaim, Trace } from '../../model/evidence.ts';
import type { Symptom } from '../../model/verdict.ts';
import type { Clue } from './clue.ts';

/** Any part of Xen that a mail names says more than that Xen runs there. */
const BETTER = 0.15;

interface Known {
  readonly symptoms: readonly Symptom[];
  readonly traces: readonly Trace[];
  readonly facts: readonly Fact[];
  readonly regressions: readonly RegressionClaim[];
}

/** Whose a regression is where its own version broke: the people of that project who look after it under Xen. */
const BROKEN: Readonly<Record<string, readonly (readonly [path: string, weight: number])[]>> = {
  linux: [
    ['arch/x86/xen/enlighten.c', 0.4],
    ['drivers/xen/events/events_base.c', 0.3],
  ],
  qemu: [['hw/xen/xen-bus.c', 0.5]],
};

/** The project other than Xen whose new version broke something, as the mails say; `null` where none, or several, did. */
export function findBroken(regressions: readonly RegressionClaim[]): RegressionClaim | null {
  const claims = regressions.filter(
    ({ denied, component, firstBad, lastGood }) =>
      !denied && component !== null && (firstBad !== null || lastGood !== null),
  );
  const [first] = claims;
  const isOne = claims.every(({ component }) => component === first?.component);
  return first?.component != null && isOne && first.component in BROKEN ? first : null;
}

/** Where the mail names the part of that project, its people come first. */
const BESIDE_PART = 0.25;

function brokenClues({ regressions, traces }: Known, clues: readonly Clue[]): Clue[] {
  const claim = findBroken(regressions);
  if (claim === null || claim.component === null || traces.length > 0) return [];
  const project = claim.component;
  const hasPart = clues.some((clue) => clue.project === project && clue.weight >= BETTER);
  return (BROKEN[project] ?? []).map(([path, weight]) => ({
    project,
    paths: [path],
    weight: hasPart ? weight * BESIDE_PART : weight,
    group: 'side',
    spread: 0,
    says: `"${claim.quote}" tells of another version of ${project === 'qemu' ? 'QEMU' : 'Linux'}`,
    of: 'matter',
  }));
}

/**
 * What the symptoms and the environment say where nothing more exact does: a machine that does not boot under Xen is
 * for those of its architecture first.
 */
export function findSideClues(known: Known, clues: readonly Clue[]): Clue[] {
  const broken = brokenClues(known, clues);
  const hasBetter = clues.some(({ project, weight }) => project === 'xen' && weight >= BETTER);
  if (broken.length > 0 || hasBetter || known.traces.length > 0) return broken;
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
