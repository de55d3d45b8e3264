import type { EnvironmentKey } from '../model/evidence.ts';
import type { Regression } from '../model/verdict.ts';
import type { TriageFact } from '../model/triage.ts';
import { toSafeLine } from '../lib/safe-text.ts';

/** What fits into one line of a digest, in this order, with the word that makes a bare version readable. */
const SHOWN: readonly { readonly key: EnvironmentKey; readonly prefix: string }[] = [
  { key: 'xen-version', prefix: 'Xen ' },
  { key: 'kernel-version', prefix: 'Linux ' },
  { key: 'qemu-version', prefix: 'QEMU ' },
  { key: 'libvirt-version', prefix: 'libvirt ' },
  { key: 'distribution', prefix: '' },
  { key: 'guest-type', prefix: '' },
  { key: 'hardware', prefix: '' },
  { key: 'architecture', prefix: '' },
];

const MOST = 8;
const LONGEST = 60;

/** `Xen 4.8.1-r3 (host), Linux 4.1.44 (dom0), Gentoo (host)`; empty where the mail does not say. */
export function writeEnvironmentLine(facts: readonly TriageFact[]): string {
  const words = SHOWN.flatMap(({ key, prefix }) =>
    facts.filter((fact) => fact.key === key).map((fact) => writeFact(fact, prefix)),
  );
  return [...new Set(words)].slice(0, MOST).join(', ');
}

function writeFact({ value, role }: TriageFact, prefix: string): string {
  const text = toSafeLine(value, LONGEST);
  const known = prefix !== '' && text.toLowerCase().startsWith(prefix.toLowerCase());
  return `${known ? '' : prefix}${text}${role === null ? '' : ` (${role})`}`;
}

/** `worked in 4.1.44, fails in 4.4.88, first bad commit 0123abcd`; `null` where nothing is claimed. */
export function writeRegression(regression: Regression | null): string | null {
  if (regression === null) return null;
  const { lastGood, firstBad, commit } = regression;
  const words = [
    ...(lastGood === null ? [] : [`worked in ${lastGood}`]),
    ...(firstBad === null ? [] : [`fails in ${firstBad}`]),
    ...(commit === null ? [] : [`since commit ${shortenCommits(commit)}`]),
  ];
  return words.length === 0 ? 'it worked before (versions unknown)' : toSafeLine(words.join(', '), 200);
}

/** Full commit ids as people write them: twelve digits. */
export function shortenCommits(text: string): string {
  return text.replace(/\b(?<begin>[0-9a-f]{12})[0-9a-f]{28}\b/g, '$<begin>');
}
