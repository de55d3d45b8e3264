import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repairLog } from '../../../src/evidence/log/repair-log.ts';
import { findTraces } from '../../../src/evidence/trace/find-traces.ts';
import { toPart } from '../log/part.ts';
import { wrap } from '../manglings.ts';
import { FAMILIES, readFamily } from './cases.ts';

const TITLES = join(import.meta.dirname, '../../../../shared/bench/titles');

const SAMPLES = FAMILIES.flatMap((family) => readFamily(family)).filter(
  ({ name }) => !/wrapped|staircase|comments-between|not-a-crash|of-old-and|raw-stamps/.test(name),
);

const hex = (text: string): string =>
  text.replace(/[0-9a-f]/g, (digit) => ((parseInt(digit, 16) + 3) % 16).toString(16));

/** The same crash on another machine: what a build, a boot or a mailer changes, changed. */
const CHANGES: readonly (readonly [RegExp, (...groups: string[]) => string])[] = [
  // offsets and sizes, and what the compiler puts behind a name
  [
    /\+0x(?<offset>[0-9a-f]+)\/0x(?<size>[0-9a-f]+)/g,
    (_, offset, size) => `+0x${hex(offset ?? '')}1/0x${hex(size ?? '')}2`,
  ],
  [
    /(?<name>[a-z_]{6,})(?:\.(?:part|isra|cold|constprop)(?:\.\d)?)?(?=\+0x[0-9a-f]+\/0x)/g,
    (_, name) => `${name ?? ''}.isra.0`,
  ],
  // addresses of kernels and programs
  [/(?<=\[<)[0-9a-f]{8,16}(?=>\])/g, (address) => hex(address)],
  [/\bffff[0-9a-f]{12}\b(?!>\])/g, (address) => `ffff${hex(address.slice(4))}`],
  [/(?<=#\d+ {1,2})0x[0-9a-f]{8,16}/g, (address) => `0x${hex(address.slice(2))}`],
  // who and where: CPUs, tasks, times
  [/(?<=\bCPU: +|Panic on CPU |^(?:\(XEN\) )?CPU|that CPU|CPU#)\d+/gm, (cpu) => String(Number(cpu) + 1)],
  [/(?<=(?:PID|Pid): )\d+/g, () => '4321'],
  [/^\[ *\d+\.\d{6}\]/gm, () => '[ 7777.123456]'],
  // versions of kernels and of Xen
  [/(?<=Not tainted |Tainted: [A-Z ]{1,20} {2,12})\d+\.\d+\.\d+[\w.+-]*/g, () => '6.1.99-other'],
  [/(?<=----\[ Xen-)\d\.\d+\S*/g, () => '4.20.1-other'],
  // lines of the source
  [/(?<=\bat [\w./-]+\.[ch]:)\d+/g, () => '77'],
];

const toOtherBuild = (text: string): string =>
  CHANGES.reduce((changed, [pattern, change]) => changed.replace(pattern, change), text);

const prints = (text: string): string[] =>
  findTraces(repairLog(toPart(text))).traces.map(({ fingerprint }) => fingerprint);

describe('one crash, two builds, one fingerprint', () => {
  const crashes = SAMPLES.filter(({ text }) => prints(text).length > 0);

  it('there are at least forty crashes', () => {
    expect(crashes.length).toBeGreaterThanOrEqual(40);
  });

  it.each(crashes)('$name', ({ text }) => {
    const other = toOtherBuild(text);
    const wrapped = other
      .split('\n')
      .flatMap((line) => wrap(line, 76))
      .map((line) => `> ${line}`)
      .join('\n');
    expect(prints(other)).toEqual(prints(text));
    expect(prints(`I see this too:\n\n${wrapped}\n`)).toEqual(prints(text));
  });
});

/** Files of bench/titles that share a fingerprint although their titles differ, and why. */
const ALIKE: readonly { readonly files: readonly string[]; readonly why: string }[] = [
  { files: ['354', '356'], why: 'assertions of trusty, which both end in the same WARNING of the kernel' },
];

describe.skipIf(!existsSync(TITLES))('different crashes, different fingerprints (needs ../shared)', () => {
  it('no two files with different titles share one, but for those that are listed', () => {
    const known = new Map<string, { readonly file: string; readonly title: string }>();
    const shared: string[] = [];
    for (const file of readdirSync(TITLES).sort((a, b) => Number(a) - Number(b))) {
      const text = readFileSync(join(TITLES, file), 'latin1');
      const end = text.indexOf('\n\n');
      const title = /^TITLE: (?<title>.*)$/m.exec(text.slice(0, end))?.groups?.['title'];
      const [print] = prints(text.slice(end + 2).replace(/\r/g, ''));
      if (title === undefined || print === undefined) continue;
      const other = known.get(print);
      if (!other) known.set(print, { file, title });
      else if (other.title !== title && !ALIKE.some(({ files }) => files.includes(file) && files.includes(other.file)))
        shared.push(`${other.file} ${other.title} = ${file} ${title}`);
    }
    expect(shared).toEqual([]);
  }, 60_000);
});
