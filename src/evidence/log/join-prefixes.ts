import { addRepair } from './draft.ts';
import type { Draft } from './draft.ts';
import { isWide } from './join-wraps.ts';

/** A console prefix at the end of a line, or one whose stamp was broken: what it stood before is on the next line. */
const DANGLING = /(?:\S|^)\(XEN\)\s{0,4}(?<stamp>\[\s{0,8})?$/;
const PREFIXED = /^\s{0,8}(?:\(XEN\)|\(d\d)/;

/**
 * Joins a line that ends in a console prefix with the next one, where the first word of that would not have fitted.
 * A prefix alone on its line is an empty line of the console and stays.
 */
export function joinPrefixes(drafts: readonly Draft[], isLog: (draft: Draft) => boolean): Draft[] {
  const joined: Draft[] = [];
  for (const draft of drafts) {
    const above = joined.at(-1);
    if (!above || !isLog(draft) || !isBroken(above, draft)) {
      joined.push(draft);
      continue;
    }
    above.text = `${above.text.trimEnd()} ${draft.text.trim()}`;
    above.last = draft.last;
    addRepair(above, 'join');
  }
  return joined;
}

function isBroken(above: Draft, draft: Draft): boolean {
  if (above.depth !== draft.depth || draft.text.trim() === '' || PREFIXED.test(draft.text)) return false;
  const dangling = DANGLING.exec(above.text.slice(-100));
  if (!dangling) return false;
  if (dangling.groups?.['stamp'] !== undefined) return /^\s{0,8}\d{1,9}\.\d{6}\]/.test(draft.text);
  return above.text.trim() !== '(XEN)' && isWide(above.raw, draft.text);
}
