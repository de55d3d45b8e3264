import { composeDigest } from '../digest/compose-digest.ts';
import { digestOf } from '../pipeline/digest-of.ts';
import type { Store } from '../ports.ts';
import type { Context } from './context.ts';
import { readDay, readShape, toDigestPorts, WRITERS, type Format, type ShapeOption } from './digest-options.ts';
import { EXIT } from './failure.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption, ShapeOption {
  readonly day?: string;
  readonly format: Format;
  readonly list?: string;
  readonly for?: string;
}

const DAY = 86_400_000;

/** `heddle digest [--day D]`: the digest of a UTC day, as it would have been at its end. */
export async function runDigest(_args: readonly [], options: Options, context: Context): Promise<number> {
  const yesterday = new Date(context.now.getTime() - DAY).toISOString().slice(0, 10);
  const window = readDay(options.day ?? yesterday);
  const shape = readShape(options);
  return withStore({ option: options, context, must: 'exist' }, async (store) => {
    if (options.for !== undefined) {
      const { previewDigest } = await import('./preview-digest.ts');
      const wanted = { address: options.for, day: options.day, list: options.list };
      return previewDigest(wanted, { store, context });
    }
    const source = await digestOf(window, toDigestPorts(context, { store, seen: store, list: options.list }));
    await context.stdout.write(WRITERS[options.format](composeDigest(source, shape), context.style));
    if (source.counts.mails === 0) await tellEmpty(store, context);
    return EXIT.ok;
  });
}

/** An empty day of a store that ends long before is most likely a question about another day. */
async function tellEmpty(store: Store, { stderr }: Context): Promise<void> {
  for await (const { lastActivityAt } of store.threads({ limit: 1 })) {
    const day = lastActivityAt?.slice(0, 10);
    if (day !== undefined)
      await stderr.write(`heddle: nothing on that day; the newest mail is of ${day} (--day ${day})\n`);
  }
}
