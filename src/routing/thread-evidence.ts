import type { Evidence } from '../model/evidence.ts';
import type { ThreadView } from '../model/view.ts';

/** The evidence of the mails of this thread alone, in reading order: the view's map may hold that of others. */
export function threadEvidence(view: ThreadView): readonly Evidence[] {
  return view.thread.messages.flatMap(({ message }) => view.evidence.get(message.id) ?? []);
}
