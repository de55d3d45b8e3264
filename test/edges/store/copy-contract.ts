import { describe, expect, it } from 'vitest';
import { copyStore } from '../../../src/edges/store/copy-store.ts';
import type { OpenDatabase } from '../../../src/edges/store/open-database.ts';
import { SqlStore } from '../../../src/edges/store/sql-store.ts';
import type { SharedStore } from '../../../src/ports/shared-store.ts';
import { dump, judgeAll, makeIngested, uniteForTest } from './make-ingested.ts';

const CLAIM = { by: 'w', limit: 5, now: '2026-01-01T00:00:00.000Z', until: '2026-01-02T00:00:00.000Z', attempts: 3 };

const toStore = ({ db, ...parts }: OpenDatabase): SharedStore => new SqlStore(db, { ...parts, unite: uniteForTest });

/** A store with something in every table. */
async function fill(store: SharedStore): Promise<void> {
  await store.add([
    ...Array.from({ length: 250 }, (_, at) =>
      makeIngested({ id: `${at}@x`, references: [`${at % 20}@x`], text: `mail ${at}` }),
    ),
    makeIngested({ id: 'odd\0@x', subject: 'Ångström \ud800', functions: ['xen_mc_flush'] }),
    makeIngested({ id: 'twice@x', cc: ['one@example.org'] }),
    makeIngested({ id: 'twice@x', cc: ['two@example.org'] }),
  ]);
  await judgeAll(store);
  await store.add([makeIngested({ id: 'waiting@x' })]);
  await store.claimPending(CLAIM);
  const said = { field: 'genre', value: 'question', by: 'Ann', at: CLAIM.now } as const;
  const { id } = await store.correct({ message: '1@x', ...said });
  await store.correct({ message: '2@x', ...said });
  await store.undoCorrection(id, { by: 'Bo', at: CLAIM.until });
  await store.saveCursor('git:a', '1');
  await store.saveStanding({ mailbox: 'bot', state: 'connected', reason: null, since: CLAIM.now, at: CLAIM.now });
}

const dumpAll = async (store: SharedStore) => [
  await dump(store, ['mail', 'angstrom', '"mail 17"']),
  await store.standings(),
  await store.lists(CLAIM.now),
  await store.free(CLAIM),
  (await store.pending(50)).map(({ key, version }) => [key, version]),
];

/** What copying must do, from one kind of database to another; each is opened new and empty. */
export function testCopy(
  name: string,
  openFrom: () => Promise<OpenDatabase>,
  openTo: () => Promise<OpenDatabase>,
): void {
  describe(`copying a store, ${name}`, () => {
    it('brings everything along but what workers have in hand, and the copy goes on by itself', async () => {
      const [from, to] = [await openFrom(), await openTo()];
      await fill(toStore(from));
      const told: number[] = [];
      const result = await copyStore(from, { ...to, shown: 'to' }, (rows) => told.push(rows));
      expect(result).toEqual({ mails: 253, rows: told.at(-1) });
      await toStore(from).releaseClaims(CLAIM.by);
      expect(await dumpAll(toStore(to))).toEqual(await dumpAll(toStore(from)));
      for (const store of [from, to].map(toStore)) {
        await store.add([
          makeIngested({ id: 'later@x', references: ['waiting@x', '3@x'] }),
          makeIngested({ id: 'new@x' }),
        ]);
        await store.correct({ message: 'new@x', field: 'genre', value: 'report', by: 'Cy', at: CLAIM.now });
        await judgeAll(store);
      }
      expect(await dumpAll(toStore(to))).toEqual(await dumpAll(toStore(from)));
      for (const { db } of [from, to]) await db.destroy();
    });

    it('refuses a store that is not empty, and leaves it as it is', async () => {
      const [from, to] = [await openFrom(), await openTo()];
      await fill(toStore(from));
      await toStore(to).saveCursor('git:b', '2');
      await expect(copyStore(from, { ...to, shown: 'there' })).rejects.toThrow('there: this store is not empty');
      expect([await toStore(to).counts(), await toStore(to).cursors()]).toMatchObject([
        { mails: 0 },
        new Map([['git:b', '2']]),
      ]);
      for (const { db } of [from, to]) await db.destroy();
    });

    it('that breaks off leaves nothing, and may be started again', async () => {
      const [from, to] = [await openFrom(), await openTo()];
      await fill(toStore(from));
      const breakOff = (rows: number): void => {
        if (rows > 400) throw new Error('unplugged');
      };
      await expect(copyStore(from, { ...to, shown: 'to' }, breakOff)).rejects.toThrow('unplugged');
      expect(await toStore(to).counts()).toMatchObject({ mails: 0, threads: 0 });
      expect((await copyStore(from, { ...to, shown: 'to' })).mails).toBe(253);
      for (const { db } of [from, to]) await db.destroy();
    });
  });
}
