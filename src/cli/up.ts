import { toSafeLine } from '../lib/safe-text.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { serve } from './serve.ts';
import { runWatch } from './watch.ts';
import type { StoreOption } from './with-store.ts';

interface Options extends StoreOption {
  readonly host: string;
  readonly port: string;
}

/** `heddle up`: the pages, and beside them every mailbox and archive that is followed, in one process, until it is asked to end. */
export async function runUp(_args: readonly [], options: Options, context: Context): Promise<number> {
  let code: number = EXIT.ok;
  await serve(options, context, async () => {
    code = await watchBeside(options, context);
  });
  return code;
}

/** The pages stay where nothing can be followed; why is told once. */
async function watchBeside({ store }: StoreOption, context: Context): Promise<number> {
  try {
    return await runWatch([], store === undefined ? {} : { store }, context);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    await context.stderr.write(`heddle: ${toSafeLine(error.message, 500)}; the pages stay\n`);
    return EXIT.ok;
  }
}
