/** A line of the tree that a thread page prints: `2017-09-28 13:31 ` Juergen Gross`. */
export interface PageEntry {
  /** `2017-09-28 13:31`; `null` for a message that the archive does not have. */
  readonly date: string | null;
  readonly level: number;
  /** Subject (where it changed) and author; of a missing message its id. */
  readonly rest: string;
}

/** What an entry is matched by. */
export interface Dated {
  readonly date: string;
  readonly name: string;
  readonly context: readonly PageEntry[];
}

const ENTRY = /^[@ ]{0,2}(?<date>\d{4}-\d\d-\d\d [ \d]\d:\d\d) (?<indent>[ |]{0,200})(?<tick>` )?(?<rest>\S.{0,400})$/;
const MISSING = /^(?<indent>[ |]{0,230})(?:` )?\[not found\] <(?<id>[^<>\s]{1,500})>/;
/** Columns that the date and the blank behind it take, which a missing message leaves blank. */
const DATE_COLUMNS = 17;

/** Reads one line of the tree; `undefined` where it is none. */
export function readTreeLine(line: string): PageEntry | undefined {
  const entry = ENTRY.exec(line)?.groups;
  if (entry) {
    return {
      date: tidyDate(entry['date'] ?? ''),
      level: level(entry['indent'] ?? '', entry['tick'] !== undefined),
      rest: (entry['rest'] ?? '').trim(),
    };
  }
  const missing = MISSING.exec(line)?.groups;
  if (!missing) return undefined;
  const indent = (missing['indent'] ?? '').length - DATE_COLUMNS;
  return { date: null, level: Math.max(0, Math.floor(indent / 2)), rest: missing['id'] ?? '' };
}

/** `2017-09-28  8:42` → `2017-09-28 08:42`. */
export function tidyDate(date: string): string {
  return date.replace(/ {1,2}(?<hour>\d{1,2}:)/, (_all, hour: string) => ` ${hour.padStart(3, '0')}`);
}

/** Each level below the root is two columns deeper; the root has no tick. */
function level(indent: string, tick: boolean): number {
  return tick ? 1 + Math.floor(indent.length / 2) : 0;
}

/**
 * The parent of every message: the place of another message, a missing one by its id, or `null` for a root.
 * The overview at the end of the page is the whole tree; a message that it lacks is placed by the lines above it.
 */
export function findParents(
  messages: readonly Dated[],
  overview: readonly PageEntry[],
): readonly (number | { readonly id: string } | null)[] {
  const whole = placeEntries(overview, messages);
  const entryOf = new Map<number, number>();
  whole.forEach((place, entry) => {
    if (place !== null) entryOf.set(place, entry);
  });
  return messages.map((message, index) => {
    const entry = entryOf.get(index);
    if (entry !== undefined) return parentOf(overview, whole, entry);
    const around = placeEntries(message.context, messages);
    const own = around.indexOf(index);
    return own < 0 ? null : parentOf(message.context, around, own);
  });
}

/** Which message each entry stands for, by date and author; equal ones are taken in the order of the page. */
function placeEntries(entries: readonly PageEntry[], messages: readonly Dated[]): (number | null)[] {
  const byDate = new Map<string, number[]>();
  messages.forEach((message, index) => {
    const list = byDate.get(message.date);
    if (list) list.push(index);
    else byDate.set(message.date, [index]);
  });
  return entries.map(({ date, rest }) => {
    const candidates = date === null ? undefined : byDate.get(date);
    const at = candidates?.findIndex((index) =>
      rest.replace(/ \[this message\]$/, '').endsWith(messages[index]?.name ?? ''),
    );
    return at === undefined || at < 0 ? null : (candidates?.splice(at, 1)[0] ?? null);
  });
}

function parentOf(
  entries: readonly PageEntry[],
  places: readonly (number | null)[],
  at: number,
): number | { readonly id: string } | null {
  const own = entries[at]?.level ?? 0;
  for (let above = at - 1; above >= 0 && own > 0; above -= 1) {
    const entry = entries[above];
    if (!entry || entry.level >= own) continue;
    const place = places[above];
    if (place !== null && place !== undefined) return place;
    return entry.date === null ? { id: entry.rest } : null;
  }
  return null;
}
