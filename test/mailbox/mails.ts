import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openMail } from '../../src/mailbox/open-mail.ts';
import type { Reading } from '../../src/ports.ts';

/** A small mail; `number` makes it different from the others. */
export function mail(number: number, body = `Body ${number}.\n`): string {
  return (
    `From: Ada <ada@example.org>\nTo: list@example.org\nSubject: mail ${number}\n` +
    `Date: Thu, 28 Sep 2017 08:00:00 +0000\nMessage-ID: <${number}@example.org>\n\n${body}`
  );
}

/** A folder of its own for one test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export interface Read {
  readonly mails: string[];
  readonly failures: string[];
  readonly cursors: [string, string][];
}

/** All readings of a path, sorted by kind; failures as `origin: reason`. */
export async function readAllOf(
  path: string,
  options: Parameters<typeof openMail>[1] & { cursors?: ReadonlyMap<string, string> } = {},
): Promise<Read> {
  const read: Read = { mails: [], failures: [], cursors: [] };
  const { cursors, ...rest } = options;
  for await (const reading of openMail(path, rest).read(cursors ? { cursors } : {})) note(reading, read);
  return read;
}

function note(reading: Reading, read: Read): void {
  if (reading.kind === 'mail') read.mails.push(reading.mail.bytes.toString('utf8'));
  else if (reading.kind === 'failure') read.failures.push(`${reading.failure.origin}: ${reading.failure.reason}`);
  else if (reading.kind === 'cursor') read.cursors.push([reading.source, reading.cursor]);
}
