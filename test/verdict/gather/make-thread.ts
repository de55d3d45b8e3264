import type { Asked, Evidence, Fact, Trace } from '../../../src/model/evidence.ts';
import type { Address, MessageId } from '../../../src/model/message.ts';
import type { ThreadMessage } from '../../../src/model/thread.ts';
import type { ThreadView } from '../../../src/model/view.ts';
import { makeMail, toId } from '../../evidence/make-mail.ts';

/** A mail of a thread, by what gathering looks at. Facts and people asked need only what a test speaks of. */
export interface MailPlan {
  readonly id: string;
  readonly parent?: string;
  readonly from?: Address;
  readonly to?: readonly Address[];
  readonly cc?: readonly Address[];
  readonly facts?: readonly Partial<Fact>[];
  readonly asked?: readonly Partial<Asked>[];
  readonly traces?: readonly Trace[];
}

/** A thread of these mails, in this order; a parent that is none of them is a ghost. */
export function makeThread(plans: readonly MailPlan[]): ThreadView {
  const evidence = new Map<MessageId, Evidence>();
  const depths = new Map<string, number>();
  const messages = plans.map((plan): ThreadMessage => {
    const message = {
      ...makeMail({ id: plan.id, ...(plan.from ? { from: plan.from } : {}) }),
      to: plan.to ?? [],
      cc: plan.cc ?? [],
    };
    const depth = plan.parent === undefined ? 0 : (depths.get(plan.parent) ?? 0) + 1;
    depths.set(plan.id, depth);
    evidence.set(message.id, toEvidence(plan, message.id));
    return { message, parent: plan.parent === undefined ? null : toId(plan.parent), depth };
  });
  return {
    thread: { id: toId(plans[0]?.id ?? '1'), messages, ghosts: [] },
    evidence,
    asOf: new Date('2024-03-20T00:00:00.000Z'),
  };
}

function toEvidence(plan: MailPlan, message: MessageId): Evidence {
  const place = { message, part: 'body', line: 1, quote: 'its words', depth: 0 };
  return {
    version: '1',
    message,
    traces: (plan.traces ?? []).map((trace) => ({ ...trace, message })),
    facts: (plan.facts ?? []).map((fact): Fact => ({
      key: 'xen-version',
      value: '4.17',
      role: null,
      ...place,
      ...fact,
    })),
    asked: (plan.asked ?? []).map((asked): Asked => ({ name: 'Otto', address: null, ...place, ...asked })),
    regressions: [],
    signals: [],
    mentions: [],
    nearMisses: 0,
  };
}
