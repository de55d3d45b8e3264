/** `heddle watch` against a real Dovecot: how soon a mail is judged, and what faults on the way do to it (scripts/storm-imap.ts in short). */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { toRandom } from '../../scripts/kill-import.ts';
import { stormImap, takeMails } from '../../scripts/storm-imap.ts';
import { startDovecot } from './dovecot.ts';
import { generateMails } from './generated-mails.ts';
import { ImapMailbox } from './imap-mailbox.ts';
import { followMailbox, Watching } from './watching.ts';

const CORPUS = join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus', 'xen-cross-posts.mbox.gz');
const MEASURED = 100;

const folder = mkdtempSync(join(tmpdir(), 'heddle-imap-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a mail is judged within two seconds of its arrival, in the middle', { timeout: 400_000 }, async () => {
  const server = await startDovecot();
  try {
    const hand = await ImapMailbox.open(server);
    const file = join(folder, 'latency.db');
    await followMailbox(file, server, { port: server.port, folder: 'INBOX' });
    const mails = generateMails(MEASURED, 6).map(({ text }) => Buffer.from(text.replace(/\r?\n/g, '\r\n')));
    await hand.append('INBOX', Buffer.from('Message-ID: <first@example.org>\r\nSubject: first\r\n\r\nIt begins.\r\n'));
    const watching = new Watching(file, { env: { HEDDLE_MAIL_TIMEOUT: '30' } });
    await watching.untilTold(1);
    const waits: number[] = [];
    for (const mail of mails) {
      const told = watching.told.length;
      const began = Date.now();
      await hand.append('INBOX', mail);
      await watching.untilTold(told + 1, { every: 10 });
      waits.push((watching.told.at(-1)?.at ?? 0) - began);
    }
    const { exitCode } = await watching.stop();
    await hand.close();
    const sorted = waits.toSorted((a, b) => a - b);
    const [median, late] = [sorted[MEASURED / 2] ?? 0, sorted[Math.floor(MEASURED * 0.95)] ?? 0];
    console.log(
      `APPEND to judged thread: median ${median} ms, 95 of 100 within ${late} ms, at most ${sorted.at(-1) ?? 0} ms`,
    );
    expect({ exitCode, errors: watching.errors }).toEqual({ exitCode: 0, errors: '' });
    expect(median).toBeLessThan(2_000);
  } finally {
    await server.remove();
  }
});

it('nothing is lost, doubled or touched in a storm', { timeout: 600_000 }, async () => {
  const real = existsSync(CORPUS) ? await takeMails(CORPUS, 300) : [];
  const own = generateMails(300, 7).map(({ text }) => Buffer.from(text.replace(/\r?\n/g, '\r\n')));
  const { lines, faults } = await stormImap({
    mails: real.length === 300 ? real : own,
    resets: 6,
    stalls: 2,
    restarts: 1,
    kills: 4,
    expunges: 20,
    twice: 20,
    random: toRandom(6),
    folder: mkdtempSync(join(folder, 'storm-')),
  });
  for (const line of lines) console.log(line);
  expect(faults).toEqual([]);
});
