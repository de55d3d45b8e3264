import { z } from 'zod';
import { toJobKind } from '../src/edges/queue/job-kind.ts';

/** What was tried so often in vain is set aside: by the queue a job, by the store a mail or a thread. */
export const ATTEMPTS = 5;

const USUAL = { attempts: ATTEMPTS, backOffMs: 1000 } as const;

/** A mailbox has to be looked at. */
export const POLL = toJobKind('poll', z.strictObject({ mailbox: z.string() }), { attempts: 1, backOffMs: 1000 });

/** Mails wait to be read, and the digests of some begin so. */
export const INGEST = toJobKind('ingest', z.strictObject({ bucket: z.string().regex(/^[\da-f]{1,8}$/) }), USUAL);

/** A thread waits to be judged. */
export const TRIAGE = toJobKind('triage', z.strictObject({ thread: z.string() }), USUAL);

/** What another version of heddle read and judged has to be done anew. */
export const RENEW = toJobKind('renew', z.strictObject({}), USUAL);
