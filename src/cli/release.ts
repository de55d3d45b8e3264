import { composeEntries } from '../digest/compose-digest.ts';
import { toReleaseView } from '../digest/release/to-release-view.ts';
import { writeRelease } from '../digest/release/write-release.ts';
import { digestOf } from '../pipeline/digest-of.ts';
import type { Context } from './context.ts';
import { readDay } from './digest-options.ts';
import { EXIT } from './failure.ts';
import { toKnowledge } from './knowledge.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly name?: string;
  readonly since?: string;
  readonly day?: string;
}

/** `heddle release`: the open and the closed issues of the release that is being made, in the form of a release manager's mail. */
export async function runRelease(_args: readonly [], options: Options, context: Context): Promise<number> {
  const window = readDay(options.day ?? context.now.toISOString().slice(0, 10));
  const since = options.since === undefined ? undefined : readDay(options.since).from.slice(0, 10);
  return withStore({ option: options, context, must: 'exist' }, async (store) => {
    const { trees } = toKnowledge(context, undefined);
    const { list, archive, release } = context.config;
    // Whoever asks wants the whole list, frozen or not.
    const setting = {
      name: options.name ?? release.name,
      since: since ?? release.since,
      freeze: window.from.slice(0, 10),
    };
    const source = await digestOf(window, { store, trees, list, archive, release: setting });
    const view =
      source.release &&
      toReleaseView(composeEntries(source), {
        release: source.release,
        words: source.releaseWords ?? new Map(),
        capped: false,
      });
    if (!view) await context.stderr.write('heddle: nobody calls anything a blocker, and no regression is known\n');
    else await context.stdout.write(writeRelease(view));
    return EXIT.ok;
  });
}
