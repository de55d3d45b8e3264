import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { composeDigest } from '../../src/digest/compose-digest.ts';
import { writeJson } from '../../src/digest/write-json.ts';
import type { ReleaseWord } from '../../src/model/digest.ts';
import { sampleDay } from './sample-threads.ts';

const FILE = join(import.meta.dirname, '../../data/heddle.digest-1.schema.json');

interface Schema {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly $defs: { readonly entry: { readonly properties: Readonly<Record<string, unknown>> } };
}

const text = readFileSync(FILE, 'utf8');
const schema = JSON.parse(text) as Schema;
const word: ReleaseWord = {
  ...({ stance: 'blocker', release: null, by: { name: 'Felix', address: 'felix@example.org' } } as const),
  ...{ date: null, message: 'x', quote: 'A blocker.' },
};
const day = sampleDay();
const rich = {
  ...day,
  release: { name: '4.10', last: '4.9', since: '2017-06-27', candidate: null, frozen: true },
  releaseWords: new Map(day.threads.map(({ id }) => [id, [word]])),
  mends: [{ title: 'a patch', url: null, fixes: 'Fixes: 0123456', reportedBy: null }],
};

describe('the JSON digest', () => {
  it.each([
    ['a day', day],
    ['a day with a release', rich],
    ['an empty day', { ...day, threads: [], arrived: new Set<string>() }],
  ])('is as its schema says: %s', (_name, source) => {
    const read = z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]);

    expect(read.safeParse(JSON.parse(writeJson(composeDigest(source)))).error?.message).toBeUndefined();
  });

  it('has no field that the schema does not tell', () => {
    const digest = JSON.parse(writeJson(composeDigest(rich))) as {
      readonly sections: readonly { readonly entries: readonly object[] }[];
    };
    const entry = digest.sections.flatMap(({ entries }) => entries)[0] ?? {};

    expect(Object.keys(digest).toSorted()).toEqual(Object.keys(schema.properties).toSorted());
    expect(Object.keys(entry).toSorted()).toEqual(Object.keys(schema.$defs.entry.properties).toSorted());
  });
});
