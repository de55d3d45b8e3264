import type { TriageMessage, TriageThread } from '../../src/model/triage.ts';
import { thread } from './sample-threads.ts';

const rita = { name: 'Rita Reporter', address: 'rita@example.org' };

/** A report of one mail, `m0@example.org`, by Rita; each further mail answers the one before. */
export function makeThread(
  parts: Partial<TriageThread>,
  mails: readonly Partial<TriageMessage>[] = [{}],
): TriageThread {
  const messages = mails.map((mail, at) => ({
    id: `m${at}@example.org`,
    parent: at === 0 ? null : `m${at - 1}@example.org`,
    from: rita,
    date: '2024-05-15T08:00:00.000Z',
    subject: 'Loom stops',
    url: null,
    ...mail,
  }));
  return thread({ id: 'm0@example.org', subject: 'Loom stops', messages, ...parts });
}
