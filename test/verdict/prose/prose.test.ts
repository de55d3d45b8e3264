import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toGenre } from '../../../src/verdict/genre/to-genre.ts';
import { toRegression } from '../../../src/verdict/regression/to-regression.ts';
import { makeView } from '../make-view.ts';
import { readProseMails } from './read-prose-mails.ts';

const toldAs = ({ subject, body }: { readonly subject: string; readonly body: string }): string =>
  toGenre(makeView([{ subject, body }])).genre;

/** Reports without a trace, as users, packagers and developers write them. What is missed is weighed, not listed: no row may be fitted. */
describe('reports in prose', () => {
  it('are known for reports, nine of ten', () => {
    const mails = readProseMails('reports.txt');
    const missed = mails.filter((mail) => toldAs(mail) !== 'report');
    expect(missed.length).toBeLessThanOrEqual(mails.length / 10);
  });

  it('are not seen in what is none, nine of ten', () => {
    const mails = readProseMails('others.txt');
    const wrong = mails.filter((mail) => toldAs(mail) !== mail.genre);
    expect(wrong.length).toBeLessThanOrEqual(mails.length / 10);
  });
});

/** Each line: what is said, ` => `, the last good and the first bad version, or `null` where nothing is claimed. */
describe('ranges in prose', () => {
  const rows = readFileSync(join(import.meta.dirname, 'ranges.txt'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(' => '))
    .map((line): [string, string] => {
      const [body = '', expected = ''] = line.split(' => ');
      return [body, expected];
    });

  it.each(rows)('%s', (body, expected) => {
    const { regression } = toRegression(makeView([{ subject: 'Trouble with a guest', body }]));
    expect(regression === null ? 'null' : `${regression.lastGood ?? '?'}..${regression.firstBad ?? '?'}`).toBe(
      expected,
    );
  });
});

interface Wording {
  readonly good: string;
  readonly bad: string;
  readonly commit: string;
  readonly component: string;
  readonly text: string;
}

/** As many of them as real people may invent. What is missed is weighed, not listed: no row may be fitted. */
describe('wordings of regressions', () => {
  const rows: readonly Wording[] = readFileSync(join(import.meta.dirname, 'wordings.txt'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('|') && !line.startsWith('#'))
    .map((line) => {
      const [good = '', bad = '', commit = '', component = '', ...rest] = line.split('|');
      return { good, bad, commit, component, text: rest.join('|').replaceAll('\\n', '\n') };
    });
  const read = ({ text }: Wording) => toRegression(makeView([{ subject: 'Trouble with a guest', body: text }]));
  const isEnd = (found: string | null, wanted: string): boolean =>
    found === null ? wanted === '-' : found === wanted || found === `${wanted}.y` || found.endsWith(` ${wanted}`);

  it('are read with the right versions, program and commit, nineteen of twenty', () => {
    const claims = rows.filter(({ good }) => good !== 'NONE');
    const missed = claims.filter((row) => {
      const { regression, component } = read(row);
      const ends = regression !== null && isEnd(regression.lastGood, row.good) && isEnd(regression.firstBad, row.bad);
      return !ends || !isEnd(regression.commit, row.commit) || (row.component !== '-' && component !== row.component);
    });
    expect(claims.length).toBeGreaterThan(120);
    expect(missed.length).toBeLessThanOrEqual(claims.length / 20 + 1);
  });

  it('are not seen where nobody says that it worked before', () => {
    const silent = rows.filter(({ good }) => good === 'NONE');
    expect(silent.length).toBeGreaterThan(80);
    expect(silent.filter((row) => read(row).regression !== null).map(({ text }) => text)).toEqual([]);
  });
});
