import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../ports.ts';

/** What may be spent in one UTC day. */
export interface DailyLimits {
  readonly requests: number;
  readonly tokens: number;
}

/** What is spent on a model. Nothing is asked that was not taken before. */
export interface Budget {
  /** Takes one request with so many tokens; `null` where that was possible, else why not, in words. */
  take(tokens: number): string | null;
  /** Corrects what was taken, once the server has said what it was. */
  settle(taken: number, used: number): void;
}

interface Spent {
  readonly requests: number;
  readonly tokens: number;
}

/** Where the entries of a day are kept. */
export interface Ledger {
  add(day: string, entry: Spent): void;
  sum(day: string): Spent;
}

/**
 * A budget a day. An entry is written first and looked at then, so that processes which share a ledger never spend more
 * than the limits together. A ledger that cannot be written allows nothing.
 */
export function openBudget(limits: DailyLimits, ledger: Ledger, clock: Clock): Budget {
  const today = (): string => clock.now().toISOString().slice(0, 10);
  return {
    take(tokens) {
      try {
        const day = today();
        ledger.add(day, { requests: 1, tokens });
        const spent = ledger.sum(day);
        if (spent.requests <= limits.requests && spent.tokens <= limits.tokens) return null;
        ledger.add(day, { requests: -1, tokens: -tokens });
        const what =
          spent.requests > limits.requests ? `${String(limits.requests)} requests` : `${String(limits.tokens)} tokens`;
        return `the ${what} of ${day} are spent`;
      } catch (error) {
        return `what is spent cannot be kept: ${error instanceof Error ? error.message : String(error)}`;
      }
    },
    settle(taken, used) {
      try {
        if (used !== taken) ledger.add(today(), { requests: 0, tokens: used - taken });
      } catch {
        // What was taken stays taken.
      }
    },
  };
}

/** A ledger of this process alone. */
export function openMemoryLedger(): Ledger {
  const days = new Map<string, Spent>();
  const sum = (day: string): Spent => days.get(day) ?? { requests: 0, tokens: 0 };
  return {
    sum,
    add: (day, { requests, tokens }) => {
      const before = sum(day);
      days.set(day, { requests: before.requests + requests, tokens: before.tokens + tokens });
    },
  };
}

const ENTRY = /^(?<requests>-?\d{1,9}) (?<tokens>-?\d{1,12})$/;

/** A ledger in a folder, one file a day, one line an entry: short appends of several processes do not mix. */
export function openFolderLedger(folder: string): Ledger {
  const fileOf = (day: string): string => join(folder, `spent-${day}.txt`);
  return {
    add(day, { requests, tokens }) {
      mkdirSync(folder, { recursive: true });
      // A line end in front too: a line that a crash has cut must not swallow this one.
      appendFileSync(fileOf(day), `\n${String(requests)} ${String(Math.round(tokens))}\n`);
    },
    sum(day) {
      const sum = { requests: 0, tokens: 0 };
      if (!existsSync(fileOf(day))) return sum;
      for (const line of readFileSync(fileOf(day), 'utf8').split('\n')) {
        const entry = ENTRY.exec(line)?.groups;
        sum.requests += Number(entry?.['requests'] ?? 0);
        sum.tokens += Number(entry?.['tokens'] ?? 0);
      }
      return sum;
    },
  };
}
