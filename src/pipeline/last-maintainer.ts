import type { Suggestion } from '../model/routing.ts';
import type { Thread, ThreadMessage } from '../model/thread.ts';
import type { TriageLastWord } from '../model/triage.ts';

/**
 * Who of the maintainers and reviewers of the sections that routing found spoke last in a thread. Whoever began it does not
 * count: a maintainer who reports waits for an answer like everybody.
 *
 * @param routing the suggestions, the best first: of somebody with several sections the first is told.
 */
export function findLastMaintainer(thread: Thread, routing: readonly Suggestion[]): TriageLastWord | null {
  const keepers = new Map<string, Suggestion>();
  for (const one of routing) {
    const isKeeper = one.section !== null && (one.role === 'maintainer' || one.role === 'reviewer');
    const key = one.address.toLowerCase();
    if (isKeeper && !keepers.has(key)) keepers.set(key, one);
  }
  keepers.delete(toKey(thread.messages[0]));
  const last = thread.messages.reduce<ThreadMessage | undefined>(
    (latest, one) => (keepers.has(toKey(one)) && toDate(one) >= toDate(latest) ? one : latest),
    undefined,
  );
  const keeper = keepers.get(toKey(last));
  if (!last || keeper?.section == null || (keeper.role !== 'maintainer' && keeper.role !== 'reviewer')) return null;
  const { role, project, section, address, name } = keeper;
  return {
    name: last.message.from?.name ?? name,
    address,
    role,
    project,
    section,
    message: last.message.id,
    date: last.message.date,
  };
}

function toKey(one: ThreadMessage | undefined): string {
  return one?.message.from?.address.toLowerCase() ?? '';
}

function toDate(one: ThreadMessage | undefined): string {
  return one?.message.date ?? '';
}
