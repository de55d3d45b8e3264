import { spawn } from 'node:child_process';
import { MAX_SECRET, type SecretText } from './secret-text.ts';

/** How long a command may think: a person may have to unlock a key ring. */
const COMMAND_MS = 60_000;

/**
 * Runs a command as the person wrote it (`pass show bot`), by `sh -c`, and gives what it printed. Its standard error is shown
 * to nobody: what strangers' programs say there may hold what they were asked for. Never throws; a command that hangs is killed
 * with all that it started.
 */
export function runSecretCommand(
  command: string,
  { env, timeoutMs = COMMAND_MS }: { readonly env: NodeJS.ProcessEnv; readonly timeoutMs?: number | undefined },
): Promise<SecretText> {
  return new Promise((done) => {
    // A group of its own, so that what the shell started ends with it.
    const child = spawn('sh', ['-c', command], { env, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    const chunks: Buffer[] = [];
    let length = 0;
    const end = (result: SecretText) => {
      clearTimeout(timer);
      killGroup(child.pid);
      child.stdout.destroy();
      done(result);
    };
    const timer = setTimeout(() => {
      end(fail(`did not end within ${String(Math.round(timeoutMs / 1000))} seconds`, 'later'));
    }, timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_SECRET) end(fail('prints too much for a secret', 'never'));
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      end(fail(`cannot be run (${error.code ?? 'no shell'})`, 'never'));
    });
    child.on('close', (code, signal) => {
      if (code === 0) end({ kind: 'text', text: Buffer.concat(chunks).toString('utf8') });
      else end(fail(`failed with ${code === null ? `signal ${String(signal)}` : `status ${String(code)}`}`, 'never'));
    });
  });
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function fail(what: string, retry: 'later' | 'never'): SecretText {
  return { kind: 'failure', reason: `the password command ${what}: run it by hand to see why`, retry };
}
