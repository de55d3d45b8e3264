import type { Clock } from '../../ports.ts';
import { FinalFailure } from '../../ports/queue.ts';
import type { FailedJob, JobKind, JobRun, NewJob, Queue, QueueCounts, QueueWorker, When } from '../../ports/queue.ts';
import { toReason } from './job-kind.ts';
import { toNextTime } from './next-time.ts';

interface Entry {
  readonly id: string;
  data: unknown;
  state: 'delayed' | 'waiting' | 'running' | 'failed';
  /** Attempts that were begun. */
  attempts: number;
  /** Came while it ran: it runs once more. */
  again: NewJob<unknown> | null;
  failed: Pick<FailedJob, 'reason' | 'at'> | null;
}

/** What is waiting and working under one name. */
interface Line {
  readonly jobs: Map<string, Entry>;
  readonly schedules: Map<string, Timer>;
  readonly workers: Set<Desk>;
  /** When the last jobs were begun, for the rate. */
  begun: number[];
}

interface Timer {
  cancel: () => void;
}

interface Desk {
  readonly kind: JobKind<unknown>;
  readonly handler: (data: unknown, run: JobRun) => Promise<void>;
  readonly concurrency: number;
  readonly running: Set<Promise<void>>;
}

/** Timers cannot be set further ahead (2^31 milliseconds); a job that is further away waits in steps. */
const LONGEST_TIMER = 2_000_000_000;

/**
 * The queue of one process: jobs wait in memory, and are forgotten when the process ends. The store knows what there is to do, so
 * that nothing is lost with it.
 */
export class InlineQueue implements Queue {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #lines = new Map<string, Line>();
  readonly #timers = new Set<Timer>();

  constructor({ clock, random }: { readonly clock: Clock; readonly random: () => number }) {
    this.#clock = clock;
    this.#random = random;
  }

  add<T>(kind: JobKind<T>, jobs: readonly NewJob<T>[]): Promise<void> {
    for (const job of jobs) this.#ring(kind, job);
    return Promise.resolve();
  }

  schedule<T>(kind: JobKind<T>, job: Omit<NewJob<T>, 'delayMs'>, when: When): Promise<void> {
    const { schedules } = this.#line(kind);
    schedules.get(job.id)?.cancel();
    const next = (): void => {
      const now = this.#clock.now();
      const wait = when.kind === 'every' ? when.ms : toNextTime(when, now).getTime() - now.getTime();
      const timer = this.#after(wait, () => {
        this.#ring(kind, job);
        next();
      });
      schedules.set(job.id, timer);
    };
    next();
    return Promise.resolve();
  }

  unschedule(kind: JobKind<unknown>, id: string): Promise<void> {
    const { schedules } = this.#line(kind);
    schedules.get(id)?.cancel();
    schedules.delete(id);
    return Promise.resolve();
  }

  scheduled(kind: JobKind<unknown>): Promise<readonly string[]> {
    return Promise.resolve([...this.#line(kind).schedules.keys()].sort());
  }

  work<T>(kind: JobKind<T>, handler: (data: T, run: JobRun) => Promise<void>, concurrency: number): QueueWorker {
    const line = this.#line(kind);
    const checked = (data: unknown, run: JobRun) => handler(kind.read(data), run);
    const desk: Desk = { kind, handler: checked, concurrency, running: new Set() };
    line.workers.add(desk);
    this.#pump(line);
    return {
      close: async () => {
        line.workers.delete(desk);
        await Promise.all(desk.running);
      },
    };
  }

  setAside(kind: JobKind<unknown>, limit: number): Promise<readonly FailedJob[]> {
    const failed = [...this.#line(kind).jobs.values()].flatMap(({ id, attempts, failed: why }) =>
      why === null ? [] : [{ id, attempts, ...why }],
    );
    return Promise.resolve(failed.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, limit));
  }

  retry(kind: JobKind<unknown>, id: string): Promise<boolean> {
    const entry = this.#line(kind).jobs.get(id);
    if (entry?.state !== 'failed') return Promise.resolve(false);
    this.#ring(kind, { id, data: entry.data });
    return Promise.resolve(true);
  }

  counts(kind: JobKind<unknown>): Promise<QueueCounts> {
    const states = [...this.#line(kind).jobs.values()].map(({ state }) => state);
    const count = (wanted: Entry['state']) => states.filter((state) => state === wanted).length;
    return Promise.resolve({
      waiting: count('waiting'),
      delayed: count('delayed'),
      running: count('running'),
      setAside: count('failed'),
    });
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) timer.cancel();
    const running = [...this.#lines.values()].flatMap(({ workers }) => [...workers].map((desk) => desk.running));
    for (const { workers } of this.#lines.values()) workers.clear();
    await Promise.all(running.flatMap((jobs) => [...jobs]));
    for (const timer of this.#timers) timer.cancel();
  }

  #line({ name }: Pick<JobKind<unknown>, 'name'>): Line {
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    const line: Line = { jobs: new Map(), schedules: new Map(), workers: new Set(), begun: [] };
    this.#lines.set(name, line);
    return line;
  }

  #ring(kind: Pick<JobKind<unknown>, 'name'>, job: NewJob<unknown>): void {
    const line = this.#line(kind);
    const known = line.jobs.get(job.id);
    if (known?.state === 'running') known.again = job;
    else if (known === undefined || known.state === 'failed') this.#wait(line, toEntry(job), job.delayMs ?? 0);
  }

  #wait(line: Line, entry: Entry, ms: number): void {
    // Behind those that wait already.
    line.jobs.delete(entry.id);
    line.jobs.set(entry.id, entry);
    entry.state = ms > 0 ? 'delayed' : 'waiting';
    if (ms <= 0) return this.#pump(line);
    this.#after(ms, () => {
      entry.state = 'waiting';
      this.#pump(line);
    });
  }

  #pump(line: Line): void {
    for (const desk of line.workers) {
      for (const entry of line.jobs.values()) {
        if (desk.running.size >= desk.concurrency) break;
        if (entry.state !== 'waiting') continue;
        if (!this.#mayBegin(line, desk.kind)) return;
        const run = this.#run(line, desk, entry).finally(() => {
          desk.running.delete(run);
          this.#pump(line);
        });
        desk.running.add(run);
      }
    }
  }

  #mayBegin(line: Line, { rate }: JobKind<unknown>): boolean {
    if (rate === undefined) return true;
    const now = this.#clock.now().getTime();
    line.begun = line.begun.filter((time) => time > now - rate.perMs);
    const [first] = line.begun;
    if (first !== undefined && line.begun.length >= rate.jobs) {
      this.#after(first + rate.perMs - now + 1, () => this.#pump(line));
      return false;
    }
    line.begun.push(now);
    return true;
  }

  async #run(line: Line, { kind, handler }: Desk, entry: Entry): Promise<void> {
    entry.state = 'running';
    entry.attempts += 1;
    try {
      await handler(entry.data, { id: entry.id, attempt: entry.attempts });
    } catch (error) {
      if (error instanceof FinalFailure || entry.attempts >= kind.attempts) {
        entry.state = 'failed';
        entry.failed = { reason: toReason(error), at: this.#clock.now().toISOString() };
      } else {
        const pause = kind.backOffMs * 2 ** (entry.attempts - 1);
        this.#wait(line, entry, pause * (0.5 + this.#random() / 2));
        return;
      }
    }
    const { again } = entry;
    if (again !== null) this.#wait(line, toEntry(again), again.delayMs ?? 0);
    else if (entry.failed === null) line.jobs.delete(entry.id);
  }

  #after(ms: number, work: () => void): Timer {
    const timer: Timer = { cancel: () => undefined };
    const wait = (left: number): void => {
      const handle = setTimeout(
        () => {
          if (left > LONGEST_TIMER) return wait(left - LONGEST_TIMER);
          this.#timers.delete(timer);
          work();
        },
        Math.min(left, LONGEST_TIMER),
      );
      timer.cancel = () => {
        clearTimeout(handle);
        this.#timers.delete(timer);
      };
    };
    this.#timers.add(timer);
    wait(ms);
    return timer;
  }
}

function toEntry({ id, data }: NewJob<unknown>): Entry {
  return { id, data, state: 'waiting', attempts: 0, again: null, failed: null };
}
