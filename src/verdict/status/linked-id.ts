import { findMessageIds, type MessageId } from '../../model/message.ts';

const LAST = /(?:^|\/)(?<id>[^/\s<>]+@[^/\s<>]+?)\/?(?:[Tt]\/?)?(?:#\S*)?$/;

/**
 * The Message-ID that a link to a public archive ends in: `https://lore.kernel.org/xen-devel/<id>/`, `…/r/<id>`, `…/T/#u`,
 * or a bare id. `null` where it has none.
 */
export function toLinkedId(link: string): MessageId | null {
  const bare = link.slice(0, 500).replace(/[.,;)>\]]+$/, '');
  const last = LAST.exec(bare)?.groups?.['id'];
  return last === undefined ? null : (findMessageIds(decode(last))[0] ?? null);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
