import type { FactDraft } from './fact-draft.ts';
import { toQuote } from './fact-draft.ts';
import type { PrintedLine } from './line-rows.ts';

const PACKAGE = /^\s{0,4}Package: {1,4}(?:src:)?(?<name>[a-z][a-z0-9.+-]{1,60})\s*$/;
const VERSION = /^\s{0,4}Version: {1,4}(?<version>\d[\w.+~:-]{1,60})\s*$/;
/** Lines between the two: Severity, Source, Tags. */
const REACH = 4;

/** Which program a package of a distribution holds. Names: Debian's source and binary packages. */
const PACKAGES: readonly { readonly name: RegExp; readonly key: FactDraft['key']; readonly role: FactDraft['role'] }[] =
  [
    {
      name: /^(?:xen|xen-hypervisor(?:-[\w.-]+)?|xen-utils(?:-[\w.-]+)?|xen-system(?:-[\w.-]+)?|libxen\w*)$/,
      key: 'xen-version',
      role: 'host',
    },
    { name: /^linux(?:-image(?:-[\w.+-]+)?|-signed-\w+)?$/, key: 'kernel-version', role: null },
    { name: /^qemu(?:-system(?:-[\w-]+)?|-utils)?$/, key: 'qemu-version', role: 'host' },
    { name: /^libvirt(?:-daemon(?:-[\w-]+)?|0)?$/, key: 'libvirt-version', role: 'host' },
  ];

/** The `Package:` and `Version:` lines that head a report in Debian's bug tracker, also where a mail quotes them. */
export function findBugHeaders(lines: readonly PrintedLine[]): FactDraft[] {
  const drafts: FactDraft[] = [];
  for (const [index, line] of lines.entries()) {
    const name = line.text.includes('Package:') ? PACKAGE.exec(line.text.slice(0, 200))?.groups?.['name'] : undefined;
    const row = name === undefined ? undefined : PACKAGES.find((one) => one.name.test(name));
    if (!row) continue;
    for (const next of lines.slice(index + 1, index + 1 + REACH)) {
      const version =
        next.depth === line.depth ? VERSION.exec(next.text.slice(0, 200))?.groups?.['version'] : undefined;
      if (version === undefined) continue;
      const { key, role } = row;
      drafts.push({ key, role, value: version, line: next.line, depth: next.depth, quote: toQuote(next.text) });
      break;
    }
  }
  return drafts;
}
