import type { Command } from 'commander';
import type { Context } from './context.ts';

/** A command takes its arguments and options, writes, and answers with the exit code. */
export type Run<A extends readonly unknown[], O> = (args: A, options: O, context: Context) => Promise<number>;

/** Makes the context once the global options are known; keeps the exit code that a command ends with. */
export interface Host {
  readonly toContext: (verbose: boolean) => Context;
  readonly end: (exitCode: number) => void;
}

export const JSON_OPTION = ['--json', 'write JSON for programs'] as const;

/** Commander hands over arguments, then options, then the command itself. */
export function lazily<A extends readonly unknown[], O>(host: Host, load: () => Promise<Run<A, O>>) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const args = given.slice(0, -2) as unknown as A;
    const { verbose, ...options } = command.optsWithGlobals<{ verbose?: boolean }>();
    const run = await load();
    host.end(await run(args, options as O, host.toContext(verbose === true)));
  };
}

/** A block of examples for the end of a help text: a command line, and what it is for. */
export function examples(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([line]) => line.length));
  const lines = rows.map(([line, what]) => `  $ ${what === '' ? line : `${line.padEnd(width)}   ${what}`}`);
  return `\nExamples:\n${lines.join('\n')}`;
}
