import type { Mend } from '../model/digest.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { toLink } from '../lib/markup.ts';
import type { Fold } from './digest.ts';

const MOST = 5;

/**
 * Patches of the window that mend an earlier commit and ask for no backport, those that name a reporter first: whether a
 * released branch has the mended commit is for a person to see.
 */
export function foldBackports(mends: readonly Mend[]): Fold[] {
  const sorted = [...mends].sort(
    (a, b) => Number(b.reportedBy !== null) - Number(a.reportedBy !== null) || (a.title < b.title ? -1 : 1),
  );
  const more = sorted.length - MOST;
  return [
    ...sorted.slice(0, MOST).map(({ title, url, fixes, reportedBy }) => {
      const reporter =
        reportedBy === null ? '' : `; reported by ${toSafeLine(reportedBy.replace(/<.*$/s, '').trim(), 60)}`;
      return { text: `${toSafeLine(title, 160)} (${toSafeLine(fixes, 76)}${reporter})`, mails: 1, url: toLink(url) };
    }),
    ...(more > 0 ? [{ text: `and ${more} more`, mails: more, url: null }] : []),
  ];
}
