import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../src/mailbox/archive/atom-feed.ts';
import { writeFeed } from './faulty-server.ts';

describe('a feed', () => {
  it('gives its entries with what they answer', () => {
    const feed = writeFeed([
      { id: 'a/b+c%d@example.org', received: 1_715_731_200, parent: 'root@example.org' },
      { id: 'root@example.org', received: 1_715_731_100 },
    ]);

    expect(readFeed(feed)).toEqual({
      title: 'a list',
      entries: [
        { id: 'a/b+c%d@example.org', updated: '2024-05-15T00:00:00Z', parent: 'root@example.org' },
        { id: 'root@example.org', updated: '2024-05-14T23:58:20Z', parent: null },
      ],
    });
  });

  it.each([
    ['an HTML page', '<!DOCTYPE html><html><body><feed></feed></body></html>'],
    ['nothing', ''],
    ['a feed far down in something else', `${'x'.repeat(5_000)}<feed></feed>`],
    ['JSON', '{"feed": []}'],
  ])('%s is none', (_name, text) => {
    expect(readFeed(text)).toBe(null);
  });

  it.each([
    ['no date', '<entry><link href="http://x/list/a@example.org/"/></entry>'],
    ['a date that is none', '<entry><updated>soon</updated><link href="http://x/list/a@example.org/"/></entry>'],
    ['no address', '<entry><updated>2024-05-15T00:00:00Z</updated></entry>'],
    [
      'an address that is no text',
      '<entry><updated>2024-05-15T00:00:00Z</updated><link href="http://x/%ff/"/></entry>',
    ],
    [
      'a line end in its address',
      '<entry><updated>2024-05-15T00:00:00Z</updated><link href="http://x/a%0d%0ab/"/></entry>',
    ],
    ['no end', '<entry><updated>2024-05-15T00:00:00Z</updated><link href="http://x/a@b/"/>'],
    [
      'its address in the text alone',
      '<entry><updated>2024-05-15T00:00:00Z</updated><content><link href="http://x/a@b/"/></content></entry>',
    ],
  ])('leaves an entry out that has %s', (_name, entry) => {
    expect(readFeed(`<feed><title>t</title>${entry}</feed>`)?.entries).toEqual([]);
  });

  it('is read in linear time and never throws', () => {
    const piece = fc.constantFrom(
      '<entry>',
      '</entry>',
      '<link',
      'href="',
      '"',
      '>',
      '&#x110000;',
      '&amp;',
      '<content',
      '%',
      'é',
      '<updated>',
      '</updated>',
      '2024-05-15',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        expect(readFeed(`<feed>${pieces.join('')}`)).not.toBe(null);
      }),
    );
    const began = performance.now();
    readFeed(`<feed>${'<entry><link href="'.repeat(200_000)}`);
    readFeed(`<feed>${'<entry></entry>'.repeat(200_000)}`);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
