/** A real public-inbox, filled by its own programs, must be read whole: both of its formats, and what came since the last time. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openMail } from '../../src/mailbox/open-mail.ts';
import type { Reading } from '../../src/ports.ts';
import { generateMails, type GeneratedMail } from './generated-mails.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-public-inbox-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = { ...process.env, HOME: folder, PI_CONFIG: join(folder, 'config'), ORIGINAL_RECIPIENT: '' };

function makeInbox(version: 1 | 2): { readonly path: string; readonly add: (mails: readonly GeneratedMail[]) => void } {
  const path = join(folder, `inbox${version}`);
  const address = `list${version}@example.org`;
  const options = {
    env: { ...env, ORIGINAL_RECIPIENT: address },
    stdio: ['pipe', 'pipe', 'pipe'] as ['pipe', 'pipe', 'pipe'],
  };
  execFileSync(
    'public-inbox-init',
    [`-V${version}`, `list${version}`, path, 'http://example.org/list', address],
    options,
  );
  execFileSync('git', ['config', '-f', env.PI_CONFIG, 'publicinboxmda.spamcheck', 'none'], options);
  return {
    path,
    add: (mails) => {
      for (const { text } of mails) execFileSync('public-inbox-mda', ['--no-precheck'], { ...options, input: text });
      execFileSync('public-inbox-index', [path], options);
    },
  };
}

async function readAll(path: string, cursors: ReadonlyMap<string, string> = new Map()) {
  const readings: Reading[] = [];
  for await (const reading of openMail(path).read({ cursors })) readings.push(reading);
  return {
    ids: readings.flatMap((one) =>
      one.kind === 'mail' ? [/^message-id: <(?<id>[^>]+)>/im.exec(one.mail.bytes.toString())?.groups?.['id']] : [],
    ),
    failures: readings.filter(({ kind }) => kind === 'failure'),
    cursors: new Map(readings.flatMap((one) => (one.kind === 'cursor' ? [[one.source, one.cursor] as const] : []))),
  };
}

describe.each([1, 2] as const)('a public-inbox of format %i', (version) => {
  const mails = generateMails(20, version);
  const inbox = makeInbox(version);

  it('is read whole, and then only what is new', async () => {
    inbox.add(mails.slice(0, 15));
    const first = await readAll(inbox.path);
    inbox.add(mails.slice(15));
    const second = await readAll(inbox.path, first.cursors);
    const third = await readAll(inbox.path, new Map([...first.cursors, ...second.cursors]));

    expect({ ids: first.ids.toSorted(), failures: first.failures }).toEqual({
      ids: mails
        .slice(0, 15)
        .map(({ id }) => id)
        .toSorted(),
      failures: [],
    });
    expect(second.ids.toSorted()).toEqual(
      mails
        .slice(15)
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(third.ids).toEqual([]);
  });
});
