import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeDigest } from '../../src/digest/compose-digest.ts';
import { writeAtom } from '../../src/digest/write-atom.ts';
import { writeHtml } from '../../src/digest/write-html.ts';
import { writeJson } from '../../src/digest/write-json.ts';
import { writeMarkdown } from '../../src/digest/write-markdown.ts';
import { writeText } from '../../src/digest/write-text.ts';
import { golden } from '../bless.ts';
import { hostile, sampleDay, thread } from './sample-threads.ts';

const FORMS = [
  { form: 'text', file: 'day.txt', write: writeText },
  { form: 'markdown', file: 'day.md', write: writeMarkdown },
  { form: 'html', file: 'day.html', write: writeHtml },
  { form: 'json', file: 'day.json', write: writeJson },
  { form: 'atom', file: 'day.atom', write: writeAtom },
] as const;

const quietDay = { ...sampleDay(), threads: [], arrived: new Set<string>() };
const hostileDay = {
  ...sampleDay(),
  list: 'x\u001b[31m<b>',
  threads: [hostile],
  arrived: new Set(['evil<@x>\u001b[2J']),
};

/** C0 but line feed, DEL, C1, and the marks that turn text around. */

const CONTROLS = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

describe('the digest of a day', () => {
  it.each(FORMS)('is as blessed in $form', ({ file, write }) => {
    const actual = write(composeDigest(sampleDay()));

    expect(actual).toBe(golden(join(import.meta.dirname, 'cases', file), actual));
  });

  it.each(FORMS)('is the same to the byte in $form, in whatever order the threads come', ({ write }) => {
    const day = sampleDay();

    expect(write(composeDigest({ ...day, threads: day.threads.toReversed() }))).toBe(write(composeDigest(day)));
  });

  it('holds every thread in one section only', () => {
    const ids = composeDigest(sampleDay()).sections.flatMap(({ entries }) => entries.map(({ id }) => id));

    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
  });

  it('keeps prose in 72 columns and never breaks a log line', () => {
    const long = `RIP: e030:${'x'.repeat(200)}`;
    const day = sampleDay();
    const threads = day.threads.map((one) => ({
      ...one,
      traces: one.traces.map((trace) => ({ ...trace, headline: long })),
    }));

    const lines = writeText(composeDigest({ ...day, threads })).split('\n');

    expect(lines.some((line) => line.endsWith(long))).toBe(true);
    expect(lines.filter((line) => line.length > 72 && !line.includes(long) && !/https?:|@/.test(line))).toEqual([]);
  });

  it('caps a section and says how many more there are', () => {
    const day = sampleDay();
    const threads = Array.from({ length: 30 }, (_, index) => thread({ id: `t${index}`, subject: `report ${index}` }));

    const [section] = composeDigest({ ...day, threads, arrived: new Set(threads.map(({ id }) => id)) }).sections;

    expect({ name: section?.name, shown: section?.entries.length, more: section?.more }).toEqual({
      name: 'new',
      shown: 20,
      more: 10,
    });
  });

  it('says when nothing happened', () => {
    expect(composeDigest(quietDay).isEmpty).toBe(true);
    expect(composeDigest(sampleDay()).isEmpty).toBe(false);
  });
});

describe('words of strangers', () => {
  it.each(FORMS)('bring no control characters into $form', ({ write }) => {
    expect(write(composeDigest(hostileDay))).not.toMatch(CONTROLS);
  });

  it('bring no tags, handlers or odd links into HTML', () => {
    const html = writeHtml(composeDigest(hostileDay));

    expect(html).not.toMatch(/<script|<b>|javascript:alert\(1\)"|href="(?!https?:)/i);
    expect(html).toContain('&lt;script&gt;');
  });

  it('bring nothing into HTML that is fetched', () => {
    expect(writeHtml(composeDigest(hostileDay))).not.toMatch(
      /<(?:img|link|iframe|object|embed|video|audio)\b|url\(|@import|src=/i,
    );
  });

  it('bring no markup into Atom, and leave it well formed', () => {
    const xml = writeAtom(composeDigest(hostileDay));
    const open = [...xml.matchAll(/<(?<name>[a-z]+)(?:\s[^<>]*)?(?<!\/)>/g)].map((match) => match.groups?.['name']);
    const closed = [...xml.matchAll(/<\/(?<name>[a-z]+)>/g)].map((match) => match.groups?.['name']);

    expect(open.toSorted()).toEqual(closed.toSorted());
    expect(xml).not.toContain('<script');
  });

  it('bring no live link into Markdown', () => {
    const markdown = writeMarkdown(composeDigest(hostileDay)).replace(/(?<fence>``?) ?<\/pre>.*\k<fence>$/gm, '');

    expect(markdown).not.toMatch(/(?<!\\)\]\((?!<https?:)|(?<!\\)<script/);
  });
});

describe('the Atom feed', () => {
  it('keeps the id of a thread from day to day', () => {
    const day = sampleDay();
    const next = { ...day, window: { from: '2017-09-30T00:00:00.000Z', to: '2017-10-01T00:00:00.000Z' } };
    const idsOf = (xml: string) =>
      [...xml.matchAll(/<id>(?<id>mid:[^<]*)<\/id>/g)].map((match) => match.groups?.['id']);

    expect(idsOf(writeAtom(composeDigest(next))).toSorted()).toEqual(idsOf(writeAtom(composeDigest(day))).toSorted());
  });
});
