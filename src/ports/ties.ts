import type { Evidence } from '../model/evidence.ts';
import type { MessageId } from '../model/message.ts';
import type { Head } from '../model/thread.ts';

/**
 * By what a report and the patches for it in other threads find each other: rows of equal kind and key on both sides. A row of
 * the kind `self` meets nothing: it tells what the other side has to know of the thread.
 */
export interface TieKey {
  readonly side: 'report' | 'patch';
  readonly kind: 'self' | 'link' | 'commit' | 'reporter';
  readonly key: string;
}

/** A judged thread with a patch that may belong to a report. */
export interface TiedPatch {
  readonly id: string;
  /** Key of its row of the kind `self`. */
  readonly self: string;
  readonly heads: readonly Head[];
  readonly evidence: ReadonlyMap<MessageId, Evidence>;
}
