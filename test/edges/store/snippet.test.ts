import { describe, expect, it } from 'vitest';
import { readSearchWords } from '../../../src/edges/store/search-words.ts';
import { toSnippet } from '../../../src/edges/store/snippet.ts';

const LONG = `${'before '.repeat(40)}the hypercall fails${' behind'.repeat(60)}`;

describe('toSnippet', () => {
  it.each<{ name: string; text: string; words: string; snippet: string }>([
    { name: 'a short text whole', text: 'A guest\nhangs.\n', words: 'hangs', snippet: 'A guest «hangs».' },
    { name: 'every hit', text: 'xen and Xen, not xenbus', words: 'xen', snippet: '«xen» and «Xen», not xenbus' },
    { name: 'a beginning', text: 'xen and xenbus', words: 'xenb*', snippet: 'xen and «xenb»us' },
    { name: 'a symbol', text: 'in xen_mc_flush+0xfd', words: 'xen_mc_flush', snippet: 'in «xen_mc_flush»+0xfd' },
    { name: 'a phrase over a line end', text: 'page\nfault', words: '"page fault"', snippet: '«page fault»' },
    {
      name: 'own words before quoted ones',
      text: `> It hangs.\n${'. \n'.repeat(99)}It hangs here.`,
      words: 'hangs',
      snippet: `… ${'. '.repeat(19)}It «hangs» here.`,
    },
    {
      name: 'quoted words without their marks',
      text: '> > It hangs\n> > here.',
      words: 'hangs',
      snippet: 'It «hangs» here.',
    },
    { name: 'the beginning where the hit is elsewhere', text: 'Hello.', words: 'subject:crash', snippet: 'Hello.' },
    { name: 'the beginning where accents differ', text: 'Ångström.', words: 'angstrom', snippet: 'Ångström.' },
    {
      name: 'the place where most words stand together',
      text: `A guest.\n${'. \n'.repeat(99)}The guest hangs in dom0.`,
      words: 'dom0 guest hangs',
      snippet: `… ${'. '.repeat(18)}The «guest» «hangs» in «dom0».`,
    },
    {
      name: 'own first words where the hit is elsewhere',
      text: 'On Monday, Ann wrote:\n> It hangs.\n\nDoes it still?\n',
      words: 'subject:crash',
      snippet: 'Does it still?',
    },
    { name: 'nothing of nothing', text: '', words: 'xen', snippet: '' },
    {
      name: 'the middle of a long text',
      text: LONG,
      words: 'hypercall',
      snippet: `… ${'before '.repeat(8)}the «hypercall» fails${' behind'.repeat(19)} …`,
    },
  ])('shows $name', ({ text, words, snippet }) => {
    expect(toSnippet(text, readSearchWords(words))).toBe(snippet);
  });
});

describe('readSearchWords', () => {
  it.each<{ text: string; terms: ReturnType<typeof readSearchWords> }>([
    {
      text: 'xen  guest',
      terms: [
        { field: null, words: ['xen'], prefix: false },
        { field: null, words: ['guest'], prefix: false },
      ],
    },
    {
      text: '"page fault" oops*',
      terms: [
        { field: null, words: ['page', 'fault'], prefix: false },
        { field: null, words: ['oops'], prefix: true },
      ],
    },
    { text: 'Subject:"page fault"', terms: [{ field: 'subject', words: ['page', 'fault'], prefix: false }] },
    { text: 'f:ann@example.org', terms: [{ field: 'sender', words: ['ann', 'example', 'org'], prefix: false }] },
    { text: 'arch:x86', terms: [{ field: null, words: ['arch', 'x86'], prefix: false }] },
    { text: 'constructor:x', terms: [{ field: null, words: ['constructor', 'x'], prefix: false }] },
    { text: 'subject:', terms: [{ field: null, words: ['subject'], prefix: false }] },
    { text: '-EINVAL', terms: [{ field: null, words: ['EINVAL'], prefix: false }] },
    { text: '"" * + "', terms: [] },
  ])('$text', ({ text, terms }) => {
    expect(readSearchWords(text)).toEqual(terms);
  });
});
