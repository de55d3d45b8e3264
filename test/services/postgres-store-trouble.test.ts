/** What only a server can do to a store: it goes away, it refuses, it is no store at all; and how a store moves to it and back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { foldWords } from '../../src/edges/store/fold-words.ts';
import { openPostgres, openPostgresStore } from '../../src/edges/store/open-postgres-store.ts';
import { openSqlite, openSqliteStore } from '../../src/edges/store/open-sqlite-store.ts';
import { StoreError } from '../../src/edges/store/store-error.ts';
import { dump, judgeAll, makeIngested, uniteForTest } from '../edges/store/make-ingested.ts';
import { testCopy } from '../edges/store/copy-contract.ts';
import { startPostgres } from './postgres.ts';

const server = await startPostgres();
const folder = mkdtempSync(join(tmpdir(), 'heddle-copy-'));
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
const openFile = () => openSqlite(join(folder, `${(files += 1)}.db`));
const openNew = async () => openPostgres(await server.newDatabase(), {});
testCopy('SQLite to PostgreSQL', openFile, openNew);
testCopy('PostgreSQL to SQLite', openNew, openFile);

const MAILS = Array.from({ length: 600 }, (_, at) =>
  makeIngested({ id: `${at}@x`, references: [`${at % 37}@x`], text: `mail ${at} `.repeat(50) }),
);

describe('a PostgreSQL', () => {
  it.each(['fast', 'kill'] as const)(
    'that is restarted (%s) in the middle loses nothing that was said to be kept',
    async (how) => {
      const url = await server.newDatabase();
      const store = await openPostgresStore(url, { unite: uniteForTest });
      const failures: unknown[] = [];
      let restarts: Promise<void> = Promise.resolve();
      for (let from = 0; from < MAILS.length; from += 20) {
        if (from === 200 || from === 400) {
          restarts = new Promise((done) => setTimeout(done, 5)).then(() => server.stop(how)).then(() => server.start());
        }
        for (let isKept = false; !isKept;) {
          try {
            await store.add(MAILS.slice(from, from + 20));
            isKept = true;
          } catch (error) {
            failures.push(error);
            await new Promise((done) => setTimeout(done, 50));
          }
        }
      }
      await restarts;
      await judgeAll(store);
      const alone = await openSqliteStore(':memory:', { unite: uniteForTest });
      await alone.add(MAILS);
      await judgeAll(alone);
      expect(await dump(store, ['mail'])).toEqual(await dump(alone, ['mail']));
      expect(failures.length).toBeGreaterThan(0);
      for (const failure of failures) {
        expect(failure).toBeInstanceOf(StoreError);
        expect(failure).toMatchObject({
          isPassing: true,
          message: expect.stringMatching(/^postgres:\/\/[^\n]*$/) as string,
        });
      }
      await store.close();
      await alone.close();
    },
  );

  it('whose connection is cut in the middle of a transaction has taken it back', async () => {
    const url = await server.newDatabase();
    const store = await openPostgresStore(url, { unite: uniteForTest });
    await store.add(MAILS.slice(0, 10));
    const adding = store.add(MAILS.slice(10)).then(
      () => null,
      (error: unknown) => error,
    );
    await new Promise((done) => setTimeout(done, 60));
    await server.ask(url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'heddle'`);
    const failure = await adding;
    expect(failure).toMatchObject({ name: 'StoreError', isPassing: true });
    expect((await store.counts()).mails).toBe(10);
    expect(await store.add(MAILS)).toEqual({ added: 590, known: 10 });
    await store.close();
  });

  it.each<{ name: string; url: () => Promise<string> | string; says: RegExp }>([
    {
      name: 'nobody listens',
      url: () => 'postgres://heddle:hunter2@127.0.0.1:1/heddle',
      says: /^postgres:\/\/heddle@127\.0\.0\.1:1\/heddle: nobody listens there; is PostgreSQL running\?/,
    },
    {
      name: 'there is no such database',
      url: async () => (await server.newDatabase()).replace(/[^/]*$/, 'nowhere'),
      says: /there is no such database/,
    },
    {
      name: 'another program has its tables',
      url: async () => {
        const url = await server.newDatabase();
        await server.ask(url, 'CREATE TABLE recipe (name TEXT)');
        return url;
      },
      says: /a database of another program, not a heddle store/,
    },
    {
      name: 'a newer heddle wrote',
      url: async () => {
        const url = await server.newDatabase();
        await (await openPostgresStore(url, { unite: uniteForTest })).close();
        await server.ask(url, 'UPDATE heddle_schema SET version = 99');
        return url;
      },
      says: /written by a newer heddle \(schema 99/,
    },
    {
      name: 'letters are missing',
      url: () => server.newDatabase({ like: `TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'` }),
      says: /is written in LATIN1/,
    },
  ])('where $name is refused in one line', async ({ url, says }) => {
    const error = await openPostgresStore(await url(), { unite: uniteForTest }).then(
      () => null,
      (reason: unknown) => reason,
    );
    const text = error instanceof Error ? error.message : '';
    expect(text).toMatch(says);
    expect(text).not.toMatch(/hunter2|\n/);
  });

  it('without a store is not made one by whoever only wants to look', async () => {
    const url = await server.newDatabase();
    await expect(openPostgres(url, { empty: 'refuse' })).rejects.toThrow('there is no store in this database yet');
    expect(await server.ask(url, `SELECT FROM pg_class WHERE relname = 'heddle_schema'`)).toEqual([]);
  });
});

describe('searching', () => {
  it('finds the same mails in both databases, whatever is written and asked', async () => {
    const letters = fc.constantFrom(
      ...'aAzZ09 _-.:+/éÉößǅñΣςйЙçøł漢字\u00a0\n"\'*',
      'xen',
      'mc_',
      '4.',
      'e\u0301',
      'C\u0327',
    );
    const text = fc.array(letters, { maxLength: 40 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 3, maxLength: 12 }),
        fc.array(text, { minLength: 3, maxLength: 8 }),
        async (texts, asked) => {
          const stores = [
            await openSqliteStore(':memory:', { unite: uniteForTest }),
            await openPostgresStore(await server.newDatabase(), { unite: uniteForTest }),
          ];
          const mails = texts.map((one, at) =>
            makeIngested({ id: `${at}@x`, text: one, subject: texts[at - 1] ?? 's' }),
          );
          for (const store of stores) await store.add(mails);
          const words = texts.flatMap((one) => foldWords(one)).slice(0, 15);
          for (const question of [...asked, ...words, ...words.map((word) => `${word.slice(0, 2)}*`)]) {
            const [one, other] = await Promise.all(stores.map((store) => store.search(question, 50)));
            expect({ question, hits: other }).toEqual({ question, hits: one });
          }
          for (const store of stores) await store.close();
        },
      ),
      { numRuns: 15 },
    );
  });
});
