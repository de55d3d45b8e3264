/** What the shell is told: the contract's three exit codes. */
export const EXIT = { ok: 0, unreadable: 1, usage: 2 } as const;

/** A command cannot do what it was asked; the message is one line for a person: what is wrong, and what to do. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.unreadable, cause?: unknown) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}
