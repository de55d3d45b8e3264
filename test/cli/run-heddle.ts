import { Readable, Writable } from 'node:stream';
import { toOutput } from '../../src/cli/output.ts';
import { runCommandLine } from '../../src/cli/run.ts';

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, with an environment and a standard input of its own. */
export async function runHeddle(
  argv: readonly string[],
  { stdin = '', env = {} }: { readonly stdin?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const [out, err] = [collector(), collector()];
  const exitCode = await runCommandLine(argv, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: toOutput(out.stream),
    stderr: toOutput(err.stream),
    env,
    now: new Date('2024-05-16T12:00:00Z'),
    version: '1.2.3',
  });
  return { exitCode, out: out.text(), err: err.text() };
}

function collector(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
