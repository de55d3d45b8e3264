import { describe, expect, it } from 'vitest';
import { MAX_PART_TEXT, tidyBytes, tidyText } from '../../src/message/bounds.ts';
import type { Problem } from '../../src/model/message.ts';

const LINE = '[  12.345678] a line of a log that goes on for a while';
const MANY = Math.ceil((1.5 * MAX_PART_TEXT) / LINE.length);

/** Texts beyond the bounds, each with another way to end its lines, or with none. */
const TEXTS: readonly (readonly [string, string])[] = [
  ['LF', `${LINE}\n`.repeat(MANY)],
  ['CRLF', `${LINE}\r\n`.repeat(MANY)],
  ['CRLF, and no end of the last line', `${LINE}\r\n`.repeat(MANY) + LINE],
  ['CR alone', `${LINE}\r`.repeat(MANY)],
  ['one line of all', 'x'.repeat(3 * MAX_PART_TEXT)],
  ['one long line before a crash', `${'x'.repeat(2 * MAX_PART_TEXT)}\n${LINE}\n`],
  ['a few long lines among many', `${`${LINE}\n`.repeat(500)}${'y'.repeat(40_000)}\n`.repeat(120)],
  ['empty lines alone', '\n'.repeat(MAX_PART_TEXT + 10)],
  ['letters beyond ASCII', `${LINE} \xe4\xf6\xfc\n`.repeat(MANY)],
];

describe('a part beyond the bounds', () => {
  it.each(TEXTS)('is cut as bytes as it is as text: %s', (_name, text) => {
    const [asText, asBytes]: [Problem[], Problem[]] = [[], []];
    const cut = tidyText(text, 'log', asText);
    expect(tidyBytes(Buffer.from(text, 'latin1'), 'log', asBytes)).toEqual(cut);
    expect(asBytes).toEqual(asText);
    expect(cut.text.length).toBeLessThanOrEqual(MAX_PART_TEXT);
  });

  it('needs no copy of the whole', () => {
    const bytes = Buffer.alloc(60 * 1024 * 1024, `${LINE}\r\n`);
    const before = process.memoryUsage();
    tidyBytes(bytes, 'log', []);
    const after = process.memoryUsage();
    const grown = after.heapUsed + after.external - before.heapUsed - before.external;
    expect(grown).toBeLessThan(30 * 1024 * 1024);
  });
});
