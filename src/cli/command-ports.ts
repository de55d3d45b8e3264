import type { TakePorts } from '../pipeline/commands/take-incoming.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failure.ts';
import { findThread } from './find-thread.ts';
import { toKnowledge } from './knowledge.ts';

/** What commands by mail need to know: threads by their names, entries of MAINTAINERS, whose word on senders counts. */
export function toCommandPorts(context: Context): Pick<TakePorts, 'findThread' | 'components' | 'authserv'> {
  return {
    authserv: context.config.post.authserv,
    components: () => {
      const { trees } = toKnowledge(context, undefined);
      return [...new Set(trees.all.flatMap((tree) => tree.maintainers().sections.map(({ title }) => title)))];
    },
    findThread: async (text, store) => {
      try {
        return await findThread(store, text);
      } catch (error) {
        if (error instanceof CommandFailure) return null;
        throw error;
      }
    },
  };
}
