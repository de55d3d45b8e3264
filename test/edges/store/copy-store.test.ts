import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openSqlite } from '../../../src/edges/store/open-sqlite-store.ts';
import { testCopy } from './copy-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-copy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const open = () => openSqlite(join(folder, `${(files += 1)}.db`));

testCopy('SQLite to SQLite', open, open);
