import { openSqliteStore } from '../../../src/edges/store/open-sqlite-store.ts';
import { testPostBook } from './post-contract.ts';
import { uniteForTest } from './make-ingested.ts';

testPostBook('SQLite', () => openSqliteStore(':memory:', { unite: uniteForTest }));
