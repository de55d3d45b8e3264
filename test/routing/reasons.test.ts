import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openMail } from '../../src/mailbox/open-mail.ts';
import type { Suggestion } from '../../src/model/routing.ts';
import { triageMail } from '../../src/pipeline/triage-mail.ts';
import { recallMatches } from '../../src/routing/maintainers/match.ts';
import { route } from '../../src/routing/route.ts';
import { loadBundledTrees } from '../../src/routing/trees/load-bundled-trees.ts';
import { trace, viewOf, type Mail } from './evidence-of.ts';

const trees = loadBundledTrees();
const CORPUS = join(import.meta.dirname, '../../../shared/corpus/xen-devel');
const DAY = new Date('2026-11-01');

const PLACED = /^(?<what>.+), (?<which>which|of which) the entry (?<title>.+) covers(?<covered> .+)?$/;
const PATH = /\b[\w.-]+(?:\/[\w.+-]+)+/g;

/** The files that a reason claims for an entry: those before the comma, or where only some are covered, those at the end. */
function claimOf(reason: string): { readonly title: string; readonly paths: readonly string[] } | null {
  const groups = PLACED.exec(reason)?.groups;
  if (!groups) return null;
  const text = groups['which'] === 'which' ? groups['what'] : groups['covered'];
  return { title: groups['title'] ?? '', paths: text?.match(PATH) ?? [] };
}

/** What is wrong with the reasons of a routing: files that the named entry does not cover, and no day. */
function findFalse(routing: readonly Suggestion[]): readonly string[] {
  return routing.flatMap(({ name, role, section, reasons }) => {
    // Of somebody whom no tree names, only the thread speaks.
    const isStranger = (role === 'responder' || role === 'author') && section === null;
    const isDated = isStranger || reasons.some((one) => /^as of .+ \(\d{4}-\d\d\)|is gone in/.test(one));
    const wrong = reasons.filter((reason) => {
      const claim = claimOf(reason);
      if (!claim) return reason.includes('the entry covers');
      return !claim.paths.every((path) => isCovered(path, claim.title));
    });
    return [...wrong, ...(isDated ? [] : [`${name}: no day`])];
  });
}

function isCovered(path: string, title: string): boolean {
  return trees.all.some((tree) =>
    recallMatches(tree.maintainers(), path).matches.some(({ section }) => section.title === title),
  );
}

describe('each reason is true of the entry that it names', () => {
  it.each([
    ['a native driver', [trace('linux', 'nvme_pci_enable nvme_reset_work', { culprit: 'nvme_pci_enable' })], {}],
    ['many entries', [trace('linux', 'xen_alloc_pte balloon_process phys_pmd_init xenvif_have_rx_work')], {}],
    ['a name of several files', [trace('xen', 'pci_remove_device setup_irq')], {}],
    [
      'words',
      [],
      {
        signals: [
          ['area:xen-x86', 'PVH', 'header'],
          ['area:linux-block', 'blkback'],
        ],
      },
    ],
    [
      'files and functions',
      [],
      {
        mentions: [
          ['file', 'xen/arch/x86/mm.c'],
          ['function', 'libxl_domain_info()'],
        ],
      },
    ],
    [
      'one person in entries of two projects',
      [trace('linux', 'blkback_changed')],
      { signals: [['area:xen-vpci', 'vpci', 'header']] },
    ],
  ] satisfies [string, ReturnType<typeof trace>[], Mail][])('%s', (_what, traces, mail) => {
    const routing = route(viewOf([mail]), { genre: 'report', symptoms: [], traces, facts: [] }, trees);
    expect(routing).not.toEqual([]);
    expect(findFalse(routing)).toEqual([]);
  });

  it('tells a word as a matter of the entry, and no file', () => {
    const mail: Mail = { signals: [['area:xen-x86', 'PVH', 'header']] };
    const [first] = route(viewOf([mail]), { genre: 'report', symptoms: [], traces: [], facts: [] }, trees);
    expect(first?.reasons[0]).toBe('the subject names "PVH", a matter of X86 ARCHITECTURE');
  });
});

describe.skipIf(!existsSync(CORPUS))('on labelled mail', () => {
  it.each([...(existsSync(CORPUS) ? readdirSync(CORPUS) : [])])('%s', async (name) => {
    const { document } = await triageMail([openMail(join(CORPUS, name))], { trees, asOf: DAY });
    for (const { routing } of document.threads) {
      expect(findFalse(routing)).toEqual([]);
      const scores = routing.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    }
  });
});
