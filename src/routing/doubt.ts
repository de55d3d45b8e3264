import type { Suggestion } from '../model/routing.ts';

/** Scores that are no further apart say nothing about which of two is right. */
const NEAR = 0.06;
/** Below this nobody is likely enough for a choice between two. */
const LIKELY = 0.12;

/** Whose matter an entry is; entries that fit no row are those of the project itself. */
const SIDES: readonly { readonly project: string; readonly title: RegExp; readonly side: string }[] = [
  { project: 'linux', title: /\bxen\b/i, side: 'Linux under Xen' },
  { project: 'linux', title: /./, side: 'Linux itself' },
  { project: 'qemu', title: /./, side: 'QEMU' },
  {
    project: 'xen',
    title: /^(?:TOOLSTACK|LIBS|OCAML|XENSTORE|PYTHON|GOLANG|REMUS|VTPM|STUB)/,
    side: 'the tools of Xen',
  },
  { project: 'xen', title: /^(?:OVMF|SEABIOS|EFI)/, side: 'firmware' },
  { project: 'xen', title: /^QEMU/, side: 'QEMU' },
  { project: 'xen', title: /./, side: 'the hypervisor' },
];

function sideOf({ project, section }: Suggestion): string | null {
  return SIDES.find((row) => row.project === project && row.title.test(section ?? ''))?.side ?? null;
}

/**
 * Says the doubt where the best two sides are about as likely, as a last reason of the first of each: that something happens
 * under Xen does not make it Xen's. Where somebody of the thread has taken it up already there is none.
 */
export function withDoubt(suggestions: readonly Suggestion[]): Suggestion[] {
  const people = suggestions.filter(({ role, section }) => role !== 'list' && section !== null);
  const [first] = people;
  const other = people.find((one) => first !== undefined && sideOf(one) !== sideOf(first));
  const isNear = first && other && other.score >= LIKELY && first.score - other.score <= NEAR;
  if (!isNear || first.reasons.some((reason) => /^(?:answers|wrote commit)|; answers/.test(reason)))
    return [...suggestions];
  const says = `either ${write(first)} or ${write(other)}: what is here points to both`;
  return suggestions.map((one) => (one === first || one === other ? { ...one, reasons: [...one.reasons, says] } : one));
}

function write(one: Suggestion): string {
  return `${sideOf(one) ?? one.project} (${one.section ?? ''})`;
}
