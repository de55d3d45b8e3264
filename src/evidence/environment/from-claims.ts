import type { Component, EnvironmentKey, Fact, RegressionClaim } from '../../model/evidence.ts';
import { kernelRoleNear } from './roles.ts';

const KEYS: Readonly<Record<string, EnvironmentKey>> = {
  xen: 'xen-version',
  linux: 'kernel-version',
  qemu: 'qemu-version',
  libvirt: 'libvirt-version',
};
/** Rules that only conclude which version fails: what they name need not be what runs. */
const CONCLUDED: ReadonlySet<string> = new Set(['contrast', 'range', 'parallel', 'not-yet-in', 'and-later']);
const NUMBERED = /^\d{1,2}\.\d/;
/** A number that only Xen has, where no kernel is spoken of. */
const XEN_LIKE = /^4\.(?:[6-9]|[12]\d)(?:\.\d)?(?![\d.]|-\d+-[a-z])/;
/** Says of a whole series what happens with it, not what the writer runs. */
const SERIES = />=|≥|\bversions\b|\bor (?:later|newer)\b|\band (?:later|newer|above)\b/i;

/**
 * What fails is what runs: the first bad version of a claim is a fact, whatever the sentence around it looks like. What
 * merely worked before is none.
 *
 * @param claims of the same mail; those of the subject are left out, for the body tells it better.
 */
export function findInClaims(claims: readonly RegressionClaim[]): Fact[] {
  return claims.flatMap((claim): Fact[] => {
    const { firstBad, denied, rule, part, message, line, quote, depth } = claim;
    if (firstBad === null || denied || part === 'header' || CONCLUDED.has(rule)) return [];
    if (!NUMBERED.test(firstBad) || SERIES.test(quote)) return [];
    const key = KEYS[componentOf(claim, firstBad) ?? ''];
    if (key === undefined) return [];
    return [{ key, value: firstBad, role: roleOf(key, quote, firstBad), message, part, line, quote, depth }];
  });
}

/**
 * What was left for another version, by a claim that names both: it runs no more. What is said of it elsewhere, in words of
 * their own, holds: a guest that was moved on from a version says nothing of a dom0 that has it.
 */
export function isLeftBehind({ key, value, quote }: Fact, claims: readonly RegressionClaim[]): boolean {
  const own = claims.filter((claim) => {
    const version = claim.lastGood ?? claim.firstBad;
    return !claim.denied && version !== null && KEYS[componentOf(claim, version) ?? ''] === key;
  });
  const left = own.some(
    ({ lastGood, firstBad, quote: said }) =>
      lastGood === value && firstBad !== null && (said.includes(quote) || quote.includes(said)),
  );
  return left && !own.some(({ firstBad }) => firstBad === value);
}

function componentOf({ component, quote }: RegressionClaim, version: string): Component {
  if (component !== null) return component;
  return XEN_LIKE.test(version) && !/\b(?:linux|kernel|qemu|libvirt)\b/i.test(quote) ? 'xen' : null;
}

function roleOf(key: EnvironmentKey, quote: string, version: string): Fact['role'] {
  if (key !== 'kernel-version') return 'host';
  const at = quote.indexOf(version);
  return at < 0 ? null : kernelRoleNear(quote, at, at + version.length);
}
