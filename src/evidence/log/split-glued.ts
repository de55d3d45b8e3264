import { addRepair } from './draft.ts';
import type { Draft } from './draft.ts';
import { stripPrefixes } from './prefixes.ts';

/** A prefix in the middle of a line: two messages that lost the line end between them. */
const EMBEDDED = /\(XEN\) |\[ {0,6}\d{1,6}\.\d{6}\](?:\[ {0,9}[TC]\d{1,9}\])? /;

/** What serial loggers and consoles put in front of a stamp: a time, a host, a prompt. */
const LOGGER =
  /(?:^|\s)(?:\d\d:\d\d:\d\d\S{0,12}|\S{0,40} login:|\S{1,40}[:|>]|\*\* \d{1,9} printk messages dropped \*\*)\s*$/;

const MAX_PIECES = 5000;

/**
 * Takes the prefixes off a line, splits it where another message begins in its middle, and adds the pieces to a list.
 * A line without a prefix of its own is split only at a printk stamp: people write `(XEN)` in prose.
 */
export function splitGlued(draft: Draft, pieces: Draft[]): void {
  stripPrefixes(draft);
  pieces.push(draft);
  let last = draft;
  for (let count = 1; count < MAX_PIECES; count += 1) {
    const at = findEmbedded(last);
    if (at <= 0) return;
    const head = last.text.slice(0, at);
    const rest: Draft = { ...last, text: last.text.slice(at), ...UNSTAMPED };
    stripPrefixes(rest);
    addRepair(rest, 'split');
    if (last.stamp === '' && isLogger(head)) pieces.pop();
    else last.text = head;
    pieces.push(rest);
    last = rest;
  }
}

/** Whether what stands before a stamp is the prefix of a logger, and no message. */
function isLogger(head: string): boolean {
  return head.length <= 80 && (head.trim() === '' || LOGGER.test(head));
}

const UNSTAMPED = { stamp: '', console: null, caller: null, seconds: null, domain: null } as const;

function findEmbedded(draft: Draft): number {
  const at = draft.text.search(EMBEDDED);
  if (at <= 0 || draft.stamp !== '') return at;
  if (draft.text.charCodeAt(at) !== 0x28) return at;
  const head = draft.text.slice(0, at);
  return isLogger(head) || /^[*=-]{10,200}$/.test(head) ? at : -1;
}
