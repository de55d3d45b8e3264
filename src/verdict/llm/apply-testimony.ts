import type { Testimony } from '../../model/testimony.ts';
import type { TriageThread } from '../../model/triage.ts';
import type { Genre } from '../../model/verdict.ts';

/** The genre that a model decided, or `null` where the rules' stands. */
export function findDecidedGenre(testimony: Testimony | undefined): Genre | null {
  return testimony?.kind === 'heard' && testimony.decides ? testimony.genre : null;
}

/**
 * Puts what a model said into the document of a thread that was judged with {@link findDecidedGenre}: its summary, its component,
 * and a reason more for those it names, whose order stays. Of a testimony that is void, or that takes the thread for
 * something else than it is taken for, nothing is used; that it was given is kept all the same.
 */
export function applyTestimony(thread: TriageThread, testimony: Testimony | undefined): TriageThread {
  if (testimony === undefined) return thread;
  if (testimony.kind !== 'heard' || testimony.genre !== thread.genre) return { ...thread, testimony };
  const { model, component, summary, named } = testimony;
  const reason = `${model} would ask them`;
  return {
    ...thread,
    summary,
    classifiedBy: model,
    routing: thread.routing.map((one) =>
      named.includes(one.address) ? { ...one, reasons: [...one.reasons, reason] } : one,
    ),
    ...(component === null ? {} : { component }),
    testimony,
  };
}
