import { bestOf } from '../../digest/suggested.ts';
import { isOpen } from '../../digest/turn.ts';
import { daysBetween } from '../../lib/days.ts';
import type { TriageThread } from '../../model/triage.ts';

/** Weeks that the picture of reports shows. */
export const WEEKS = 26;
const MOST_PARTS = 8;
const DAY = 86_400_000;

/** Kinds of reports, in the order of the picture; a report counts for the first that it has. */
export const KINDS = ['crash', 'hang', 'boot-failure', 'regression', 'other'] as const;
export type Kind = (typeof KINDS)[number];

export interface Week {
  /** Its Monday. */
  readonly from: string;
  readonly reports: Readonly<Record<Kind, number>>;
}

export interface Bar {
  readonly name: string;
  readonly count: number;
}

/** What the pictures of the front page show. */
export interface Figures {
  readonly weeks: readonly Week[];
  /** Reports by how long they waited for a first word of a maintainer. */
  readonly answers: readonly Bar[];
  /** Open reports by the MAINTAINERS entry that fits best: `project/TITLE`. */
  readonly open: readonly Bar[];
  readonly reports: number;
}

/** Upper ends in days, whole. */
const WAITS: readonly { readonly name: string; readonly days: number }[] = [
  { name: 'within a day', days: 1 },
  { name: '2–3 days', days: 3 },
  { name: '4–7 days', days: 7 },
  { name: '8–30 days', days: 30 },
  { name: 'longer', days: Infinity },
];
const NOT_YET = 'none yet';

/** Counts reports, whole threads one by one, up to the day that the picture ends with. */
export class FigureCounter {
  readonly #weeks: readonly { readonly from: string; readonly reports: Record<Kind, number> }[];
  readonly #answers = new Map<string, number>([...WAITS.map(({ name }) => name), NOT_YET].map((name) => [name, 0]));
  readonly #open = new Map<string, number>();
  #reports = 0;

  /** @param day the last day, `YYYY-MM-DD`. */
  constructor(day: string) {
    const last = mondayOf(Date.parse(day));
    this.#weeks = Array.from({ length: WEEKS }, (_none, place) => ({
      from: new Date(last - (WEEKS - 1 - place) * 7 * DAY).toISOString().slice(0, 10),
      reports: { crash: 0, hang: 0, 'boot-failure': 0, regression: 0, other: 0 },
    }));
  }

  add(thread: TriageThread): void {
    this.#reports += 1;
    this.#addWeek(thread);
    const wait = firstAnswer(thread);
    const name = wait === null ? NOT_YET : (WAITS.find(({ days }) => wait <= days)?.name ?? NOT_YET);
    this.#answers.set(name, (this.#answers.get(name) ?? 0) + 1);
    if (!isOpen(thread)) return;
    const best = bestOf(thread.routing).find(({ section }) => section !== null);
    const part = best?.section == null ? '' : `${best.project}/${best.section}`;
    this.#open.set(part, (this.#open.get(part) ?? 0) + 1);
  }

  #addWeek(thread: TriageThread): void {
    if (thread.startedAt === null) return;
    const monday = new Date(mondayOf(Date.parse(thread.startedAt))).toISOString().slice(0, 10);
    const week = this.#weeks.find(({ from }) => from === monday);
    if (week === undefined) return;
    week.reports[toKind(thread)] += 1;
  }

  end(): Figures {
    const open = [...this.#open].map(([name, count]) => ({ name, count }));
    return {
      weeks: this.#weeks,
      answers: [...this.#answers].map(([name, count]) => ({ name, count })),
      open: open.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)).slice(0, MOST_PARTS),
      reports: this.#reports,
    };
  }
}

function toKind({ symptoms, regression }: TriageThread): Kind {
  const shown = KINDS.find((kind) => (symptoms as readonly string[]).includes(kind));
  return shown ?? (regression === null ? 'other' : 'regression');
}

/** Days from the first mail to the first one of somebody whom a MAINTAINERS entry names for it; `null` where none wrote. */
function firstAnswer({ messages, routing, startedAt }: TriageThread): number | null {
  const [first] = messages;
  const maintainers = new Set(
    routing
      .filter(({ role, section }) => section !== null && (role === 'maintainer' || role === 'reviewer'))
      .map(({ address }) => address.toLowerCase()),
  );
  const dates = messages
    .filter(({ from }) => from.address !== first?.from.address && maintainers.has(from.address.toLowerCase()))
    .flatMap(({ date }) => (date === null ? [] : [date]))
    .sort();
  const [earliest] = dates;
  return earliest === undefined ? null : daysBetween(startedAt, earliest);
}

/** Milliseconds since 1970 of the Monday (UTC) before or on a time. */
function mondayOf(time: number): number {
  const day = Math.floor(time / DAY);
  return (day - ((day + 3) % 7)) * DAY;
}
