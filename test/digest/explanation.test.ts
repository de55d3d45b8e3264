import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeCheck } from '../../src/digest/check-lines.ts';
import { writeExplanation } from '../../src/digest/explanation.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { toMessageId, type Message, type MessageId } from '../../src/model/message.ts';
import { golden } from '../bless.ts';
import { hostile, regression, thread } from './sample-threads.ts';

const id = (text: string): MessageId => {
  const made = toMessageId(text);
  if (made === undefined) throw new Error(`${text} is no Message-ID`);
  return made;
};

function mail(name: string, date: string): Message {
  const nobody = { to: [], cc: [], inReplyTo: [], references: [], lists: [], headers: {}, otherParts: [], url: null };
  return {
    ...nobody,
    id: id(`<${name}@example.org>`),
    from: { name, address: `${name.toLowerCase()}@example.org` },
    date,
    subject: 'Guest balloons',
    parts: [],
    problems: [{ kind: 'bad-charset', text: 'The part says klingon, which nobody reads here; latin1 was taken.' }],
  };
}

function evidence(message: Message, depth: number): Evidence {
  const place = { message: message.id, part: 'body', depth };
  return {
    version: '1',
    message: message.id,
    traces: [],
    facts: [],
    asked: [{ ...place, name: 'Konrad', address: null, line: 9 + depth, quote: 'Cc-ing Konrad' }],
    regressions: [
      {
        ...place,
        component: 'linux',
        lastGood: '4.1.44',
        firstBad: null,
        commit: null,
        denied: false,
        rule: 'works',
        line: 4,
        quote: 'With 4.1.44 it was fine.',
      },
    ],
    signals: [{ ...place, name: 'log', value: '41', line: 1, quote: '' }],
    mentions: [{ ...place, kind: 'file', value: 'arch/x86/xen/mmu.c', line: 5, quote: 'see arch/x86/xen/mmu.c' }],
    nearMisses: depth === 0 ? 2 : 0,
  };
}

const [first, second] = [mail('Robin', '2017-09-28T08:42:00Z'), mail('Ines', '2017-09-28T13:31:00Z')];
const part = { name: 'body', type: 'text/plain', text: '', flowed: false, delSp: false };
const line = { depth: 0, console: null, domain: null, caller: null, seconds: null } as const;
const log = [
  { ...line, text: 'RIP: e030:func+0x1/0x2', first: 3, last: 4, repairs: ['stamp', 'join'] as const },
  { ...line, text: 'only a stamp', first: 5, last: 5, repairs: ['stamp'] as const },
];

const CHECKS = [
  {
    name: 'a wrapped log',
    file: 'check-wrapped.txt',
    checked: { thread: regression, wrappedLines: [1, 4, 9], nearMisses: 0 },
  },
  {
    name: 'nothing that is known',
    file: 'check-nothing.txt',
    checked: { thread: thread({ id: 'draft@heddle.invalid', genre: 'discussion' }), wrappedLines: [], nearMisses: 3 },
  },
];

describe('the explanation of a thread', () => {
  it('is as blessed, and tells quoted words once', () => {
    const actual = writeExplanation([
      { message: first, evidence: evidence(first, 0), parts: [{ part, lines: [], log }] },
      { message: second, evidence: evidence(second, 1), parts: [{ part, lines: [], log }] },
    ]);

    expect(actual).toBe(golden(join(import.meta.dirname, 'cases/explanation.txt'), actual));
  });
});

describe('the check of a draft', () => {
  it.each(CHECKS)('is as blessed for $name', ({ file, checked }) => {
    const actual = writeCheck(checked);

    expect(actual).toBe(golden(join(import.meta.dirname, 'cases', file), actual));
  });

  it('lets no control character through', () => {
    const text = writeCheck({ thread: hostile, wrappedLines: [], nearMisses: 0 });

    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
  });
});
