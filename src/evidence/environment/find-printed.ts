import type { Role } from '../../model/evidence.ts';
import type { RoleAt } from './roles.ts';
import { type FactDraft, toQuote, toValue } from './fact-draft.ts';
import { LINE_KEYS, LINE_ROWS, type LineRow, type PrintedLine } from './line-rows.ts';

const MAX_TEXT = 400;
/** The next line of a dump, where the two were glued. */
const GLUED = /\s(?:Workqueue|NIP|RIP|EIP|task|pstate|Call Trace|Code|Stack):.*$/;

/**
 * Facts that programs print: banners, crash headers, boot lines, versions of tools.
 *
 * @param lines repaired log lines where there are any, else the part's own.
 * @param roleAt whose kernel printed them.
 */
export function findPrinted(lines: readonly PrintedLine[], roleAt: RoleAt): FactDraft[] {
  const drafts: FactDraft[] = [];
  const given = new Map<LineRow, number>();
  for (const line of lines) {
    if (line.text.length < 8) continue;
    const text = line.text.slice(0, MAX_TEXT).trimEnd();
    for (const row of LINE_ROWS) {
      if (!text.includes(row.has)) continue;
      const match = row.pattern.exec(text);
      const before = given.get(row) ?? 0;
      if (!match?.groups || before >= (row.most ?? Infinity)) continue;
      given.set(row, before + 1);
      drafts.push(...toDrafts(row, match.groups, { ...line, text }, roleAt));
    }
  }
  return drafts;
}

function toDrafts(
  row: LineRow,
  groups: Readonly<Record<string, string | undefined>>,
  line: PrintedLine,
  roleAt: RoleAt,
): FactDraft[] {
  const at = { line: line.line, depth: line.depth, quote: toQuote(line.text) };
  const role = roleOf(row, groups['dom'], line, roleAt);
  const drafts: FactDraft[] = [];
  if (groups['pv']) drafts.push({ key: 'guest-type', value: 'PV', role: role === 'host' ? null : role, ...at });
  for (const [group, key] of LINE_KEYS) {
    const value = toValue((groups[group] ?? '').replace(GLUED, ''));
    if (value === '') continue;
    const own: Role =
      key === 'xen-version' || key === 'hardware' || key === 'firmware' || key === 'cpu' ? 'host' : role;
    drafts.push({ key, value: `${row.prefix ?? ''}${value}`, role: own, ...at });
  }
  return drafts;
}

function roleOf(row: LineRow, dom: string | undefined, line: PrintedLine, roleAt: RoleAt): Role {
  if (dom !== undefined) return dom === '0' ? 'dom0' : 'domU';
  if (row.role !== 'log') return row.role;
  return line.console === 'guest' ? 'domU' : roleAt(line.line);
}
