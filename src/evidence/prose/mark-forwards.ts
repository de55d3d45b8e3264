import type { Line } from '../../model/message.ts';

const BANNER = /^-{2,} ?(?:Original Message|Forwarded [Mm]essage|Weitergeleitete Nachricht|Message d'origine)/i;
const RULE = /^-{3,}$/;
const FIELD = /^(?:From|Von|De): \S/;
const FOLLOWERS = /^(?:Sent|Date|To|Subject|Cc|Gesendet|An|Betreff): /;

/**
 * Some mailers quote without marks: a banner, or a block of From:/Sent:/To:/Subject: lines, and then the whole mail.
 * Lines below such a block are given one depth more; they end at a rule of dashes where one stood above the block.
 */
export function markForwards(lines: readonly Line[]): readonly Line[] {
  const begin = lines.findIndex((line, at) => line.depth === 0 && isBlock(lines, at));
  if (begin < 0) return lines;
  const fenced = RULE.test(lines[begin - 1]?.text.trim() ?? '');
  let open = true;
  return lines.map((line, at) => {
    if (at < begin || !open) return line;
    if (fenced && at > begin && RULE.test(line.text.trim())) open = false;
    return { ...line, depth: line.depth + 1 };
  });
}

function isBlock(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  const first = text.charCodeAt(0);
  if (first === 45) return BANNER.test(text);
  if ((first !== 70 && first !== 86 && first !== 68 && first !== 42) || !FIELD.test(text.replaceAll('*', '')))
    return false;
  let followers = 0;
  for (let i = at + 1; i <= at + 5; i += 1) {
    if (FOLLOWERS.test((lines[i]?.text ?? '').replaceAll('*', ''))) followers += 1;
  }
  return followers >= 2;
}
