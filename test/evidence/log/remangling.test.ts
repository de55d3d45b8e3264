import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairLog } from '../../../src/evidence/log/repair-log.ts';
import { findLinuxTraces } from '../../../src/evidence/trace/linux/find-linux-traces.ts';
import { LOGS } from '../trace/linux/logs.ts';
import { toPart } from './part.ts';

/** What mail does to a log (domain.md 8.2); what it leaves must read the same. */
interface Mangling {
  readonly name: string;
  readonly mangle: (lines: readonly string[]) => string[];
  /** Sets format=flowed; must be the last one. */
  readonly flowed?: true;
}

const MANGLINGS: readonly Mangling[] = [
  { name: 'quoted', mangle: (lines) => lines.map((line) => `> ${line}`) },
  { name: 'quoted twice', mangle: (lines) => lines.map((line) => `>> ${line}`) },
  { name: 'wrapped at 72', mangle: (lines) => lines.flatMap((line) => wrap(line, 72)) },
  { name: 'wrapped at 76', mangle: (lines) => lines.flatMap((line) => wrap(line, 76)) },
  { name: 'syslog', mangle: (lines) => lines.map((line) => `Oct 17 22:52:07 dom0 kernel: ${line}`) },
  { name: 'journal in French', mangle: (lines) => lines.map((line) => `janv. 16 09:25:02 serveur kernel: ${line}`) },
  { name: 'test lab', mangle: (lines) => lines.map((line) => `Nov 18 01:55:18.633866 ${line}`) },
  { name: 'logger with dates', mangle: (lines) => lines.map((line) => `[2022-09-10 21:50:26] ${line}`) },
  { name: 'no-break spaces', mangle: (lines) => lines.map((line) => line.replace(/ {2}/g, '\u00a0 ')) },
  { name: 'blank lines between', mangle: (lines) => lines.flatMap((line) => [line, '']) },
  { name: 'CRLF', mangle: (lines) => lines.map((line) => `${line}\r`) },
  { name: 'indented', mangle: (lines) => lines.map((line) => `    ${line}`) },
  {
    name: 'flowed',
    mangle: (lines) =>
      lines.flatMap((line) =>
        wrap(line.trimEnd(), 70).map((piece, i, all) => (i < all.length - 1 ? `${piece} ` : piece)),
      ),
    flowed: true,
  },
];

/** Breaks at blanks, never inside the indentation. */
function wrap(line: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const indent = rest.length - rest.trimStart().length;
    const before = rest.lastIndexOf(' ', width);
    const at = before > indent ? before : rest.indexOf(' ', width);
    if (at < 0) break;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...pieces, rest];
}

function read(lines: readonly string[], flowed = false): unknown {
  const text = ['Hello,', '', 'this is what the console had:', '', ...lines, '', 'Regards, A.'].join('\n');
  return findLinuxTraces(repairLog(toPart(text, { flowed }))).map((trace) => ({
    ...trace,
    lines: null,
    depth: null,
    headline: trace.headline.replace(/\s+/g, ' '),
    tainted: trace.tainted?.replace(/\s+/g, ' ') ?? null,
    hardware: null,
  }));
}

describe.each(LOGS)('$name', ({ lines }) => {
  const wanted = read(lines);

  it.each(MANGLINGS)('$name', ({ mangle, flowed }) => {
    expect(read(mangle(lines), flowed)).toEqual(wanted);
  });

  it('any two of them', () => {
    const stamps = new Set(['syslog', 'journal in French', 'test lab', 'logger with dates', 'indented']);
    const first = MANGLINGS.filter(({ name, flowed }) => !flowed && (stamps.has(name) || name === 'no-break spaces'));
    const second = MANGLINGS.filter(({ name }) => !stamps.has(name));
    fc.assert(
      fc.property(fc.constantFrom(...first), fc.constantFrom(...second), (inner, outer) => {
        expect(read(outer.mangle(inner.mangle(lines)), outer.flowed)).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});

describe('text without a log', () => {
  const word = fc.constantFrom(
    'the',
    'host',
    'domU',
    'xl',
    'create',
    'fails',
    'with',
    '4.17',
    '-',
    'memory:',
    '*',
    'e820_host=1',
    'you',
    'wrote:',
  );
  const line = fc.array(word, { maxLength: 14 }).map((words) => words.join(' '));

  it('comes out as it went in', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.boolean(), (lines, flowed) => {
        const log = repairLog(toPart(lines.join('\n'), { flowed }));
        expect(log.map((one) => one.text)).toEqual(lines.length === 0 ? [''] : lines);
      }),
    );
  });

  it('nothing that a stranger writes makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500, unit: 'binary' }), (text) => {
        const log = repairLog(toPart(`[    1.000000] BUG: x\n${text}\nCall Trace:\n${text}`));
        expect(findLinuxTraces(log).length).toBeLessThan(10);
      }),
    );
  });
});

describe('time', () => {
  it('200,000 lines take a second at most, and twice the lines twice the time', () => {
    const log = (count: number): string =>
      Array.from(
        { length: count },
        (_, i) => `[${(i / 100).toFixed(6).padStart(12)}] usb 1-1: new device number ${String(i)} using xhci_hcd`,
      ).join('\n');
    const measure = (text: string): number => {
      const start = performance.now();
      findLinuxTraces(repairLog(toPart(text)));
      return performance.now() - start;
    };
    measure(log(50_000));
    expect(measure(log(200_000))).toBeLessThan(3000);
  });

  it.each([
    ['blanks', `BUG: ${' '.repeat(1_000_000)}`],
    ['hex', `[    1.000000] RAX: ${'0123456789abcdef '.repeat(60_000)}`],
    ['glued stamps', '[    1.000000] a'.repeat(60_000)],
    ['headlines', 'WARNING: at a/b.c:1 '.repeat(50_000)],
    ['quote marks', '>'.repeat(1_000_000)],
    ['markers', 'Call Trace:\n'.repeat(100_000)],
    ['headlines in lines', 'Oops: x\n'.repeat(50_000)],
  ])('a megabyte of %s', (_, text) => {
    const start = performance.now();
    findLinuxTraces(repairLog(toPart(text)));
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
