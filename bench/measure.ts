/** What a command cost, with everything that it started and waited for. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Cost {
  /** User and system time, seconds. */
  readonly cpu: number;
  readonly wall: number;
  /** The largest resident set of the command itself, in MB; `null` where the system has no /proc. */
  readonly peak: number | null;
  readonly stdout: string;
}

/** How often the peak is looked at, in milliseconds; the system itself keeps the highest mark until then. */
const LOOK = 20;

/** Runs a command to its end. `times` of the shell counts its children's time, on every POSIX system. */
const SHELL = '"$@" 3>&- & wait $! || exit 9; times >&3';

/**
 * Runs a command and measures it.
 *
 * @throws where it cannot be started or ends with a failure; the message holds what it wrote to standard error.
 */
export async function measure(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Cost> {
  const from = process.hrtime.bigint();
  const child = spawn('sh', ['-c', SHELL, 'sh', ...command], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const texts = child.stdio.slice(1).map((stream) => {
    const text = { value: '' };
    if (stream !== null && stream !== undefined && 'setEncoding' in stream) {
      stream.setEncoding('utf8').on('data', (piece: string) => (text.value += piece));
    }
    return text;
  });
  let peak: number | null = null;
  const look = setInterval(() => {
    peak = Math.max(peak ?? 0, readPeak(child.pid ?? 0) ?? 0) || null;
  }, LOOK);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  clearInterval(look);
  const wall = Number(process.hrtime.bigint() - from) / 1e9;
  const [stdout, stderr, times] = texts.map((text) => text.value);
  if (code !== 0) throw new Error(`${command.join(' ')}: failed\n${(stderr ?? '').slice(-2000)}`);
  return { cpu: readTimes(times ?? ''), wall, peak, stdout: stdout ?? '' };
}

/** The children's line of `times`: user and system, as `1m2.345s`. */
function readTimes(times: string): number {
  const line = times.trim().split('\n')[1] ?? '';
  return [...line.matchAll(/(?<minutes>\d+)m(?<seconds>[\d.]+)s/g)].reduce(
    (sum, { groups }) => sum + Number(groups?.['minutes']) * 60 + Number(groups?.['seconds']),
    0,
  );
}

/** The highest resident set so far of the shell's child, in MB. */
function readPeak(shell: number): number | null {
  try {
    const [pid] = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ');
    const mark = /^VmHWM:\s+(?<kb>\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return mark === null ? null : Number(mark.groups?.['kb']) / 1024;
  } catch {
    return null;
  }
}
