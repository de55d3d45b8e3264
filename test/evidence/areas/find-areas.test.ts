import { describe, expect, it } from 'vitest';
import { findAreas } from '../../../src/evidence/areas/find-areas.ts';
import { AREA_ROWS } from '../../../src/evidence/areas/area-rows.ts';
import { AREA_OWNERS } from '../../../src/routing/clues/area-owners.ts';
import { toLines, toMessageId, type Message } from '../../../src/model/message.ts';

function areasOf(subject: string, text: string): string[] {
  const id = toMessageId('<m@example.org>');
  if (id === undefined) throw new Error('no id');
  const part = { name: 'body', type: 'text/plain', text, flowed: false, delSp: false };
  const message: Message = {
    id,
    from: null,
    to: [],
    cc: [],
    date: null,
    subject,
    inReplyTo: [],
    references: [],
    lists: [],
    headers: {},
    parts: [part],
    otherParts: [],
    url: null,
    problems: [],
  };
  return findAreas(message, [{ part, lines: toLines(text), log: [] }]).map(
    ({ name, value, part: where, line }) => `${name} ${where}:${String(line)} ${value ?? ''}`,
  );
}

describe('areas', () => {
  it.each([
    ['the subject', 'oxenstored eats memory', '', ['area:tools-oxenstored header:1 oxenstored']],
    ['prose', 's', 'After a while\nthe xenstored process hangs.', ['area:tools-xenstore body:2 xenstored']],
    ['a log line', 's', 'libxl: error: libxl_x.c:1: failed', ['area:tools-libxl body:1 log libxl']],
    ['a function name', 's', 'it stops in xenvif_rx_action', ['area:linux-netback body:1 xenvif']],
    ['quoted words too', 's', '> the balloon driver', ['area:linux-balloon body:1 balloon']],
    [
      'each at most three times',
      's',
      'tmem\ntmem\ntmem\ntmem',
      ['area:xen-tmem body:1 tmem', 'area:xen-tmem body:2 tmem', 'area:xen-tmem body:3 tmem'],
    ],
    ['nothing in plain words', 'it does not work', 'I started the machine and nothing happened.', []],
    ['not the text of a patch', '[PATCH] x: y', 'xenstored', []],
    ['not words that only contain one', 's', 'the alarm clock and the charms', []],
  ])('%s', (_what, subject, text, expected) => {
    expect(areasOf(subject, text)).toEqual(expected);
  });

  it('reads long lines and long mails in bounded time', () => {
    const text = `${'xenstored '.repeat(200_000)}\n${'apic '.repeat(1000)}\n`.repeat(3);
    const start = performance.now();
    areasOf('s', text);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('the tables of areas', () => {
  it('name the same areas on both sides', () => {
    expect([...new Set(AREA_ROWS.map(({ area }) => area))].sort()).toEqual(Object.keys(AREA_OWNERS).sort());
  });

  it('trigger on words that their pattern can hold', () => {
    const bad = AREA_ROWS.flatMap(({ area, words }) =>
      words.filter((word) => !/^[a-z]+$/.test(word)).map((word) => `${area}: ${word}`),
    );
    expect(bad).toEqual([]);
  });
});
