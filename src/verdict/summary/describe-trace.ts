import type { Fact, Trace } from '../../model/evidence.ts';
import type { Regression } from '../../model/verdict.ts';

/** The trace that matters most, in a few words: its title, and the process it happened in. */
export function describeTrace(traces: readonly Trace[]): string {
  const [first] = traces;
  if (!first) return '';
  const count = traces.length > 1 ? ` and ${String(traces.length - 1)} more` : '';
  return `${first.title}${count}`;
}

const SHOWN: readonly { readonly key: Fact['key']; readonly show: (value: string, fact: Fact) => string }[] = [
  { key: 'xen-version', show: (value) => `Xen ${value}` },
  { key: 'kernel-version', show: (value, { role }) => (role === null ? `Linux ${value}` : `${role} Linux ${value}`) },
  { key: 'qemu-version', show: (value) => `QEMU ${value}` },
  { key: 'guest-type', show: (value, { role }) => `${value} ${role ?? 'guest'}` },
  { key: 'hardware', show: (value) => value },
];
const MAX_VALUE = 48;

/** Where it happens: one fact of each kind that a maintainer asks for first, but not the versions that were told already. */
export function describeWhere(facts: readonly Fact[], regression: Regression | null): string {
  const told = [regression?.lastGood ?? '', regression?.firstBad ?? ''].filter((version) => version !== '');
  const found: string[] = [];
  for (const { key, show } of SHOWN) {
    const fact = facts.find(
      (one) =>
        one.key === key &&
        !told.some((version) => version.startsWith(one.value) || one.value.startsWith(`${version}.`)) &&
        one.value.length <= MAX_VALUE,
    );
    if (fact) found.push(show(fact.value, fact));
  }
  return found.join(', ');
}
