import type { Readable } from 'node:stream';
import pc from 'picocolors';
import type { Config } from '../config.ts';
import { PLAIN, type Style } from '../digest/style.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { ReadFailure } from '../ports.ts';
import type { Output } from './output.ts';

/** What every command is given: where to write, how, and what time it is. */
export interface Context {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly config: Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly verbose: boolean;
  readonly now: Date;
  /** Colours for standard output; plain where it is no terminal. */
  readonly style: Style;
}

/** Colours where a person watches and has not said no; plain elsewhere. */
export function toStyle(output: Output, colour: boolean): Style {
  if (!output.isTerminal || !colour) return PLAIN;
  const { bold, dim, red, green, yellow, cyan } = pc.createColors(true);
  return { bold, dim, red, green, yellow, cyan };
}

/** One line to standard error, only with `-v`. */
export async function note(context: Context, text: string): Promise<void> {
  if (context.verbose) await context.stderr.write(`heddle: ${toSafeLine(text, 500)}\n`);
}

const MOST_FAILURES = 20;

/** Names every input that could not be read on standard error, one line each (all of them with `-v`). */
export async function tellFailures(context: Context, failures: readonly ReadFailure[]): Promise<void> {
  await tellEach(context, failures, 'could not be read');
}

/** Names every mail that was read in part, with what was left out, the same way. It is no failure. */
export async function tellCuts(context: Context, cuts: readonly ReadFailure[]): Promise<void> {
  await tellEach(context, cuts, 'were read in part');
}

async function tellEach(context: Context, failures: readonly ReadFailure[], what: string): Promise<void> {
  const shown = context.verbose ? failures : failures.slice(0, MOST_FAILURES);
  for (const { origin, reason } of shown) {
    await context.stderr.write(`heddle: ${toSafeLine(origin, 300)}: ${toSafeLine(reason, 500)}\n`);
  }
  const left = failures.length - shown.length;
  if (left > 0) await context.stderr.write(`heddle: and ${left} more that ${what} (-v names them all)\n`);
}
