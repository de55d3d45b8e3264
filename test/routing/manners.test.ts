import { describe, expect, it } from 'vitest';
import { withDoubt } from '../../src/routing/doubt.ts';
import { isCatchAllList } from '../../src/routing/people/section-people.ts';
import { route, type Judged } from '../../src/routing/route.ts';
import { loadBundledTrees } from '../../src/routing/trees/load-bundled-trees.ts';
import type { Suggestion } from '../../src/model/routing.ts';
import { trace, viewOf, type Mail } from './evidence-of.ts';

const trees = loadBundledTrees();
const REPORT: Judged = { genre: 'report', symptoms: [], traces: [], facts: [] };
const PATCH: Judged = { ...REPORT, genre: 'patch' };
const ask = (mail: Mail, judged: Judged = REPORT) => route(viewOf([mail]), judged, trees);
const changes = (path: string): Mail => ({ mentions: [['file', path]] });

describe('lists for everything', () => {
  it.each([
    ['drivers/usb/host/xen-hcd.c'],
    ['drivers/block/xen-blkback/blkback.c'],
    ['drivers/net/xen-netback/netback.c'],
    ['drivers/scsi/xen-scsifront.c'],
    ['hw/xen/xen-bus.c'],
    ['xen/drivers/vpci/msix.c'],
  ])('never among the first three where there is one for just this: %s', (path) => {
    const routing = ask(changes(path), PATCH);
    const hasOwn = routing.some(({ role, address }) => role === 'list' && !isCatchAllList(address));
    const early = routing.slice(0, 3).some(({ address }) => isCatchAllList(address));
    expect(hasOwn && early).toBe(false);
  });
});

describe('who is addressed already', () => {
  it.each([
    ['at the address of the file', { name: 'Juergen Gross', address: 'jgross@suse.com' }],
    ['in capitals', { name: null, address: 'JGross@SUSE.com' }],
    ['at another address, by name', { name: 'Juergen Gross', address: 'juergen@example.org' }],
    ['with the family name first', { name: 'Gross, Jürgen', address: 'juergen@example.org' }],
  ])('is not told as missing: %s', (_what, person) => {
    for (const place of ['to', 'cc'] as const) {
      const routing = ask({ ...changes('drivers/xen/events/events_base.c'), [place]: [person] });
      expect(routing.filter(({ name, addressed }) => name === 'Juergen Gross' && !addressed)).toEqual([]);
    }
  });
});

describe('nothing to go by', () => {
  it.each([
    ['nothing at all', {}],
    ['somebody known is written to', { to: [{ name: 'Jan Beulich', address: 'jbeulich@suse.com' }] }],
    ['a word in the subject that names nothing', { subject: 'it does not work' }],
  ] satisfies [string, Mail][])('nobody: %s', (_what, mail) => {
    expect(ask(mail)).toEqual([]);
  });
});

describe('two sides that are about as likely', () => {
  const one = (project: string, section: string, score: number, reasons: readonly string[] = []): Suggestion => ({
    ...{ address: `${section}@example.org`, name: section, role: 'maintainer', addressed: false },
    ...{ project, section, score, reasons },
  });
  const doubts = (...all: Suggestion[]) => [
    ...new Set(withDoubt(all).flatMap(({ reasons }) => reasons.filter((reason) => reason.startsWith('either ')))),
  ];

  it('are both named', () => {
    const says =
      'either Linux itself (NVM EXPRESS DRIVER) or Linux under Xen (XEN HYPERVISOR X86): what is here points to both';
    expect(doubts(one('linux', 'NVM EXPRESS DRIVER', 0.3), one('linux', 'XEN HYPERVISOR X86', 0.28))).toEqual([says]);
  });

  it('a native driver that fails under Xen', () => {
    const judged = { ...REPORT, traces: [trace('linux', 'nvme_pci_enable', { culprit: 'nvme_pci_enable' })] };
    expect(ask({}, judged).some(({ reasons }) => reasons.some((reason) => reason.startsWith('either ')))).toBe(true);
  });

  it.each<[string, Suggestion[]]>([
    ['one side alone', [one('xen', 'X86 ARCHITECTURE', 0.3), one('xen', 'SCHEDULING', 0.3)]],
    ['far apart', [one('linux', 'XEN HYPERVISOR X86', 0.4), one('xen', 'X86 ARCHITECTURE', 0.2)]],
    ['both unlikely', [one('linux', 'XEN HYPERVISOR X86', 0.08), one('xen', 'X86 ARCHITECTURE', 0.07)]],
    [
      'somebody is on it',
      [one('linux', 'XEN BLOCK', 0.3, ['answers in this thread']), one('xen', 'X86 ARCHITECTURE', 0.3)],
    ],
  ])('no doubt: %s', (_what, all) => {
    expect(doubts(...all)).toEqual([]);
  });
});
