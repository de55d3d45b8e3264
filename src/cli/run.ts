import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CommanderError, type Command } from 'commander';
import { readConfig } from '../config.ts';
import { toSafeLine, toSafeText } from '../lib/safe-text.ts';
import { toStyle, type Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import type { Output } from './output.ts';
import { buildProgram } from './program.ts';

/** The outside of the program: the process in `main.ts`, something else in tests. */
export interface Surroundings {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  readonly version: string;
}

/**
 * Runs one command line (without `node` and the script's name) and answers with the exit code: 0 all read, 1 some input could
 * not be read, 2 wrong usage. Errors become one line on standard error; the stack only with `-v`. Never throws.
 */
export async function runCommandLine(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, env, version } = surroundings;
  let exitCode: number = EXIT.ok;
  const program = buildProgram({
    toContext: (verbose) => toContext(surroundings, verbose),
    end: (code) => {
      exitCode = code;
    },
  });
  const output = {
    writeOut: (text: string) => void stdout.write(text),
    writeErr: (text: string) => void stderr.write(text),
    getOutHasColors: () => stdout.isTerminal && env['NO_COLOR'] === undefined,
    getErrHasColors: () => stderr.isTerminal && env['NO_COLOR'] === undefined,
  };
  for (const command of allOf(program)) command.exitOverride().configureOutput(output);
  program.version(version, '-V, --version', 'show the version');
  try {
    await program.parseAsync([...argv], { from: 'user' });
    await setImmediate();
    const failure = stdout.failure();
    if (failure !== null) throw new CommandFailure(`the output cannot be written (${failure.message})`);
    return exitCode;
  } catch (error) {
    return tellError(error, { stderr, verbose: argv.includes('-v') || argv.includes('--verbose') });
  }
}

/** A command, and those below it. */
function allOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap((one) => [one, ...one.commands])];
}

function toContext({ stdin, stdout, stderr, env, now }: Surroundings, verbose: boolean): Context {
  const config = readConfig(env);
  return { stdin, stdout, stderr, env, config, verbose, now, style: toStyle(stdout, config.colour) };
}

async function tellError(error: unknown, { stderr, verbose }: { stderr: Output; verbose: boolean }): Promise<number> {
  // Commander has written its own message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const message = error instanceof Error ? error.message : String(error);
  await stderr.write(`heddle: ${toSafeLine(message.replaceAll('\n', ' '), 1000)}\n`);
  if (verbose && error instanceof Error) await stderr.write(`${toSafeText(writeStack(error))}\n`);
  return error instanceof CommandFailure ? error.exitCode : EXIT.unreadable;
}

function writeStack(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.stack ?? error.cause.message}` : '';
  return `${error.stack ?? ''}${cause}`;
}
