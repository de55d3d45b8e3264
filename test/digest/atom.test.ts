/** The feed against the rules of RFC 4287, read by a parser that is not ours. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { composeDigest } from '../../src/digest/compose-digest.ts';
import type { Digest } from '../../src/digest/digest.ts';
import { readFilter } from '../../src/digest/filter/read-filter.ts';
import { writeAtom } from '../../src/digest/write-atom.ts';
import { hostile, sampleDay } from './sample-threads.ts';

interface Person {
  readonly name?: string;
}
interface Link {
  readonly '@href'?: string;
  readonly '@rel'?: string;
}
interface Entry {
  readonly id?: string;
  readonly title?: string;
  readonly updated?: string;
  readonly published?: string;
  readonly author?: Person;
  readonly link?: Link;
  readonly content?: { readonly '@type'?: string; readonly '#text'?: string };
}
interface Feed {
  readonly '@xmlns'?: string;
  readonly id?: string;
  readonly title?: string;
  readonly updated?: string;
  readonly author?: Person;
  readonly entry?: readonly Entry[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  isArray: (name) => name === 'entry' || name === 'category',
});

function read(digest: Digest): Feed {
  const xml = writeAtom(digest);
  expect(XMLValidator.validate(xml)).toBe(true);
  return (parser.parse(xml) as { feed: Feed }).feed;
}

function filtered(text: string): Digest {
  const got = readFilter(text);
  if (got.kind === 'wrong') throw new Error(got.reason);
  return composeDigest(sampleDay(), { filter: got.filter });
}

const nasty = { ...sampleDay(), threads: [hostile], arrived: new Set(['evil<@x>\u001b[2J']), list: 'x<&\u0000' };
const undated = {
  ...sampleDay(),
  threads: sampleDay().threads.map((one) => ({ ...one, startedAt: null, lastActivityAt: null })),
};

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
/** An IRI with a scheme: 4.2.6 wants one, in its normal form. */
const IRI = /^[a-z][a-z0-9+.-]*:\S+$/;

describe.each([
  ['a day', composeDigest(sampleDay())],
  ['a component', filtered('component:x86')],
  ['hostile mail', composeDigest(nasty)],
  ['mail without dates', composeDigest(undated)],
  ['a day without anything', composeDigest({ ...sampleDay(), threads: [], arrived: new Set() })],
])('the feed of %s', (_name, digest) => {
  const feed = read(digest);
  const entries = feed.entry ?? [];

  it('has what 4.1.1 asks of a feed', () => {
    expect(feed['@xmlns']).toBe('http://www.w3.org/2005/Atom');
    expect(feed.id).toMatch(IRI);
    expect(feed.title).toMatch(/\S/);
    expect(feed.updated).toMatch(RFC3339);
    expect(feed.author?.name).toMatch(/\S/);
  });

  it('has what 4.1.2 asks of each entry', () => {
    for (const entry of entries) {
      expect(entry.id).toMatch(IRI);
      expect(entry.title).toMatch(/\S/);
      expect(entry.updated).toMatch(RFC3339);
      expect(entry.published ?? entry.updated).toMatch(RFC3339);
      expect(entry.author?.name).toMatch(/\S/);
      expect(entry.content?.['@type']).toBe('text');
      expect(entry.content?.['#text']).toMatch(/\S/);
      expect(entry.link?.['@href'] ?? 'https://').toMatch(/^https?:\/\//);
    }
  });

  it('has every id once, and nothing newer than itself', () => {
    const ids = entries.map(({ id }) => id);

    expect(ids).toEqual([...new Set(ids)]);
    expect(entries.filter(({ updated }) => (updated ?? '') > (feed.updated ?? ''))).toEqual([]);
  });
});

describe('the ids of feeds', () => {
  it('tell a list from its components, and are the same every day', () => {
    const later = { ...sampleDay(), window: { from: '2017-09-30T00:00:00.000Z', to: '2017-10-01T00:00:00.000Z' } };

    expect([
      read(composeDigest(sampleDay())).id,
      read(composeDigest(later)).id,
      read(filtered('component:x86')).id,
      read(filtered(' Component:X86')).id,
    ]).toEqual([
      'urn:heddle:list:xen-devel',
      'urn:heddle:list:xen-devel',
      'urn:heddle:list:xen-devel:component%3Ax86',
      'urn:heddle:list:xen-devel:component%3Ax86',
    ]);
  });

  it('show a thread again only where it moved', () => {
    const later = { ...sampleDay(), window: { from: '2017-09-30T00:00:00.000Z', to: '2017-10-01T00:00:00.000Z' } };
    const standing = (digest: Digest) =>
      new Map(read(digest).entry?.map(({ id, updated, title }) => [id, `${updated ?? ''} ${title ?? ''}`]));
    const next = standing(composeDigest({ ...later, arrived: new Set() }));

    for (const [id, was] of standing(composeDigest(sampleDay()))) expect(next.get(id) ?? was).toBe(was);
  });
});
