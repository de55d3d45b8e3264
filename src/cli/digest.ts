import { composeDigest, isEmpty } from '../digest/compose-digest.ts';
import type { Digest } from '../digest/digest.ts';
import { writeAtom } from '../digest/write-atom.ts';
import { writeHtml } from '../digest/write-html.ts';
import { writeJson } from '../digest/write-json.ts';
import { writeMarkdown } from '../digest/write-markdown.ts';
import { writeText } from '../digest/write-text.ts';
import type { Style } from '../digest/style.ts';
import type { Window } from '../model/digest.ts';
import { digestOf, toWindow } from '../pipeline/digest-of.ts';
import type { Store } from '../ports.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { toKnowledge } from './knowledge.ts';
import { withStore, type StoreOption } from './with-store.ts';

type Format = 'text' | 'markdown' | 'html' | 'json' | 'atom';

const WRITERS: Readonly<Record<Format, (digest: Digest, style: Style) => string>> = {
  text: writeText,
  markdown: writeMarkdown,
  html: writeHtml,
  json: writeJson,
  atom: writeAtom,
};

interface Options extends StoreOption {
  readonly day?: string;
  readonly format: Format;
  readonly list?: string;
}

const DAY = 86_400_000;

/** `heddle digest [--day D]`: the digest of a UTC day, as it would have been at its end. */
export async function runDigest(_args: readonly [], options: Options, context: Context): Promise<number> {
  const yesterday = new Date(context.now.getTime() - DAY).toISOString().slice(0, 10);
  const window = readDay(options.day ?? yesterday);
  return withStore({ option: options, context, must: 'exist' }, async (store) => {
    const { trees } = toKnowledge(context, undefined);
    const digest = composeDigest(await digestOf(window, { store, trees, list: options.list ?? context.config.list }));
    await context.stdout.write(WRITERS[options.format](digest, context.style));
    if (isEmpty(digest)) await tellEmpty(store, context);
    return EXIT.ok;
  });
}

function readDay(day: string): Window {
  try {
    return toWindow(day);
  } catch (error) {
    if (error instanceof RangeError) throw new CommandFailure(error.message, EXIT.usage, error);
    throw error;
  }
}

/** An empty day of a store that ends long before is most likely a question about another day. */
async function tellEmpty(store: Store, { stderr }: Context): Promise<void> {
  for await (const { lastActivityAt } of store.threads({ limit: 1 })) {
    const day = lastActivityAt?.slice(0, 10);
    if (day !== undefined)
      await stderr.write(`heddle: nothing on that day; the newest mail is of ${day} (--day ${day})\n`);
  }
}
