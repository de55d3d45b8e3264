import { autocomplete, confirm, intro, isCancel, log, outro, password, select, spinner, text } from '@clack/prompts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

export interface Question {
  readonly message: string;
  /** What stands there already, to be kept or changed. */
  readonly given?: string;
  /** Why an answer will not do, or `undefined`. */
  readonly refuse?: (answer: string) => string | undefined;
}

/** Asks a person. Ctrl-C at any question ends the command with nothing done. */
export interface Asker {
  readonly begin: (title: string) => void;
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
  readonly end: (line: string) => void;
  readonly line: (question: Question) => Promise<string>;
  /** What is typed is not shown. */
  readonly secret: (message: string) => Promise<string>;
  readonly choose: <T extends string>(message: string, choices: readonly Choice<T>[], given?: T) => Promise<T>;
  readonly agree: (message: string) => Promise<boolean>;
  /** Shows that something is being waited for. */
  readonly wait: <T>(message: string, work: Promise<T>) => Promise<T>;
}

/** Whether somebody can be asked: a terminal on both sides. */
export function canAsk({ stdin, stdout }: Context): boolean {
  return stdin.isTTY === true && stdout.isTerminal;
}

/** More choices than this are found by typing. */
const MANY = 12;

/** Asks on the terminal. */
export function openAsker({ stdin, stdout }: Context): Asker {
  const streams = { input: stdin, output: stdout.stream };
  return {
    begin: (title) => {
      intro(title, streams);
    },
    say: (line) => {
      log.message(line, streams);
    },
    warn: (line) => {
      log.warn(line, streams);
    },
    end: (line) => {
      outro(line, streams);
    },
    line: async ({ message, given, refuse }) =>
      toAnswer(
        await text({
          ...streams,
          message,
          ...(given === undefined ? {} : { initialValue: given }),
          validate: (answer) => (refuse ? refuse((answer ?? '').trim()) : undefined),
        }),
      ).trim(),
    secret: async (message) =>
      toAnswer(
        await password({
          ...streams,
          message,
          validate: (answer) => (answer === undefined || answer === '' ? 'Nothing was typed' : undefined),
        }),
      ),
    choose: async <T extends string>(message: string, choices: readonly Choice<T>[], given?: T) => {
      const options = choices.map(({ value, label, hint }) => ({
        value: value,
        label,
        ...(hint ? { hint } : {}),
      }));
      const first = given === undefined ? {} : { initialValue: given as string };
      const asked = { ...streams, message, options, maxItems: MANY, ...first };
      const answer = toAnswer(await (choices.length > MANY ? autocomplete(asked) : select(asked)));
      return answer as T;
    },
    agree: async (message) => toAnswer(await confirm({ ...streams, message })),
    wait: async (message, work) => {
      const shown = spinner({ ...streams });
      shown.start(message);
      try {
        return await work;
      } finally {
        shown.clear();
      }
    },
  };
}

function toAnswer<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new CommandFailure('stopped: nothing was written down', EXIT.unreadable);
  return answer as Exclude<T, symbol>;
}
