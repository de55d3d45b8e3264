import type { FactDraft } from './fact-draft.ts';
import type { PrintedLine } from './line-rows.ts';
import type { RoleAt } from './roles.ts';

/** A line of `/proc/iomem` (Linux `kernel/resource.c`): `00100000-3fffffff : System RAM`. */
const RANGE = /^ {0,12}(?<from>[0-9a-f]{8,16})-(?<to>[0-9a-f]{8,16}) : (?<name>\S.{0,80})$/;
/** Fewer lines of it are a quotation in a sentence. */
const LEAST = 3;
/** What a reader of such a map looks for. */
const TOLD = /^(?:System RAM|Unusable memory|reserved|ACPI)/i;

interface Map {
  readonly first: PrintedLine;
  readonly names: Set<string>;
  count: number;
  ramEnd: string;
}

/**
 * Memory maps (`/proc/iomem`) that a mail prints: one fact a map, told apart by what it holds and where its RAM ends, so
 * that two maps of one mail can be compared. Lines that stand between other lines end a map.
 */
export function findMemoryMaps(lines: readonly PrintedLine[], roleAt: RoleAt): FactDraft[] {
  const maps: Map[] = [];
  let open: Map | null = null;
  for (const line of lines) {
    const groups = RANGE.exec(line.text.slice(0, 120))?.groups;
    if (!groups) {
      open = null;
      continue;
    }
    open ??= startMap(line, maps);
    open.count += 1;
    const name = groups['name']?.trim() ?? '';
    if (TOLD.test(name)) open.names.add(name);
    if (name === 'System RAM') open.ramEnd = groups['to'] ?? '';
  }
  return maps.filter(({ count }) => count >= LEAST).map((map) => toDraft(map, roleAt));
}

function startMap(first: PrintedLine, maps: Map[]): Map {
  const map: Map = { first, names: new Set(), count: 0, ramEnd: '' };
  maps.push(map);
  return map;
}

function toDraft({ first, names, count, ramEnd }: Map, roleAt: RoleAt): FactDraft {
  const ram = ramEnd === '' ? '' : `, System RAM up to ${ramEnd}`;
  const others = [...names].filter((name) => name !== 'System RAM').slice(0, 4);
  const value = `/proc/iomem: ${count} ranges${ram}${others.length === 0 ? '' : `; ${others.join(', ')}`}`;
  return {
    key: 'other',
    value,
    role: roleAt(first.line),
    line: first.line,
    quote: first.text.trim(),
    depth: first.depth,
  };
}
