import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findDataFolder } from '../../lib/data-folder.ts';

/** A table of data/: what the keys of a number space mean, where that is written, and as of when. */
export interface Table {
  readonly source: string;
  readonly date: string;
  readonly rows: Readonly<Record<string, string>>;
}

/** Several tables of one source: the sub-operations of each hypercall. */
export interface TableSet {
  readonly source: string;
  readonly date: string;
  readonly tables: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface RangeTable {
  readonly ranges: readonly (readonly [from: string, to: string, meaning: string])[];
}

const FOLDER = findDataFolder();
const cache = new Map<string, unknown>();

function read(name: string): unknown {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const value: unknown = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
  cache.set(name, value);
  return value;
}

/** The table `data/NAME.json`, read once. Throws where the package is not whole. */
export function readTable(name: string): Table {
  return read(name) as Table;
}

/** The tables of `data/NAME.json`, read once. Throws where the package is not whole. */
export function readTableSet(name: string): TableSet {
  return read(name) as TableSet;
}

/** What an address of Xen's own map (64 hex bits, no 0x) belongs to, or `null`. */
export function findXenRange(address: string): string | null {
  const wanted = address.toLowerCase().padStart(16, '0');
  const { ranges } = read('xen-address-map') as RangeTable;
  // Equal lengths: the order of the text is the order of the numbers.
  const found = ranges.find(([from, to]) => from <= wanted && wanted <= to);
  return found === undefined ? null : found[2];
}

/** The meaning of a key, or `null` where the table does not know it. */
export function lookUp(name: string, key: string): string | null {
  return readTable(name).rows[key] ?? null;
}

/** The name of a sub-operation of a hypercall (`grant_table_op`, 0 → `map_grant_ref`), or `null`. */
export function lookUpSubOperation(hypercall: string, key: string): string | null {
  return readTableSet('sub-operations').tables[hypercall]?.[key] ?? null;
}
