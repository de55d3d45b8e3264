import { describe, expect, it } from 'vitest';
import { toLines } from '../../../src/model/message.ts';
import { readCommands } from '../../../src/pipeline/commands/read-commands.ts';
import { VERBS } from '../../../src/pipeline/commands/verbs.ts';

const read = (text: string) => readCommands(toLines(text));

const RIGHT: readonly (readonly [line: string, command: object])[] = [
  ['help', { verb: 'help' }],
  ['?', { verb: 'help' }],
  ['status 3fa9c1d2', { verb: 'status', ref: '3fa9c1d2' }],
  ['status #3fa9c1d2 fixed', { verb: 'correct', ref: '#3fa9c1d2', assignment: 'status=fixed' }],
  ['Status: 3FA9C1D2 = needs info', { verb: 'correct', ref: '3FA9C1D2', assignment: 'status=needs-info' }],
  ['fixed 3fa9c1d2', { verb: 'correct', ref: '3fa9c1d2', assignment: 'status=fixed' }],
  ['fixed: ^', { verb: 'correct', ref: '^', assignment: 'status=fixed' }],
  ['FIXED it', { verb: 'correct', ref: 'it', assignment: 'status=fixed' }],
  ['resolved <a.b@example.org>', { verb: 'correct', ref: '<a.b@example.org>', assignment: 'status=fixed' }],
  ['#heddle close a.b@example.org', { verb: 'correct', ref: 'a.b@example.org', assignment: 'status=fixed' }],
  [
    'fixed https://lore.example.org/xen/a.b@example.org/',
    { verb: 'correct', ref: 'https://lore.example.org/xen/a.b@example.org/', assignment: 'status=fixed' },
  ],
  ['not-a-bug 3fa9c1d2', { verb: 'correct', ref: '3fa9c1d2', assignment: 'status=not-a-bug' }],
  ['invalid 3fa9c1d2', { verb: 'correct', ref: '3fa9c1d2', assignment: 'status=not-a-bug' }],
  ['dup 3fa9c1d2 0123abcd', { verb: 'duplicate', ref: '3fa9c1d2', of: '0123abcd' }],
  ['duplicate ^ of 0123abcd', { verb: 'duplicate', ref: '^', of: '0123abcd' }],
  ['component 3fa9c1d2 X86 MEMORY', { verb: 'correct', ref: '3fa9c1d2', assignment: 'component=X86 MEMORY' }],
  ['route 3fa9c1d2 to ann@example.org', { verb: 'correct', ref: '3fa9c1d2', assignment: 'route=ann@example.org' }],
  ['snooze 3fa9c1d2', { verb: 'snooze', ref: '3fa9c1d2', until: '7d' }],
  ['snooze 3fa9c1d2 for 2 weeks', { verb: 'snooze', ref: '3fa9c1d2', until: '2weeks' }],
  ['snooze 3fa9c1d2 until 2026-05-31', { verb: 'snooze', ref: '3fa9c1d2', until: '2026-05-31' }],
  ['undo', { verb: 'undo', number: null }],
  ['undo #12', { verb: 'undo', number: 12 }],
  ['filter component:x86 severity>=50', { verb: 'wish', what: 'filter', text: 'component:x86 severity>=50' }],
  ['form text', { verb: 'wish', what: 'form', text: 'text' }],
  ['time 07:30 Europe/Prague', { verb: 'wish', what: 'time', text: '07:30 Europe/Prague' }],
  ['days mon-fri', { verb: 'wish', what: 'days', text: 'mon-fri' }],
  ['pause', { verb: 'pause' }],
  ['resume', { verb: 'resume' }],
  ['unsubscribe', { verb: 'unsubscribe' }],
  ['leave.', { verb: 'unsubscribe' }],
];

const WRONG: readonly (readonly [line: string, says: string])[] = [
  ['fixd 3fa9c1d2', 'there is no fixd; is fixed REF meant?'],
  ['statsu 3fa9c1d2', 'there is no statsu; is status REF [STATE] meant?'],
  ['duplicat 3fa9c1d2 0123abcd', 'there is no duplicat; is dup REF REF meant?'],
  ['componnent 3fa9c1d2 X86', 'there is no componnent; is component REF TITLE meant?'],
  ['snoze 3fa9c1d2', 'there is no snoze; is snooze REF [7d] meant?'],
  ['rout 3fa9c1d2 a@example.org', 'there is no rout; is route REF ADDRESS meant?'],
  ['not-a-bgu 3fa9c1d2', 'there is no not-a-bgu; is not-a-bug REF meant?'],
  ['unsubcribe', 'there is no unsubcribe; is unsubscribe meant?'],
  ['hlep', 'there is no hlep; is help meant?'],
  ['helpp', 'there is no helpp; is help meant?'],
  ['resumme', 'there is no resumme; is resume meant?'],
  ['pauze', 'there is no pauze; is pause meant?'],
  ['3fa9c1d2 fixed', 'the verb stands in front: fixed REF, status REF, …'],
  ['^ dup 0123abcd', 'the verb stands in front: fixed REF, status REF, …'],
  ['fixed', 'fixed names no thread'],
  ['fixed 3fa9c1d', 'fixed names no thread'],
  ['fixed 3fa9c1d2e', 'fixed names no thread'],
  ['fixed yesterday', 'fixed names no thread'],
  ['status', 'status names no thread'],
  ['status all', 'status names no thread'],
  ['dup', 'dup names no thread'],
  ['dup 3fa9c1d2', 'dup names one thread: of which other is it a duplicate?'],
  ['dup 3fa9c1d2 of that', 'dup names one thread: of which other is it a duplicate?'],
  ['dup of 3fa9c1d2', 'dup names no thread'],
  ['component 3fa9c1d2', 'component wants the title of a MAINTAINERS entry'],
  ['component X86', 'component names no thread'],
  ['route 3fa9c1d2', 'route wants an address'],
  ['route ann@example.org', 'route wants an address'],
  ['snooze', 'snooze names no thread'],
  ['snooze 3fa9c1d2 soon', 'snooze wants days'],
  ['snooze 3fa9c1d2 2026-13-40', 'snooze wants days'],
  ['undo it', 'undo wants a number, or nothing'],
  ['undo 1.5', 'undo wants a number, or nothing'],
  ['filter', 'filter wants a value'],
  ['form', 'form wants a value'],
  ['time', 'time wants a value'],
  ['days', 'days wants a value'],
  ['#heddle', 'there is no command here; help lists them'],
  ['#heddle: make coffee', 'there is no command make; help lists them'],
  ['#heddle delete everything now please', 'there is no command delete; help lists them'],
  ['#heddle fixed in 4.20', 'fixed names no thread'],
];

describe('commands in a mail', () => {
  it.each(RIGHT)('%s', (line, command) => {
    expect(read(line)).toEqual([{ kind: 'command', line, command }]);
  });

  it.each(WRONG)('answers what is wrong: %s', (line, says) => {
    const [found, ...more] = read(line);

    expect({ kind: found?.kind, more }).toEqual({ kind: 'wrong', more: [] });
    expect(found?.kind === 'wrong' ? found.problem : '').toContain(says);
  });

  it('knows every verb by a right line', () => {
    const first = new Set(
      RIGHT.map(
        ([line]) =>
          line
            .toLowerCase()
            .replace(/^#heddle /, '')
            .split(/[\s:.]/, 1)[0],
      ),
    );

    expect(VERBS.filter(({ name, also }) => ![name, ...also].some((word) => first.has(word)))).toEqual([]);
  });

  it.each([
    ['talk', 'I think this is fixed in 4.20.\nfixed 3fa9c1d2\n'],
    ['talk that begins with a verb', 'fixed in 4.20 as far as I can see, thanks'],
    ['talk that begins with another', 'not-a-bug because it works here'],
    ['a quotation', '> fixed 3fa9c1d2\n'],
    ['behind a signature', '-- \nfixed 3fa9c1d2\n'],
    ['behind thanks', 'Thanks!\nfixed 3fa9c1d2\n'],
    ["regzbot's own", '#regzbot fix: xen: do things\n'],
    ["syzbot's own", '#syz dup: BUG in x\n'],
    ['in the middle of a line', 'please #heddle fixed 3fa9c1d2'],
    ['nothing', ''],
  ])('obeys nothing: %s', (_name, text) => {
    expect(read(text)).toEqual([]);
  });

  it('reads several, over quotations and empty lines, and marked ones after talk', () => {
    const text = 'fixed 3fa9c1d2\n\nOn Tue, heddle wrote:\n> 1. crash\ndup 0123abcd ^\nI will look.\n#heddle undo\n';

    expect(read(text).map(({ line }) => line)).toEqual(['fixed 3fa9c1d2', 'dup 0123abcd ^', '#heddle undo']);
  });

  it('reads twenty at most, and lines of any length in no time', () => {
    expect(read('help\n'.repeat(500))).toHaveLength(20);
    const start = performance.now();
    read(`${'status '.repeat(100_000)}\n${'a'.repeat(1_000_000)} 3fa9c1d2\n`);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
