/** Imports an mbox into a store, to be killed on the way: `tsx import-driver.ts MBOX STORE`. Prints how many mails were new. */
import { openSqliteStore } from '../../../src/edges/store/open-sqlite-store.ts';
import { openMail } from '../../../src/mailbox/open-mail.ts';
import { importMail } from '../../../src/pipeline/import-mail.ts';
import { uniteCopies } from '../../../src/thread/unite-copies.ts';

const [mbox = '', file = ''] = process.argv.slice(2);
const store = await openSqliteStore(file, { unite: uniteCopies });
const { added } = await importMail([openMail(mbox)], {
  store,
  trees: { all: [] },
  asOf: new Date('2024-06-01T00:00:00.000Z'),
});
await store.close();
console.log(`${added} new`);
