import { wrap } from '../../lib/wrap.ts';
import { toSafeLine, toSafeText } from '../../lib/safe-text.ts';
import type { ReleaseItem, ReleaseView } from '../digest.ts';
import { toLetter, writeReleaseState } from './release-lines.ts';

const WIDTH = 72;

/**
 * The list of a release in the form in which release managers of Xen post it (`domain.md` 1.5): open issues and closed ones,
 * lettered through, each with who knows of it and what they said, quoted. Plain text of 72 columns, ready to be pasted after
 * a look; ends with a line end.
 */
export function writeRelease({ release, open, closed }: ReleaseView): string {
  const lines = [
    ...writeTitle('OPEN ISSUES', '-'),
    ...(open.length === 0 ? ['', 'none'] : open.flatMap((item, at) => writeItem(item, at))),
    '',
    ...writeTitle('CLOSED ISSUES', '='),
    ...(closed.length === 0 ? ['', 'none'] : closed.flatMap((item, at) => writeItem(item, open.length + at))),
  ];
  const since = release.since === null ? '' : ` since ${release.since}`;
  return `${toSafeText([`Xen ${release.name}: issues${since}`, '', ...lines].join('\n'))}\n`;
}

function writeTitle(title: string, rule: string): string[] {
  return [title, rule.repeat(title.length)];
}

function writeItem({ entry, matter, reasons, informants }: ReleaseItem, at: number): string[] {
  const { title, url, id, environment } = entry;
  return [
    '',
    ...wrap(title, WIDTH, `${toLetter(at)}. `),
    'Information from',
    ...informants.map((name) => `  ${toSafeLine(name, 100)}`),
    ...reasons.flatMap((reason) => wrap(reason, WIDTH, '| ', '| ')),
    ...(environment === '' ? [] : wrap(`Seen with ${environment}.`, WIDTH)),
    ...wrap(`${writeReleaseState({ entry, matter })}.`, WIDTH),
    url ?? `Message-ID: <${id}>`,
  ];
}
