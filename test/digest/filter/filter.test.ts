import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesFilter, needsReader, type Filter } from '../../../src/digest/filter/filter.ts';
import { readFilter, writeFilterHelp, type Known } from '../../../src/digest/filter/read-filter.ts';
import type { Suggestion } from '../../../src/model/routing.ts';
import type { TriageThread } from '../../../src/model/triage.ts';
import { makeThread } from '../make-thread.ts';
import { frame, trace } from '../sample-threads.ts';

const ANA = 'ana@example.org';

function suggest(project: string, section: string, reason = 'the subject says so'): Suggestion {
  const person = { name: 'Ana Loom', address: ANA, role: 'maintainer', score: 0.9, addressed: false } as const;
  return { ...person, project, section, reasons: [reason] };
}

const people = {
  participants: [{ name: 'Rita Reporter', address: 'rita@example.org', messages: 1 }],
  to: [{ name: null, address: 'devel@example.org' }],
  cc: [{ name: 'Max', address: 'max@example.org' }],
  asked: [{ name: 'Konrad', address: null, by: ANA, message: 'm0@example.org', quote: 'Konrad?', reached: false }],
  dropped: [],
};

const crash: TriageThread = makeThread({
  subject: 'x86/mm: loom stops after S3 resume',
  symptoms: ['crash', 'boot-failure'],
  severity: 75,
  regression: { lastGood: '4.19', firstBad: '4.20', commit: null },
  traces: [
    trace({
      message: 'm0@example.org',
      project: 'xen',
      frames: [frame('weave', { location: 'common/sched/core.c:7' })],
    }),
  ],
  environment: [
    { key: 'distribution', value: 'Qubes R4.2', role: 'dom0', message: 'm0@example.org', line: 3, quote: 'Qubes R4.2' },
  ],
  people,
  routing: [suggest('xen', 'X86 ARCHITECTURE', 'frame weave is defined in xen/arch/x86/mm/loom.c, which it covers')],
});
const plain = makeThread({ subject: 'xl alarm rings', genre: 'question', routing: [suggest('xen', 'TOOLSTACK')] });
const silent = makeThread({ subject: 'nothing said' });

function filter(text: string, known?: Known): Filter {
  const read = readFilter(text, known);
  if (read.kind === 'wrong') throw new Error(read.reason);
  return read.filter;
}

describe('a filter', () => {
  it.each<[string, readonly [boolean, boolean, boolean]]>([
    ['', [true, true, true]],
    ['component:x86', [true, false, false]],
    ['component:X86', [true, false, false]],
    ['component:arm', [false, false, false]],
    ['component:toolstack', [false, true, false]],
    ['component:x86,toolstack', [true, true, false]],
    ['component:"x86 architecture"', [true, false, false]],
    ['component:mm', [true, false, false]],
    ['section:arch', [true, false, false]],
    ['-section:arch', [false, true, true]],
    ['path:xen/arch/x86/', [true, false, false]],
    ['path:arch/x86/', [false, false, false]],
    ['path:*/x86/*.c', [true, false, false]],
    ['path:common/sched', [true, false, false]],
    ['side:hypervisor', [true, false, false]],
    ['side:toolstack', [false, true, false]],
    ['side:unknown', [false, false, true]],
    ['kind:crash', [true, false, false]],
    ['kind:question', [false, true, false]],
    ['kind:multicall', [true, false, false]],
    ['kind:regression,question', [true, true, false]],
    ['status:new', [true, true, true]],
    ['status:fixed', [false, false, false]],
    ['is:open -is:unanswered', [false, false, false]],
    ['is:regression', [true, false, false]],
    ['severity>=75', [true, false, false]],
    ['severity>75', [false, false, false]],
    ['severity<75', [false, true, true]],
    ['severity=75', [true, false, false]],
    ['-severity>=75', [false, true, true]],
    ['mails>1', [false, false, false]],
    ['to:me', [true, true, false]],
    ['to:ana@example.org', [true, true, false]],
    ['to:ana', [true, true, false]],
    ['to:konrad', [true, false, false]],
    ['cc:max@example.org', [true, false, false]],
    ['cc:me', [false, false, false]],
    ['from:rita@example.org', [true, true, true]],
    ['from:rita@example.com', [false, false, false]],
    ['person:rita', [true, true, true]],
    ['runs:qubes', [true, false, false]],
    ['subject:"s3 resume"', [true, false, false]],
    ['alarm', [false, true, false]],
    ['loom resume', [true, false, false]],
    ['component:x86 severity>=50 to:me', [true, false, false]],
  ])('%s', (text, expected) => {
    const read = filter(text);

    expect([crash, plain, silent].map((thread) => matchesFilter(read, thread, [ANA]))).toEqual(expected);
  });

  it.each<[string, RegExp]>([
    ['owner:ana', /there is no owner: a filter knows component, section/],
    ['severity:50', /severity is compared with a number: severity>=50/],
    ['status>3', /status is nothing that is counted/],
    ['side:kernel', /side:kernel is none of hypervisor, linux/],
    ['kind:', /kind: wants a value, as in kind:crash/],
    ['section:loomz', /no MAINTAINERS entry has "loomz" in its title/],
    ['subject:"half', /quotation mark is missing/],
    ['x'.repeat(3000), /at most 2000 characters/],
    ['a '.repeat(60), /at most 50 terms/],
    ['\u001b[31mx:y', /there is no|knows/],
  ])('that is wrong says what is: %.30s', (text, reason) => {
    const read = readFilter(text, { sections: ['X86 ARCHITECTURE'] });

    expect(read.kind === 'wrong' ? read.reason : '').toMatch(reason);
    expect(read.kind === 'wrong' && /[\u0000-\u001f]/.test(read.reason)).toBe(false);
  });

  it.each([
    ['  Component:X86   severity>=50 ', 'component:x86 severity>=50'],
    ['kind:crash, kind:crash', 'kind:crash'],
    ['section:"XEN BLOCK",arm', 'section:"xen block",arm'],
    ['-s3', '-subject:s3'],
  ])('has one normal form: %s', (text, normal) => {
    expect(filter(text).text).toBe(normal);
    expect(filter(normal).text).toBe(normal);
  });

  it('says whether it needs a reader', () => {
    expect(['to:me', 'cc:ana,me', 'to:mel', 'some'].map((text) => needsReader(filter(text)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('reads or refuses anything, and its normal form means the same', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        const read = readFilter(text);
        if (read.kind === 'wrong') return read.reason !== '';
        const again = readFilter(read.filter.text);
        return again.kind === 'filter' && matchesFilter(again.filter, crash) === matchesFilter(read.filter, crash);
      }),
    );
  });

  it('has every key in its help', () => {
    expect(writeFilterHelp().split('\n')).toHaveLength(15);
  });
});
