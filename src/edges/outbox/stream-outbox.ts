import type { Outbox } from '../../ports/outbox.ts';

/** Letters one after the other on a stream, in the mbox form (a `From ` line in front), for programs behind a pipe. */
export function openStreamOutbox(write: (bytes: Buffer) => Promise<void>): Outbox {
  return {
    async post({ raw, from }, { mayHandOver } = {}) {
      if (mayHandOver !== undefined && !(await mayHandOver())) {
        return { kind: 'deferred', reason: 'the letter is in other hands', uncertain: false };
      }
      const body = raw
        .toString('latin1')
        .replace(/\r\n/g, '\n')
        .replace(/^(?=>*From )/gm, '>');
      await write(Buffer.from(`From ${from} Thu Jan  1 00:00:00 1970\n${body.trimEnd()}\n\n`, 'latin1'));
      return { kind: 'accepted', reply: 'written', refused: [] };
    },
  };
}
