import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runHeddle } from './run-heddle.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('heddle doctor', () => {
  it('names mails with lines that look like frames of a log that cannot be read', async () => {
    const frames = Array.from({ length: 12 }, (_, at) => ` 0x12${at}: in yarn_${at}+0x${at + 10}/0x90 deep\n`);
    const path = join(folder, 'drift.eml');
    const head = 'From: Robin <robin@example.org>\nMessage-ID: <drift@example.org>\nSubject: A new kind of log\n';
    writeFileSync(path, `${head}Date: Thu, 28 Sep 2017 08:42:00 +0000\n\nHello,\n\n${frames.join('')}\nRobin\n`);
    const store = join(folder, 'heddle.db');
    await runHeddle(['import', path, '--store', store]);
    const { exitCode, out } = await runHeddle(['doctor', '--store', store]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/ok {5} format drift *12 lines look like frames of a log that heddle cannot read\n/);
    expect(out).toMatch(/\n {25}2017-09-28 {2}A new kind of log {2}12 lines in drift@example\.org\n/);
  });
});
