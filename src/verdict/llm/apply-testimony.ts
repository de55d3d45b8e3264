import type { Testimony } from '../../model/testimony.ts';
import type { TriageThread } from '../../model/triage.ts';
import type { Genre } from '../../model/verdict.ts';

/** The genre that a model decided, or `null` where the rules' stands. */
export function findDecidedGenre(testimony: Testimony | undefined): Genre | null {
  return testimony?.kind === 'heard' && testimony.decides ? testimony.genre : null;
}

/**
 * Puts what a model said into the document of a thread that was judged with {@link findDecidedGenre}. A summary is taken only
 * where it speaks of what the thread is taken for; people keep their order, and those it names get a reason more. Of a
 * testimony that is void nothing is taken but that it was.
 */
export function applyTestimony(thread: TriageThread, testimony: Testimony | undefined): TriageThread {
  if (testimony === undefined) return thread;
  if (testimony.kind !== 'heard') return { ...thread, testimony };
  const { model, genre, decides, component, summary, named } = testimony;
  const agrees = thread.genre === genre;
  const takesSummary = agrees && summary !== null;
  const reason = `${model} would ask them`;
  return {
    ...thread,
    summary: takesSummary ? summary : thread.summary,
    classifiedBy: agrees && (decides || takesSummary) ? model : thread.classifiedBy,
    routing: thread.routing.map((one) =>
      named.includes(one.address) ? { ...one, reasons: [...one.reasons, reason] } : one,
    ),
    ...(agrees && component !== null ? { component } : {}),
    testimony,
  };
}
