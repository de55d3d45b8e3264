import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { UniteCopies } from '../../../src/edges/store/copies.ts';
import { openLibsql } from '../../../src/edges/store/libsql-dialect.ts';
import { sqliteLocking } from '../../../src/edges/store/locking.ts';
import { migrate, SCHEMA } from '../../../src/edges/store/migrations.ts';
import { SQLITE, openSqliteStore } from '../../../src/edges/store/open-sqlite-store.ts';
import { SqlStore } from '../../../src/edges/store/sql-store.ts';
import { sqliteFullText } from '../../../src/edges/store/sqlite-full-text.ts';
import type { Tables } from '../../../src/edges/store/tables.ts';
import { uniteCopies } from '../../../src/thread/unite-copies.ts';
import { CompiledQuery, Kysely } from 'kysely';
import { testStore } from './contract.ts';
import { testSharedStore } from './shared-contract.ts';
import { dump, judgeAll, makeIngested, uniteForTest } from './make-ingested.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function newFile(): string {
  files += 1;
  return join(folder, `${files}.db`);
}

const open = (file: string, unite: UniteCopies = uniteForTest) => openSqliteStore(file, { unite });

testStore('sqlite in memory', (unite) => open(':memory:', unite));
testStore('sqlite in a file', (unite) => open(newFile(), unite));
testSharedStore('sqlite in a file', (times) => {
  const file = newFile();
  return Promise.all(Array.from({ length: times }, () => open(file)));
});

async function run(file: string, ...statements: string[]): Promise<void> {
  const db = new Kysely({ dialect: openLibsql(file) });
  for (const statement of statements) await db.executeQuery(CompiledQuery.raw(statement));
  await db.destroy();
}

describe('a SQLite file', () => {
  it('holds everything, by itself, when it is opened again', async () => {
    const [file, copy] = [newFile(), newFile()];
    const store = await open(file);
    await store.add([makeIngested({ id: 'a@x' }), makeIngested({ id: 'b@x', references: ['a@x'] })]);
    await judgeAll(store);
    await store.saveCursor('s', '1');
    const before = await dump(store, ['text']);
    await store.close();
    copyFileSync(file, copy);
    const again = await open(copy);
    expect(await dump(again, ['text'])).toEqual(before);
    await again.close();
  });

  it('that the first schema wrote is brought along: nothing is lost, everything is judged again', async () => {
    const [file, fresh] = [newFile(), await open(':memory:')];
    writeFileSync(file, gunzipSync(readFileSync(new URL('./schema-1.db.gz', import.meta.url))));
    const store = await open(file);
    expect(await store.counts()).toEqual({
      mails: 4,
      threads: 3,
      pending: 1,
      nearMisses: 2,
      problems: 0,
      schema: SCHEMA,
    });
    expect(await store.thread('reply@x')).toMatchObject({ id: 'reply@x', summary: '2 mails' });
    expect(await store.corrections()).toEqual([]);
    expect(await store.judgeAgain('1')).toBe(2);
    await judgeAll(store);
    await fresh.add([
      makeIngested({ id: 'root@x', subject: 'Guest hangs', nearMisses: 2 }),
      makeIngested({ id: 'reply@x', references: ['root@x'] }),
      makeIngested({ id: 'twice@x', cc: ['one@example.org'] }),
      makeIngested({ id: 'twice@x', cc: ['two@example.org'] }),
      makeIngested({ id: 'waiting@x' }),
    ]);
    await fresh.saveCursor('git:a', '1');
    await judgeAll(fresh);
    expect(await dump(store, ['hangs', 'text'])).toEqual(await dump(fresh, ['hangs', 'text']));
    await Promise.all([store, fresh].map((one) => one.close()));
  });

  it('keeps the earlier mail of two senders with one Message-ID, whichever comes first', async () => {
    const copies = [
      makeIngested({ id: 'a@x', lists: ['devel.lists.example.org'], nearMisses: 1 }),
      makeIngested({ id: 'a@x', lists: ['kernel.lists.example.org'], cc: ['cy@example.org'], nearMisses: 1 }),
      makeIngested({
        id: 'a@x',
        from: { name: 'Mallory', address: 'mallory@example.org' },
        cc: ['eve@example.org'],
        text: 'Buy looms!\n',
        references: ['elsewhere@x'],
        date: '2024-03-02T00:00:00.000Z',
        nearMisses: 9,
      }),
    ];
    const elsewhere = makeIngested({ id: 'elsewhere@x' });
    const results = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...copies, elsewhere], { minLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (mails, size) => {
          const store = await open(':memory:', uniteCopies);
          for (let from = 0; from < 4; from += size) {
            await store.add(mails.slice(from, from + size));
            await judgeAll(store);
          }
          const [kept] = (await store.mails('a@x')).filter(({ message }) => message.id === 'a@x');
          expect(kept?.message.from?.address).toBe('ann@example.org');
          expect(kept?.message.cc.map(({ address }) => address)).toEqual(['cy@example.org']);
          expect(kept?.message.parts[0]?.text).toBe('The text of a@x.\n');
          expect(kept?.message.problems.map(({ kind }) => kind)).toEqual(['forged-copy']);
          expect(kept?.evidence.nearMisses).toBe(1);
          results.add(JSON.stringify(await dump(store, ['looms', 'text'])));
          await store.close();
        },
      ),
      { numRuns: 40 },
    );
    expect(results.size).toBe(1);
  });

  it('that is full says so, takes back what did not fit, and goes on when there is room', async () => {
    const file = newFile();
    const db = new Kysely<Tables>({ dialect: openLibsql(file) });
    await migrate(db, SQLITE, file);
    const store = new SqlStore(db, { unite: uniteForTest, fullText: sqliteFullText, locking: sqliteLocking });
    const mails = Array.from({ length: 50 }, (_, at) => makeIngested({ id: `${at}@x`, text: `${at} `.repeat(5000) }));
    await db.executeQuery(CompiledQuery.raw('PRAGMA max_page_count = 60'));
    await expect(store.add(mails)).rejects.toThrow(
      `${file}: the disk is full; make room and start again, nothing is lost`,
    );
    expect(await store.counts()).toMatchObject({ mails: 0, threads: 0, pending: 0 });
    await db.executeQuery(CompiledQuery.raw('PRAGMA max_page_count = 100000'));
    expect(await store.add(mails)).toEqual({ added: 50, known: 0 });
    await store.close();
  });

  it('is used by two stores at once', async () => {
    const file = newFile();
    const [one, two] = [await open(file), await open(file)];
    const mails = Array.from({ length: 60 }, (_, at) => makeIngested({ id: `${at}@x`, references: [`${at % 7}@x`] }));
    for (let from = 0; from < 60; from += 10) {
      await Promise.all([one.add(mails.slice(from, from + 10)), two.add(mails.slice(from, from + 5))]);
    }
    await judgeAll(two);
    const single = await open(':memory:');
    await single.add(mails);
    await judgeAll(single);
    expect(await dump(one, ['text'])).toEqual(await dump(single, ['text']));
    await Promise.all([one, two, single].map((store) => store.close()));
  });

  it.each<{ name: string; make: (file: string) => Promise<void> | void; says: RegExp }>([
    {
      name: 'a newer schema',
      make: async (file) => {
        await (await open(file)).close();
        await run(file, 'UPDATE heddle_schema SET version = 99');
      },
      says: /written by a newer heddle \(schema 99, this one knows \d+\); update heddle/,
    },
    {
      name: 'tables of another program',
      make: (file) => run(file, 'CREATE TABLE recipe (name TEXT)'),
      says: /a database of another program, not a heddle store/,
    },
    {
      name: 'no database',
      make: (file) => writeFileSync(file, 'From ann@example.org\n'.repeat(200)),
      says: /cannot be opened as a store/,
    },
    { name: 'a folder that is missing', make: () => undefined, says: /cannot be opened as a store/ },
  ])('with $name is refused in one line that names the file', async ({ name, make, says }) => {
    const file = name.startsWith('a folder') ? join(folder, 'missing', 'heddle.db') : newFile();
    await make(file);
    const error = await open(file).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    const text = error instanceof Error ? error.message : '';
    expect(text).toMatch(says);
    expect(text.startsWith(`${file}: `)).toBe(true);
    expect(text).not.toContain('\n');
  });

  it('that was left in the middle of making it is made whole', async () => {
    const file = newFile();
    await run(file, 'BEGIN', 'CREATE TABLE heddle_schema (version INTEGER NOT NULL)', 'ROLLBACK');
    const store = await open(file);
    expect((await store.counts()).schema).toBe(SCHEMA);
    await store.close();
  });
});
