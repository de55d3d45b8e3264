import { toSafeLine } from '../lib/safe-text.ts';
import { writeSafeJson } from '../lib/safe-json.ts';
import type { SearchHit } from '../ports.ts';
import type { Style } from '../digest/style.ts';
import type { Context } from './context.ts';
import { EXIT } from './failure.ts';
import { readCount } from './knowledge.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly json?: true;
  readonly limit: string;
}

/** `heddle search WORDS`: mails of the store that hold all the words, best first. */
export async function runSearch(
  [words]: readonly [readonly string[]],
  options: Options,
  context: Context,
): Promise<number> {
  const limit = readCount(options.limit, '--limit');
  const hits = await withStore({ option: options, context, must: 'exist' }, (store) =>
    store.search(words.join(' '), limit),
  );
  if (options.json === true) await context.stdout.write(`${writeSafeJson({ hits })}\n`);
  else for (const hit of hits) await context.stdout.write(writeHit(hit, context.style));
  if (hits.length === 0 && options.json !== true)
    await context.stderr.write('heddle: no mail holds all of these words\n');
  return EXIT.ok;
}

function writeHit({ subject, from, date, snippet, message }: SearchHit, style: Style): string {
  const day = date?.slice(0, 10) ?? 'undated   ';
  const words = toSafeLine(snippet, 300).replace(/\s+/g, ' ');
  return [
    `${day}  ${style.bold(toSafeLine(subject, 200) || '(no subject)')}  ${toSafeLine(from, 100)}`,
    `            ${words}`,
    `            ${style.dim(toSafeLine(message, 500))}`,
    '',
  ].join('\n');
}
