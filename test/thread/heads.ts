import { toMessageId, type MessageId } from '../../src/model/message.ts';
import type { Head } from '../../src/model/thread.ts';

export interface Sketch {
  readonly id: string;
  /** In-Reply-To. */
  readonly to?: readonly string[];
  readonly refs?: readonly string[];
  /** Day of September 2017; without it the mail has no date. */
  readonly day?: number;
}

export function idOf(name: string): MessageId {
  const id = toMessageId(`<${name}>`);
  if (id === undefined) throw new Error(`no id: ${name}`);
  return id;
}

/** A head from what a row of a table says of it. */
export function head({ id, to = [], refs = [], day }: Sketch): Head {
  return {
    id: idOf(id),
    from: { name: null, address: 'ada@example.org' },
    to: [],
    cc: [],
    date: day === undefined ? null : `2017-09-${String(day).padStart(2, '0')}T00:00:00.000Z`,
    subject: 'same subject',
    inReplyTo: to.map(idOf),
    references: refs.map(idOf),
    lists: [],
    headers: {},
    url: null,
  };
}
