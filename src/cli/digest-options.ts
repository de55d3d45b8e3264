import { readFilter } from '../digest/filter/read-filter.ts';
import type { DigestOptions } from '../digest/compose-digest.ts';
import { needsReader, type Filter } from '../digest/filter/filter.ts';
import type { Digest } from '../digest/digest.ts';
import type { Style } from '../digest/style.ts';
import { writeAtom } from '../digest/write-atom.ts';
import { writeHtml } from '../digest/write-html.ts';
import { writeJson } from '../digest/write-json.ts';
import { writeMarkdown } from '../digest/write-markdown.ts';
import { writeText } from '../digest/write-text.ts';
import type { Window } from '../model/digest.ts';
import { toWindow, type DigestPorts, type DigestStore } from '../pipeline/digest-of.ts';
import { gapsOf, type GapStore } from '../pipeline/gaps/gaps-of.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { toKnowledge } from './knowledge.ts';

export type Format = 'text' | 'markdown' | 'html' | 'json' | 'atom';

export const WRITERS: Readonly<Record<Format, (digest: Digest, style: Style) => string>> = {
  text: writeText,
  markdown: writeMarkdown,
  html: writeHtml,
  json: writeJson,
  atom: writeAtom,
};

/** What the commands that write digests have in common. */
export interface ShapeOption {
  readonly filter?: string;
  readonly component?: string;
  readonly me?: string;
}

/** The filter and the reader that the options name. Throws a usage failure where a filter cannot be read. */
export function readShape({ filter, component, me }: ShapeOption): DigestOptions {
  const reader = (me ?? '').split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
  const text = [filter ?? '', component === undefined ? '' : `component:"${component}"`].join(' ').trim();
  const read = text === '' ? null : readNamed(text);
  if (read !== null && needsReader(read) && reader.length === 0) {
    throw new CommandFailure('--filter speaks of me: say who that is, with --me ADDRESS', EXIT.usage);
  }
  return { filter: read, reader };
}

function readNamed(text: string): Filter {
  const read = readFilter(text);
  if (read.kind === 'wrong') throw new CommandFailure(`--filter: ${read.reason}`, EXIT.usage);
  return read.filter;
}

/** A day that somebody typed, as a window. Throws a usage failure where it is none. */
export function readDay(day: string): Window {
  try {
    return toWindow(day);
  } catch (error) {
    if (error instanceof RangeError) throw new CommandFailure(error.message, EXIT.usage, error);
    throw error;
  }
}

/** What digests are drawn from: the store, the trees, and what the settings say. `seen` tells what could not be seen. */
export function toDigestPorts(
  context: Context,
  { store, seen, list }: { readonly store: DigestStore; readonly seen: GapStore; readonly list: string | undefined },
): DigestPorts {
  const { config } = context;
  const now = context.now.toISOString();
  return {
    store,
    trees: toKnowledge(context, undefined).trees,
    list: list ?? config.list,
    release: config.release,
    archive: config.archive,
    // The window may not be over yet.
    findBlindSpots: async ({ to }) => (await gapsOf(to < now ? to : now, seen)).map(({ text }) => text),
  };
}
