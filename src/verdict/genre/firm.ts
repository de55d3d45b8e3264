import type { RegressionClaim } from '../../model/evidence.ts';

const WEAK: ReadonlySet<string> = new Set([
  'fails',
  'contrast',
  'was-so',
  'not-yet-in',
  'downgrade',
  'update-to',
  'range',
  'arrow',
  'from-to',
]);
const MOVES: ReadonlySet<string> = new Set(['from-to', 'update-to', 'update-from', 'to-from']);
const FAILS =
  /\b(?:fail|crash|hang|hung|broke|panic|problem|issue|error|no longer|not (?:boot|work|start)|stopped|regress|slow)|n't\b/i;

/**
 * Whether a claim says so strongly that it worked before that it speaks for a report by itself. A way from one version to
 * another is one only where the same sentence tells what went wrong on it.
 */
export function isFirm(claim: RegressionClaim): boolean {
  if (claim.denied) return false;
  return MOVES.has(claim.rule) ? FAILS.test(claim.quote) : !WEAK.has(claim.rule);
}
