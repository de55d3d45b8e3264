import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const isBuilt = existsSync(join(root, 'dist/src/cli/main.js'));

/** Every fact that a good reader finds in the tmem regression, and how the demo must print it. */
const FACTS = [
  { fact: 'four mails', line: /Traffic: +4 mails by 3 people/ },
  { fact: 'the reporter and the day', line: /Reporter: +Robin Hale <robin\.hale@example\.org>, 2017-09-28 08:42 UTC/ },
  {
    fact: 'the parent of each reply',
    line: / 2 .*Ines Mahler, answers 1\n +3 .*Ines Mahler, answers 2\n +4 .*Owen Lister, answers 3/,
  },
  { fact: 'a report that is acknowledged, no fix named', line: /What: +report, .*; acknowledged \(by rules\)/ },
  { fact: 'it waits for a maintainer', line: /Turn: +a maintainer/ },
  { fact: 'the regression', line: /Regression: +worked in 4\.1\.44, fails in 4\.4\.88/ },
  { fact: 'one trace', line: /Trace 1 of 1: linux multicall/ },
  { fact: 'its headline', line: /^ {2}1 multicall\(s\) failed: cpu 0$/m },
  { fact: 'version, CPU, pid and command', line: /linux 4\.4\.88, CPU 0, pid 22, kworker\/0:1, not tainted/ },
  { fact: 'the frame it is about', line: / xen_alloc_pte\+0x176\/0x18e {2}< here/ },
  { fact: 'op=14', line: /means {2}.*op=14.*update_va_mapping/i },
  { fact: 'op=14 succeeded', line: /means {2}result=0 is success/ },
  { fact: 'op=26', line: /means {2}.*op=26.*mmuext_op/i },
  { fact: 'op=26 failed with EPERM', line: /means {2}result=-1 is EPERM/ },
  { fact: 'Xen and its distribution', line: /xen-version +host +4\.8\.1-r3/ },
  { fact: 'Gentoo', line: /distribution +(?:host|dom0) +Gentoo/ },
  { fact: 'the dom0 kernel', line: /kernel-version +dom0 +4\.1\.44/ },
  { fact: 'the guest kernel', line: /kernel-version +domU +4\.4\.88/ },
  { fact: 'the other guest kernel', line: /kernel-version +(?:domU)? +4\.4\.89/ },
  { fact: 'the Ubuntu guest', line: /distribution +(?:domU|guest) +Ubuntu 16\.04/ },
  { fact: 'e820_host = 1', line: /e820_host = 1/ },
  { fact: 'the workaround', line: /workaround +.*e820_host = 0/ },
  { fact: 'how often', line: /reproducibility .*24 hours/ },
  { fact: 'MC_DEBUG', line: /MC_DEBUG/ },
  { fact: 'the kernel command line', line: /kernel-command-line .*root=\/dev\/ram0/ },
  { fact: 'tmem parameters', line: /cleancache[\s\S]*frontswap[\s\S]*selfballooning[\s\S]*selfshrinking/ },
  { fact: 'the commits to look at', line: /v4\.1\.44\.\.v4\.4\.89/ },
  { fact: 'the map with e820_host = 0', line: /\/proc\/iomem: 9 ranges, System RAM up to 3fffffff/ },
  { fact: 'the map with e820_host = 1', line: /\/proc\/iomem: 13 ranges, System RAM up to 11fffffff; .*Unusable/ },
  { fact: 'the balloon worker', line: /^ +balloon_process\+0x1b8\/0x2c5/m },
  { fact: 'as of when the maintainers hold', line: /Maintainers as of [^\n]*Xen 4\.10-unstable \(2017-09\)/ },
  { fact: 'Konrad was asked and not reached', line: /ASKED, NOT REACHED {2}Konrad .*<konrad\.wilk@oracle\.com>/ },
  { fact: 'in which words', line: /“.*Cc-ing Konrad/ },
  { fact: 'Konrad is missing', line: /MISSING {2}Konrad Rzeszutek Wilk <konrad\.wilk@oracle\.com>/ },
  { fact: 'his entry', line: /TRANSCENDENT MEMORY \(TMEM\)/ },
  { fact: 'a Cc line', line: /^ {2}Cc: [^]{0,400}konrad\.wilk@oracle\.com/m },
  { fact: 'what is missing: hardware', line: /Not said yet[\s\S]*hardware/ },
  { fact: 'what is missing: xl dmesg', line: /Not said yet[\s\S]*xl dmesg/ },
  { fact: 'what is missing: the configuration', line: /Not said yet[\s\S]*configuration/ },
  { fact: 'what is missing: a bisect', line: /Not said yet[\s\S]*bisect/ },
  { fact: 'the digest', line: /^xen-devel, 2017-09-29\n=+\n/m },
  { fact: 'machine mail is folded', line: /xen-unstable test: regressions - FAIL \(flights 113900, 113917\)/ },
  { fact: 'the file with the HTML digest', line: /The same digest as HTML: \S+digest-2017-09-29\.html/ },
];

/** In the order of the log; `?` where the log itself doubts the frame. */
const FRAMES = [
  'dump_stack',
  'xen_mc_flush',
  'xen_alloc_pte',
  'phys_pmd_init',
  'phys_pud_init',
  'kernel_physical_mapping_init',
  'init_memory_mapping',
  'arch_add_memory',
  'add_memory_resource',
  'reserve_additional_memory',
  'balloon_process',
  '? __raw_callee_save___pv_queued_spin_unlock',
  'process_one_work',
  'worker_thread',
  '? rescuer_thread',
  'kthread',
  '? kthread_worker_fn',
  'ret_from_fork',
  '? kthread_worker_fn',
];

describe.skipIf(!isBuilt)('npm run demo (needs a build: npm test makes one)', () => {
  const started = Date.now();
  const ran = spawnSync(process.execPath, ['scripts/demo.mjs'], { cwd: root, encoding: 'utf8', timeout: 60_000 });
  const seconds = (Date.now() - started) / 1000;
  const card = ran.stdout.slice(ran.stdout.indexOf('-- 2.'), ran.stdout.indexOf('-- 3.'));

  it('ends by itself, in seconds', () => {
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: '' });
    expect(seconds).toBeLessThan(30);
  });

  it.each(FACTS)('prints $fact', ({ line }) => {
    expect(ran.stdout).toMatch(line);
  });

  it('prints the frames of the trace in order', () => {
    const frames = [...card.matchAll(/^ {4}(?<mark>\?| ) (?<name>\w+)\+0x/gm)].map(
      (match) => `${match.groups?.['mark'] === '?' ? '? ' : ''}${match.groups?.['name'] ?? ''}`,
    );

    expect(frames).toEqual(FRAMES);
  });

  it('writes the HTML digest to the file it names', () => {
    const html = readFileSync(join(root, 'out/demo/digest-2017-09-29.html'), 'utf8');

    expect(html).toMatch(/^<!doctype html>[\s\S]*Konrad[\s\S]*<\/html>\n$/);
  });
});
