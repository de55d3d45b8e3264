import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/edges/store/open-sqlite-store.ts';
import type { TriageThread } from '../../src/model/triage.ts';
import { uniteCopies } from '../../src/thread/unite-copies.ts';
import { runHeddle } from './run-heddle.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-correct-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ROOT = 'first@example.org';
const mail = (id: string, extra: string, text: string): string =>
  `From: Robin Hale <robin@example.org>\nTo: devel@lists.example.org\nSubject: Plans for the looms\n` +
  `Date: Tue, 14 May 2024 10:00:00 +0000\nMessage-ID: <${id}>\n${extra}\n${text}\n`;

const root = join(folder, 'root.eml');
const reply = join(folder, 'reply.eml');
writeFileSync(root, mail(ROOT, '', 'Some thoughts about what the looms could do.'));
writeFileSync(reply, mail('second@example.org', `In-Reply-To: <${ROOT}>\n`, 'One thought more.'));

let runs = 0;
let store = '';
const heddle = (...argv: string[]) => runHeddle([...argv, '--store', store]);
const show = async (): Promise<TriageThread> => {
  const { out } = await heddle('show', ROOT, '--json');
  return (JSON.parse(out) as { threads: [TriageThread] }).threads[0];
};

beforeEach(async () => {
  store = join(folder, `${String((runs += 1))}.db`);
  await heddle('import', root);
});

describe('heddle correct', () => {
  it('sets several fields at once, and says what the thread is now', async () => {
    const before = await show();
    const ran = await heddle(
      'correct',
      ROOT,
      'genre=report',
      'status=acknowledged',
      'route=ann@example.org',
      '--by',
      'Ann',
    );

    expect(before.genre).not.toBe('report');
    expect(ran).toEqual({
      exitCode: 0,
      err: '',
      out:
        '1  genre = report\n2  status = acknowledged\n3  route = ann@example.org\n' +
        `<${ROOT}> is now: report, acknowledged (by rules, corrected by Ann)\n`,
    });
    const after = await show();
    expect({ genre: after.genre, status: after.status, first: after.routing[0]?.address }).toEqual({
      genre: 'report',
      status: 'acknowledged',
      first: 'ann@example.org',
    });
    expect(after.summary).toMatch(/^Robin Hale reports /);
    expect(after.severity).toBeGreaterThan(0);
  });

  it('survives the same mail again, and a mail that joins the thread', async () => {
    await heddle('correct', ROOT, 'genre=report', 'status=not-a-bug', '--by', 'Ann');
    await heddle('import', root, reply);
    const { messages, genre, status, classifiedBy } = await show();

    expect({ mails: messages.length, genre, status, classifiedBy }).toEqual({
      mails: 2,
      genre: 'report',
      status: 'not-a-bug',
      classifiedBy: 'rules, corrected by Ann',
    });
  });

  it('survives being judged again by other rules, and evidence made anew', async () => {
    await heddle('correct', ROOT, 'genre=report', 'component=SCHEDULING', '--by', 'Ann');
    const before = await show();
    const open = await openSqliteStore(store, { unite: uniteCopies });
    const mails = await open.mails(ROOT);
    await open.saveEvidence(mails.map(({ evidence }) => ({ ...evidence, version: 'older' })));
    await open.judgeAgain('other rules');
    const waiting = await open.pendingCount();
    await open.close();
    await heddle('import', root);

    expect(waiting).toBe(1);
    expect(await show()).toEqual(before);
    expect(before.routing[0]).toMatchObject({
      section: 'SCHEDULING',
      reasons: ['the thread is about this entry: set by Ann on 2024-05-16'],
    });
  });

  it('holds for both threads that a mail joins, the last word over all', async () => {
    const other = join(folder, 'other.eml');
    const joining = join(folder, 'joining.eml');
    writeFileSync(other, mail('other@example.org', '', 'Other thoughts.'));
    writeFileSync(joining, mail('third@example.org', `References: <other@example.org> <${ROOT}>\n`, 'Both.'));
    await heddle('import', other);
    await heddle('correct', ROOT, 'genre=report', 'status=fixed', '--by', 'Ann');
    await heddle('correct', 'other@example.org', 'genre=question', '--by', 'Bob');
    await heddle('import', joining);
    const { messages, genre, status, classifiedBy } = await show();

    expect({ mails: messages.length, genre, status, classifiedBy }).toEqual({
      mails: 3,
      genre: 'question',
      status: 'fixed',
      classifiedBy: 'rules, corrected by Ann and Bob',
    });
  });

  it('takes one back, and leaves the others', async () => {
    const before = await show();
    await heddle('correct', ROOT, 'genre=report', 'status=fixed', '--by', 'Ann');
    const undone = await heddle('correct', 'second-is-not-there', '--undo', '1');
    const { exitCode } = await heddle('correct', ROOT, '--undo', '1', '--by', 'Bob');
    const again = await heddle('correct', ROOT, '--undo', '1');
    const never = await heddle('correct', ROOT, '--undo', '7');
    const after = await show();

    expect([undone.exitCode, exitCode, again.exitCode, never.exitCode]).toEqual([1, 0, 1, 1]);
    expect(again.err).toContain('was taken back already');
    expect(never.err).toContain('--history lists');
    expect({ genre: after.genre, status: after.status }).toEqual({ genre: before.genre, status: 'fixed' });
  });

  it('lists what was said, and by whom', async () => {
    const empty = await heddle('correct', ROOT, '--history');
    await heddle('correct', ROOT, 'genre=report', '--by', 'Ann');
    await heddle('correct', ROOT, '--undo', '1', '--by', 'Bob');
    const full = await heddle('correct', ROOT, '--history');

    expect(empty.out).toBe('nobody has corrected this thread\n');
    expect(full.out).toBe(
      '   1  2024-05-16 12:00 UTC  genre = report, by Ann; taken back by Bob, 2024-05-16 12:00 UTC\n',
    );
  });

  it('writes labels of what is in force', async () => {
    await heddle('correct', ROOT, 'genre=report', 'status=new', 'route=ann@example.org', '--by', 'Ann');
    await heddle('correct', ROOT, '--undo', '2');
    const file = join(folder, 'labels.json');
    const { out } = await heddle('correct', '--export', file);
    const printed = await heddle('correct', '--export');

    expect(out).toBe(`1 labelled threads written to ${file}\n`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      threads: [
        {
          id: ROOT,
          subject: 'Plans for the looms',
          messages: [{ id: ROOT }],
          genre: 'report',
          routing: [{ address: 'ann@example.org', role: 'responder' }],
          by: ['Ann'],
        },
      ],
    });
    expect(printed.out).toBe(readFileSync(file, 'utf8'));
  });

  it('reaches digests of the day, whenever it was said; a state only from then on', async () => {
    await heddle('correct', ROOT, 'genre=report', 'status=fixed', '--by', 'Ann');
    const { out } = await heddle('digest', '--day', '2024-05-14', '--format', 'json');

    expect(out).toContain('"genre": "report"');
    expect(out).not.toContain('"status": "fixed"');
  });

  it.each([
    { name: 'nothing to do', argv: [ROOT], exitCode: 2, says: 'FIELD=VALUE' },
    { name: 'two things at once', argv: [ROOT, 'genre=report', '--history'], exitCode: 2, says: 'FIELD=VALUE' },
    {
      name: 'a wrong value beside a right one',
      argv: [ROOT, 'status=new', 'genre=bug'],
      exitCode: 2,
      says: 'report, patch',
    },
    {
      name: 'a thread that is not there',
      argv: ['nobody@example.org', 'genre=report'],
      exitCode: 1,
      says: 'no thread',
    },
    { name: 'a thread that repeats itself', argv: [ROOT, `duplicate-of=${ROOT}`], exitCode: 2, says: 'itself' },
    { name: 'no name', argv: [ROOT, 'genre=report', '--by', ' '], exitCode: 2, says: '--by wants a name' },
  ])('refuses $name, and writes nothing', async ({ argv, exitCode, says }) => {
    const ran = await heddle('correct', ...argv);
    const history = await heddle('correct', ROOT, '--history');

    expect({ exitCode: ran.exitCode, out: ran.out }).toEqual({ exitCode, out: '' });
    expect(ran.err).toContain(says);
    expect(history.out).toBe('nobody has corrected this thread\n');
  });
});
