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
