import { addRepair } from './draft.ts';
import type { Draft } from './draft.ts';
import { stripPrefixes } from './prefixes.ts';

/** A prefix in the middle of a line: two messages that lost the line end between them. */
const EMBEDDED = /\(XEN\) |\[ {0,6}\d{1,6}\.\d{6}\](?:\[ {0,9}[TC]\d{1,9}\])? /;

/** What serial loggers and consoles put in front of a stamp: a time, a host, a prompt. */
const LOGGER =
  /(?:^|\s)(?:\d\d:\d\d:\d\d\S{0,12}|\S{0,40} login:|\S{1,40}[:|>]|\*\* \d{1,9} printk messages dropped \*\*)\s*$/;

const MAX_PIECES = 50;

/**
 * Takes the prefixes off a line and splits it where another message begins in its middle.
 * A line without a prefix of its own is split only at a printk stamp: people write `(XEN)` in prose.
 */
export function splitGlued(draft: Draft): Draft[] {
  stripPrefixes(draft);
  const pieces = [draft];
  for (let last = draft; pieces.length < MAX_PIECES;) {
    const at = findEmbedded(last);
    if (at <= 0) break;
    const head = last.text.slice(0, at);
    const rest: Draft = {
      ...last,
      text: last.text.slice(at),
      stamp: '',
      console: null,
      caller: null,
      seconds: null,
      domain: null,
    };
    stripPrefixes(rest);
    addRepair(rest, 'split');
    if (last.stamp === '' && LOGGER.test(head)) pieces.pop();
    else last.text = head;
    pieces.push(rest);
    last = rest;
  }
  return pieces;
}

function findEmbedded(draft: Draft): number {
  const at = draft.text.search(EMBEDDED);
  if (at <= 0 || draft.stamp !== '') return at;
  if (draft.text.charCodeAt(at) !== 0x28) return at;
  return LOGGER.test(draft.text.slice(0, at)) ? at : -1;
}
