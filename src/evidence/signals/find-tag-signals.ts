import type { MessageId } from '../../model/message.ts';
import type { Signal } from '../../model/evidence.ts';
import type { TagLine } from '../prose/read-prose.ts';

/** Tags that tie a patch to a report, and a report to those who tried the patch; quoted tags are somebody else's. */
const TAGS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'tag:fixes', pattern: /^Fixes: (?<value>[0-9a-f]{7,40})\b/i },
  { name: 'tag:link', pattern: /^(?:Link|Closes|Resolves|Message-Id): ?<?(?<value>\S{3,300})>?$/i },
  { name: 'tag:reported-by', pattern: /^Reported-(?:and-\w+-)?by: (?<value>.{3,150})$/i },
  { name: 'tag:tested-by', pattern: /^(?:\w+-and-)?Tested-by: (?<value>.{3,150})$/i },
  { name: 'tag:reviewed-by', pattern: /^(?:Reviewed|Acked)-by: (?<value>.{3,150})$/i },
  { name: 'tag:signed-off-by', pattern: /^Signed-off-by: (?<value>.{3,150})$/i },
  { name: 'tag:backport', pattern: /^(?:Backport: (?<value>.{1,60})|Cc: .{0,60}stable@vger.{0,60})$/i },
];

/** The tags among a part's lines. */
export function findTagSignals(
  message: MessageId | { readonly id: MessageId },
  part: string,
  tags: readonly TagLine[],
): Signal[] {
  const id = typeof message === 'string' ? message : message.id;
  const found: Signal[] = [];
  for (const tag of tags.slice(0, 200)) {
    for (const { name, pattern } of TAGS) {
      const hit = pattern.exec(tag.text.slice(0, 400));
      if (!hit) continue;
      const value = hit.groups?.['value']?.replace(/[<>]$/, '') ?? null;
      found.push({ message: id, part, line: tag.line, quote: tag.text.slice(0, 200), depth: tag.depth, name, value });
      break;
    }
  }
  return found;
}
