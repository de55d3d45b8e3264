import cliProgress from 'cli-progress';
import type { Context } from './context.ts';

/** Work shorter than this shows no progress: it would only flicker. */
const QUIET_MS = 1000;
/** Where nobody watches, a plain line now and then. */
const PLAIN_EVERY_MS = 5000;

export interface Progress {
  /** Says how far the work is. */
  readonly at: (count: number) => void;
  /** Takes the bar off the screen; the last count is kept as a line where no bar was possible. */
  readonly end: () => void;
}

/**
 * Shows on standard error how far a piece of work is: a bar on a terminal, plain lines elsewhere, nothing for the first second.
 * `what` is the noun that is counted: `mails`. How many there will be is not known: mail is read as a stream.
 */
export function startProgress({ stderr }: Pick<Context, 'stderr'>, what: string): Progress {
  const started = Date.now();
  let shown = started;
  let bar: cliProgress.SingleBar | null = null;
  const rate = (count: number) => Math.round(count / Math.max(0.001, (Date.now() - started) / 1000));
  return {
    at: (count) => {
      const now = Date.now();
      if (now - started < QUIET_MS) return;
      if (stderr.isTerminal) {
        bar ??= openBar(stderr.stream, what);
        bar.update(count, { rate: rate(count) });
      } else if (now - shown >= PLAIN_EVERY_MS) {
        shown = now;
        stderr.stream.write(`heddle: ${count} ${what}, ${rate(count)}/s\n`);
      }
    },
    end: () => bar?.stop(),
  };
}

function openBar(stream: NodeJS.WritableStream, what: string): cliProgress.SingleBar {
  const bar = new cliProgress.SingleBar({
    format: `{value} ${what} · {rate}/s · {duration_formatted}`,
    stream,
    hideCursor: true,
    clearOnComplete: true,
    fps: 5,
  });
  bar.start(0, 0, { rate: 0 });
  return bar;
}
