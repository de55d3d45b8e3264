import type { Evidence } from './evidence.ts';
import type { MessageId } from './message.ts';
import type { Thread } from './thread.ts';

/** What verdict and routing look at: the tree, what each mail says, and the day for which they speak. */
export interface ThreadView {
  readonly thread: Thread;
  readonly evidence: ReadonlyMap<MessageId, Evidence>;
  /** The day for which status and routing hold. */
  readonly asOf: Date;
}
