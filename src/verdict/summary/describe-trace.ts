import type { Fact, Trace } from '../../model/evidence.ts';
import type { Regression } from '../../model/verdict.ts';

/** The trace that matters most, in a few words: its title, and the process it happened in. */
export function describeTrace(traces: readonly Trace[]): string {
  const [first] = traces;
  if (!first) return '';
  const count = traces.length > 1 ? ` and ${String(traces.length - 1)} more` : '';
  return `${toShownTitle(first)}${count}`;
}

/** The title; where it blames nobody, the function that was printed with it, or none. */
function toShownTitle({ title, culprit, frames }: Trace): string {
  if (!NOBODY.test(title)) return title;
  const named = culprit ?? frames.find(({ reliable }) => reliable)?.function ?? null;
  return title.replace(NOBODY, named === null ? '' : ` in ${named}`);
}

/** Titles for a machine to compare end in this where no function is to blame. */
const NOBODY = / in corrupted$|: corrupted$/;

const SHOWN: readonly { readonly key: Fact['key']; readonly show: (value: string, fact: Fact) => string }[] = [
  { key: 'xen-version', show: (value) => `Xen ${value}` },
  { key: 'kernel-version', show: (value, { role }) => (role === null ? `Linux ${value}` : `${role} Linux ${value}`) },
  { key: 'qemu-version', show: (value) => `QEMU ${value}` },
  { key: 'guest-type', show: (value, { role }) => `${value} ${role ?? 'guest'}` },
  { key: 'hardware', show: (value) => value },
];
const MAX_VALUE = 48;
/** Words around a version that did not fail. */
const WORKED =
  /\b(?:old|older|previous|former) (?:\w+ )?(?:host|server|machine|version|kernel|xen|one)|\b(?:work(?:s|ed)|ran|was|were|is) (?:fine|ok|good|well|without)|\bused to\b|\bworked\b|\b(?:before|until) (?:that|the|we|i)\b|\b(?:other|another|second) (?:host|machine|server|box)/i;

/** Where it happens: one fact of each kind that a maintainer asks for first, but not the versions that were told already. */
export function describeWhere(facts: readonly Fact[], regression: Regression | null): string {
  const told = [regression?.lastGood ?? '', regression?.firstBad ?? ''].filter((version) => version !== '');
  const isTold = (value: string): boolean =>
    told.some((version) => version.startsWith(value) || value.startsWith(`${version}.`) || value === version);
  const found: string[] = [];
  for (const { key, show } of SHOWN) {
    const some = facts.filter((one) => one.key === key && one.value.length <= MAX_VALUE);
    // A program whose range is told is told; another version of it is that of another host, or the old one.
    if (some.some(({ value }) => isTold(value))) continue;
    const fact = some.find(({ quote }) => !WORKED.test(quote)) ?? (regression ? undefined : some[0]);
    if (fact) found.push(show(fact.value, fact));
  }
  return found.join(', ');
}
