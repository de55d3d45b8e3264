import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openBudget, openFolderLedger, openMemoryLedger } from '../../../src/edges/llm/daily-budget.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-budget-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOON = new Date('2024-05-16T12:00:00Z');

function makeClock(first = NOON) {
  let now = first;
  return { now: () => now, set: (text: string) => void (now = new Date(text)) };
}

describe.each([
  { name: 'in memory', open: openMemoryLedger },
  { name: 'in a folder', open: () => openFolderLedger(mkdtempSync(join(folder, 'ledger-'))) },
])('a budget $name', ({ open }) => {
  it('allows so many requests a day, and as many on the next', () => {
    const clock = makeClock();
    const budget = openBudget({ requests: 2, tokens: 1000 }, open(), clock);
    const first = [budget.take(10), budget.take(10), budget.take(10)];
    clock.set('2024-05-17T00:00:00Z');
    const next = budget.take(10);

    expect(first).toEqual([null, null, 'the 2 requests of 2024-05-16 are spent']);
    expect(next).toBeNull();
  });

  it('allows so many tokens a day, counts what was really used, and takes nothing for what it denied', () => {
    const budget = openBudget({ requests: 100, tokens: 1000 }, open(), makeClock());
    const answers = [budget.take(600), budget.take(600), budget.take(400)];
    budget.settle(600, 100);
    answers.push(budget.take(500), budget.take(1));

    expect(answers).toEqual([
      null,
      'the 1000 tokens of 2024-05-16 are spent',
      null,
      null,
      'the 1000 tokens of 2024-05-16 are spent',
    ]);
  });
});

describe('a budget in a folder', () => {
  it('is shared by all who use the folder', () => {
    const shared = join(folder, 'shared');
    const open = () => openBudget({ requests: 3, tokens: 1000 }, openFolderLedger(shared), makeClock());
    const [one, two] = [open(), open()];
    const answers = [one.take(1), two.take(1), one.take(1), two.take(1)];

    expect(answers.map((answer) => answer === null)).toEqual([true, true, true, false]);
    expect(readdirSync(shared)).toEqual(['spent-2024-05-16.txt']);
  });

  it('allows nothing where it cannot be kept', () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const budget = openBudget({ requests: 3, tokens: 1000 }, openFolderLedger(join(file, 'below')), makeClock());

    expect(budget.take(1)).toMatch(/^what is spent cannot be kept: /);
  });

  it('passes over lines that are no entries', () => {
    const damaged = join(folder, 'damaged');
    const budget = openBudget({ requests: 2, tokens: 1000 }, openFolderLedger(damaged), makeClock());
    budget.take(1);
    writeFileSync(join(damaged, 'spent-2024-05-16.txt'), '1 10\nnonsense\n\n1 5', { flag: 'w' });

    expect(budget.take(1)).toMatch(/requests of 2024-05-16 are spent/);
  });
});
