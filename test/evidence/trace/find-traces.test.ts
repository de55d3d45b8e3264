import { describe, expect, it } from 'vitest';
import { repairLog } from '../../../src/evidence/log/repair-log.ts';
import { findTraces } from '../../../src/evidence/trace/find-traces.ts';
import { toFingerprint } from '../../../src/evidence/trace/fingerprint.ts';
import type { CrashIdentity } from '../../../src/evidence/trace/fingerprint.ts';
import { isMachinery, toPlainName } from '../../../src/evidence/trace/machinery.ts';
import { cleanTitle } from '../../../src/evidence/trace/linux/clean-title.ts';
import { toPart } from '../log/part.ts';

const at = (seconds: number, lines: readonly string[]): string[] =>
  lines.map((line) => `[${seconds.toFixed(6).padStart(12)}] ${line}`);

const WARNING = [
  'WARNING: CPU: 1 PID: 77 at a/b.c:1 foo_old+0x1/0x2',
  'RIP: 0010:foo_old+0x1/0x2',
  'Call Trace:',
  ' foo_older+0x1/0x2',
  '---[ end trace 1 ]---',
];
const CRASH = ['kernel BUG at a/c.c:2!', 'RIP: 0010:foo_new+0x1/0x2', 'Call Trace:', ' foo_newer+0x1/0x2'];
const DUMP = [
  'CPU: 1 PID: 77 Comm: foo Not tainted 6.1.0 #1',
  'Call Trace:',
  ' dump_stack+0x1/0x2',
  ' foo_a+0x1/0x2',
  ' foo_b+0x1/0x2',
];

function titles(lines: readonly string[]): string[] {
  return findTraces(repairLog(toPart(lines.join('\n')))).traces.map((trace) => trace.title);
}

describe('the main trace comes first', () => {
  it.each<readonly [string, readonly string[], readonly string[]]>([
    [
      'a warning just before the crash',
      [...at(5, WARNING), ...at(6, CRASH)],
      ['WARNING in foo_old', 'kernel BUG in foo_new'],
    ],
    [
      'a warning of long before the crash',
      [...at(5, WARNING), ...at(5000, CRASH)],
      ['kernel BUG in foo_new', 'WARNING in foo_old'],
    ],
    [
      'a stack that was printed for information',
      [...at(5, DUMP), ...at(6, CRASH)],
      ['kernel BUG in foo_new', 'stack dump in foo_a'],
    ],
  ])('%s', (_, lines, wanted) => expect(titles(lines)).toEqual(wanted));
});

describe('near misses', () => {
  it.each<readonly [string, readonly string[], number]>([
    ['frames without a report', ['    a+0x1/0x2', '    b+0x1/0x2', '    c+0x1/0x2', '    d+0x1/0x2'], 4],
    ['one symbol in prose', ['It is in foo+0x1/0x2.'], 0],
    ['frames of a trace', at(6, CRASH), 0],
  ])('%s', (_, lines, wanted) => expect(findTraces(repairLog(toPart(lines.join('\n')))).nearMisses).toBe(wanted));
});

describe('fingerprints', () => {
  const crash: CrashIdentity = {
    project: 'linux',
    kind: 'bug',
    title: 'kernel BUG in foo',
    file: 'a/b.c',
    functions: ['dump_stack', 'foo.isra.0', 'bar', 'baz', 'end'],
  };
  const print = toFingerprint(crash);

  it('have 16 hex digits', () => expect(print).toMatch(/^[0-9a-f]{16}$/));

  it.each<readonly [string, Partial<CrashIdentity>]>([
    ['other suffixes', { functions: ['dump_stack', 'foo.cold', 'bar.part.3', 'baz', 'end'] }],
    ['no machinery', { functions: ['foo', 'bar', 'baz'] }],
    ['a cut tail', { functions: ['dump_stack', 'foo.isra.0', 'bar', 'baz'] }],
    ['a longer path', { file: '/build/linux/a/b.c' }],
  ])('equal with %s', (_, change) => expect(toFingerprint({ ...crash, ...change })).toBe(print));

  it.each<readonly [string, Partial<CrashIdentity>]>([
    ['function', { functions: ['other', 'bar', 'baz'] }],
    ['kind', { kind: 'warning' }],
    ['file', { file: 'a/c.c' }],
    ['project', { project: 'xen' }],
  ])('another with another %s', (_, change) => expect(toFingerprint({ ...crash, ...change })).not.toBe(print));
});

describe('machinery', () => {
  it.each([
    'dump_stack',
    'kasan_report',
    'report_bug',
    '__warn',
    'kmalloc',
    '_raw_spin_lock_irqsave',
    'memcpy',
    'panic',
  ])('%s', (name) => expect(isMachinery(name)).toBe(true));
  it.each(['xen_alloc_pte', 'xenvif_have_rx_work', 'do_exit', 'balloon_process'])('not %s', (name) =>
    expect(isMachinery(name)).toBe(false),
  );
  it.each(['show_execution_state', 'do_bug_frame', 'ubsan.c#ubsan_epilogue'])('of Xen: %s', (name) =>
    expect(isMachinery(toPlainName(name), 'xen')).toBe(true),
  );
});

describe('clean titles', () => {
  it.each([
    ['kernel panic: stuck at ffff8881d7830000 for 123 s', 'kernel panic: stuck at ADDR for NUM s'],
    ['BUG in foo+0x12/0x34', 'BUG in foo'],
    ['WARNING at a/b.c:12', 'WARNING at a/b.c:LINE'],
    ['lost 10.0.0.1 on CPU#3', 'lost IP on CPU'],
    ['KCSAN: data-race in a / b', 'KCSAN: data-race in a / b'],
  ])('%s', (title, wanted) => expect(cleanTitle(title)).toBe(wanted));
});
