import type { Digest, SectionName } from '../../digest/digest.ts';
import { toSnapshot } from '../../digest/snapshot.ts';
import { PLAIN } from '../../digest/style.ts';
import { writeHtml } from '../../digest/write-html.ts';
import { writeMarkdown } from '../../digest/write-markdown.ts';
import { writeText } from '../../digest/write-text.ts';
import { escapeMarkup } from '../../lib/markup.ts';
import { toSafeLine } from '../../lib/safe-text.ts';
import { wrap } from '../../lib/wrap.ts';
import type { LetterContent, Subscriber } from '../../model/subscriber.ts';
import { TOKEN_PLACE, toRootId } from './letters.ts';
import type { PostSettings } from './post-settings.ts';

const WIDTH = 72;

/** What a subject says of a digest, first things first. */
const IN_SUBJECT: readonly (readonly [SectionName, string, string])[] = [
  ['yours', 'needs you', 'need you'],
  ['needs', 'needs a human', 'need a human'],
  ['new', 'new report', 'new reports'],
  ['moved', 'moved', 'moved'],
];

/** A digest as the letter that one subscriber gets; `day` is theirs. */
export function toDigestContent(
  digest: Digest,
  {
    subscriber,
    day,
    settings,
  }: { readonly subscriber: Subscriber; readonly day: string; readonly settings: PostSettings },
): LetterContent {
  const { form } = subscriber;
  const foot = writeFoot(subscriber, settings);
  const plain = form === 'markdown' ? writeMarkdown(digest) : writeText(digest, PLAIN);
  return {
    subject: writeSubject(digest, day),
    text: form === 'html' ? '' : `${plain.trimEnd()}\n\n-- \n${foot.join('\n')}\n`,
    html: form === 'html' || form === 'both' ? withFoot(writeHtml(digest), foot) : null,
    snapshot: toSnapshot(digest),
    references: [toRootId(subscriber, settings)],
  };
}

/** `xen-devel, 2025-04-02: 2 need a human, 3 new reports`. */
function writeSubject({ list, sections }: Digest, day: string): string {
  const counts = IN_SUBJECT.flatMap(([name, one, many]) => {
    const section = sections.find((each) => each.name === name);
    const count = section === undefined ? 0 : section.entries.length + section.more;
    return count === 0 ? [] : [`${String(count)} ${count === 1 ? one : many}`];
  });
  return toSafeLine(`${list}, ${day}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`, 200);
}

function writeFoot({ address, filter, rhythm }: Subscriber, { origin, list }: PostSettings): string[] {
  const wanted = filter === '' ? '' : `, for ${filter}`;
  return [
    ...wrap(`The digest of ${list} for ${address}${wanted}; ${rhythm.at}, ${rhythm.zone}.`, WIDTH),
    ...wrap('Answers may hold commands, one a line: fixed REF, dup REF REF, snooze REF 7d, undo, help.', WIDTH),
    `They are obeyed with this line in them: heddle-token ${TOKEN_PLACE}`,
    ...(origin === null
      ? ['No more of it: answer with unsubscribe.']
      : [`No more of it: ${origin}/unsubscribe/${TOKEN_PLACE}`]),
  ];
}

const END = '</td></tr></table></body></html>';

function withFoot(html: string, foot: readonly string[]): string {
  // Escaping takes control characters away.
  const lines = foot.map((line) => line.split(TOKEN_PLACE).map(escapeMarkup).join(TOKEN_PLACE));
  const block = `<p class="soft" style="color:#666;font-size:12px;margin:12px 0 0">${lines.join('<br>')}</p>`;
  const at = html.lastIndexOf(END);
  return at < 0 ? `${html}${block}` : `${html.slice(0, at)}${block}\n${html.slice(at)}`;
}
