import type { TriageMessage, TriageThread } from '../../src/model/triage.ts';

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
  return {
    id: 'm0@example.org',
    subject: 'Loom stops',
    startedAt: messages[0]?.date ?? null,
    lastActivityAt: messages.at(-1)?.date ?? null,
    messages,
    genre: 'report',
    symptoms: [],
    regression: null,
    status: 'new',
    fixedBy: null,
    duplicateOf: null,
    summary: '',
    classifiedBy: 'rules',
    traces: [],
    environment: [],
    people: { participants: [{ ...rita, messages: 1 }], to: [], cc: [], asked: [], dropped: [] },
    routing: [],
    severity: 0,
    missing: [],
    ...parts,
  };
}
