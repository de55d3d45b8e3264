import type { z } from 'zod';
import type { JobKind } from '../../ports/queue.ts';
import { FinalFailure } from '../../ports/queue.ts';

/** A kind of job whose data has to fit a schema. */
export function toJobKind<T>(
  name: string,
  schema: z.ZodType<T>,
  options: Omit<JobKind<T>, 'name' | 'read'>,
): JobKind<T> {
  return {
    name,
    read: (data) => {
      const read = schema.safeParse(data);
      if (read.success) return read.data;
      const [first] = read.error.issues;
      throw new FinalFailure(`no data of a ${name} job: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`);
    },
    ...options,
  };
}

/** Longest reason that is kept. In UTF-16 units. */
const MAX_REASON = 500;

/** Why a job failed, on one line. */
export function toReason(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replace(/\s+/g, ' ').trim().slice(0, MAX_REASON);
}
