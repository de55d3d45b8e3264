import { findRegressions } from '../../src/evidence/regression/find-regressions.ts';
import { findSignals } from '../../src/evidence/signals/find-signals.ts';
import type { Evidence, Fact, Trace } from '../../src/model/evidence.ts';
import type { MessageId } from '../../src/model/message.ts';
import type { ThreadView } from '../../src/model/view.ts';
import { makeMail, makeParts, MAINTAINER, REPORTER, toId, type MailSketch } from '../evidence/make-mail.ts';

export interface ViewSketch extends MailSketch {
  readonly traces?: readonly Trace[];
  readonly facts?: readonly Fact[];
}

/** A thread of the given mails: the first opens it unless it names a parent, the others answer the first by default. */
export function makeView(sketches: readonly ViewSketch[], asOf = '2024-03-20T00:00:00.000Z'): ThreadView {
  const [first] = sketches;
  const rootId = toId(first?.parent ?? first?.id ?? '1');
  const evidence = new Map<MessageId, Evidence>();
  const messages = sketches.map((sketch, at) => {
    const answers = sketch.parent ?? (at === 0 ? undefined : (first?.id ?? '1'));
    const message = makeMail({
      ...toDefaults(at, first?.subject ?? 'A subject'),
      ...sketch,
      ...(answers === undefined ? {} : { parent: answers }),
    });
    const parts = makeParts(message);
    evidence.set(message.id, {
      version: '1',
      message: message.id,
      traces: sketch.traces ?? [],
      facts: sketch.facts ?? [],
      asked: [],
      regressions: findRegressions(message, parts),
      signals: findSignals(message, parts),
      mentions: [],
      nearMisses: 0,
    });
    return { message, parent: answers === undefined ? null : toId(answers), depth: answers === undefined ? 0 : 1 };
  });
  return { thread: { id: rootId, messages, ghosts: [] }, evidence, asOf: new Date(asOf) };
}

function toDefaults(at: number, subject: string): MailSketch {
  return {
    id: String(at + 1),
    subject: at === 0 ? subject : `Re: ${subject}`,
    date: `2024-03-${String(at + 1).padStart(2, '0')}T10:00:00.000Z`,
    from: at === 0 ? REPORTER : MAINTAINER,
  };
}

export const NOBODY = { participants: [], to: [], cc: [], asked: [], dropped: [] };

export function makeTrace(given: Partial<Trace> = {}): Trace {
  return {
    message: toId('1'),
    part: 'body',
    lines: [3, 9],
    depth: 0,
    project: 'linux',
    kind: 'page-fault',
    title: 'BUG: unable to handle page fault in blk_mq_stop_hw_queues',
    otherTitles: [],
    headline: 'BUG: unable to handle page fault for address: 0000000000000050',
    cpu: 1,
    pid: 52,
    comm: 'xenwatch',
    version: '5.16.18',
    tainted: null,
    hardware: null,
    frames: [],
    culprit: 'blk_mq_stop_hw_queues',
    file: null,
    fingerprint: '0123456789abcdef',
    notes: [],
    damage: null,
    ...given,
  };
}
