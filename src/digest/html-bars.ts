import { escapeMarkup as escape } from '../lib/markup.ts';
import type { Digest } from './digest.ts';
import { GREY, TABLE, TINTS } from './html-style.ts';

/** The narrowest piece of a bar that can still be seen, in percent. */
const LEAST = 2;

/** The mails of a window by kind as one bar, with the words below: cells of a table, so that nothing has to be fetched. */
export function writeMixBar(mix: Digest['mix']): string[] {
  const all = mix.reduce((sum, { mails }) => sum + mails, 0);
  if (all === 0) return [];
  const cells = mix.map(({ name, mails }) => {
    const width = Math.max(LEAST, Math.round((100 * mails) / all));
    return `<td width="${width}%" style="background:${toTint(name)};height:10px;font-size:0;line-height:0">&nbsp;</td>`;
  });
  const words = mix.map(
    ({ name, mails }) =>
      `<span style="white-space:nowrap"><span style="color:${toTint(name)}">&#9632;</span> ${escape(name)} ${mails}</span>`,
  );
  return [
    `${TABLE} width="100%" style="margin:14px 0 4px"><tr>${cells.join('')}</tr></table>`,
    `<p class="soft" style="color:${GREY};font-size:13px;margin:0">Mails: ${words.join(' &nbsp; ')}</p>`,
  ];
}

function toTint(name: string): string {
  return TINTS[name] ?? GREY;
}

/** Waiting so long fills the whole rail. */
const FULL_DAYS = 30;

/** How long something has waited, as a short rail that fills in a month; `days` stands beside it in words. */
export function writeWaitBar(days: number): string {
  const filled = Math.max(LEAST, Math.min(100, Math.round((100 * days) / FULL_DAYS)));
  const rest = 100 - filled;
  const empty =
    rest === 0 ? '' : `<td class="rail" width="${rest}%" style="background:#e3e6ea;height:6px;font-size:0">&nbsp;</td>`;
  const tint = days >= FULL_DAYS / 2 ? TINTS['reports'] : TINTS['questions'];
  return (
    `${TABLE} width="100%"><tr><td width="${filled}%" style="background:${tint ?? GREY};height:6px;font-size:0">&nbsp;</td>` +
    `${empty}</tr></table>`
  );
}
