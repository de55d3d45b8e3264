/**
 * Compares our threads with those of notmuch on the same mail: `npx tsx scripts/compare-threads.ts [mbox]`.
 *
 * The mail (default: the shared corpus) is written to a maildir in a temporary folder, notmuch indexes it there, and every
 * mail's group is compared. Ends with status 1 where a difference is not explained by an id that is no Message-ID
 * (`In-Reply-To: <Jane Doe>`, which notmuch takes for an id).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMail } from '../src/mailbox/open-mail.ts';
import { readMessage } from '../src/message/read-message.ts';
import type { Message } from '../src/model/message.ts';
import { buildThreads } from '../src/thread/build-threads.ts';
import { uniteCopies } from '../src/thread/unite-copies.ts';

const DEFAULT = '../shared/corpus/xen-cross-posts.mbox.gz';

async function main(): Promise<number> {
  const path = process.argv[2] ?? DEFAULT;
  if (!existsSync(path)) {
    console.log(`skipped: ${path} is not there; name an mbox`);
    return 0;
  }
  if (spawnSync('notmuch', ['--version']).status !== 0) {
    console.log('skipped: notmuch is not installed (apt-get install notmuch)');
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'heddle-threads-'));
  try {
    const messages = await readInto(path, folder);
    return report(messages, askNotmuch(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readInto(path: string, folder: string): Promise<Map<string, Message>> {
  const cur = join(folder, 'mail', 'cur');
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(folder, 'mail', name), { recursive: true });
  const messages = new Map<string, Message>();
  let number = 0;
  for await (const reading of openMail(path).read()) {
    if (reading.kind === 'failure') console.log(`${reading.failure.origin}: ${reading.failure.reason}`);
    if (reading.kind !== 'mail') continue;
    number += 1;
    writeFileSync(join(cur, `${String(number).padStart(8, '0')}:2,S`), reading.mail.bytes);
    const message = readMessage(reading.mail);
    const known = messages.get(message.id);
    messages.set(message.id, known ? uniteCopies(known, message) : message);
  }
  console.log(`${number} mails, ${messages.size} different ids`);
  return messages;
}

/** Message id → thread id, as notmuch sees it. */
function askNotmuch(folder: string): Map<string, string> {
  const config = join(folder, 'config');
  writeFileSync(
    config,
    `[database]\npath=${join(folder, 'mail')}\n[new]\ntags=\nignore=\n[user]\nname=heddle\nprimary_email=heddle@example.org\n`,
  );
  const run = (...args: string[]): string =>
    execFileSync('notmuch', [`--config=${config}`, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  run('new', '--quiet');
  const found = JSON.parse(run('search', '--format=json', '--exclude=false', '*')) as {
    thread: string;
    query: (string | null)[];
  }[];
  const threads = new Map<string, string>();
  for (const { thread, query } of found) {
    for (const id of query.flatMap((text) => (text === null ? [] : readIds(text)))) threads.set(id, thread);
  }
  return threads;
}

/** `id:a@b id:"c d@e"`; quotes inside are doubled. */
function readIds(query: string): string[] {
  return [...query.matchAll(/id:(?:"(?<quoted>(?:[^"]|"")*)"|(?<bare>\S+))/g)].map(
    ({ groups }) => groups?.['quoted']?.replaceAll('""', '"') ?? groups?.['bare'] ?? '',
  );
}

function report(messages: ReadonlyMap<string, Message>, theirs: ReadonlyMap<string, string>): number {
  const threads = buildThreads([...messages.values()]);
  const ours = new Map<string, string>();
  for (const thread of threads) for (const { message } of thread.messages) ours.set(message.id, thread.id);
  const apart = [...messages.values()].flatMap((message) =>
    [...message.references, ...message.inReplyTo]
      .filter((id) => ours.has(id) && ours.get(id) !== ours.get(message.id))
      .map((id) => `${message.id} refers to ${id}, which is in another thread`),
  );
  const differing = findDifferences(ours, theirs);
  const explained = differing.filter((id) => hasBogusId(messages.get(id)));
  const onlyOurs = [...ours.keys()].filter((id) => !theirs.has(id));
  console.log(`threads: ours ${threads.length}, notmuch ${new Set(theirs.values()).size}`);
  console.log(`ids only in ours: ${onlyOurs.length} (mails without an id get another one from each)`);
  for (const line of [...onlyOurs.slice(0, 10), ...apart.slice(0, 20)]) console.log(`  ${line}`);
  for (const id of differing.slice(0, 20))
    console.log(`  differs: ${id}${explained.includes(id) ? ' (an id that is none)' : ''}`);
  console.log(
    `summary: ${ours.size} mails compared, ${apart.length} references torn apart, ` +
      `${differing.length} mails grouped differently (${explained.length} explained)`,
  );
  return apart.length + differing.length - explained.length > 0 ? 1 : 0;
}

/** Mails whose companions (as far as both know them) are not the same in both. */
function findDifferences(ours: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>): string[] {
  const common = [...ours.keys()].filter((id) => theirs.has(id));
  const companions = (threads: ReadonlyMap<string, string>): Map<string, string> => {
    const groups = new Map<string, string[]>();
    for (const id of common) groups.set(threads.get(id) ?? '', [...(groups.get(threads.get(id) ?? '') ?? []), id]);
    const keys = new Map<string, string>();
    for (const group of groups.values()) for (const id of group) keys.set(id, group.toSorted().join('\n'));
    return keys;
  };
  const [mine, other] = [companions(ours), companions(theirs)];
  return common.filter((id) => mine.get(id) !== other.get(id));
}

/** An In-Reply-To that holds blanks inside its brackets names a person or a date, no mail. */
function hasBogusId(message: Message | undefined): boolean {
  return (message?.headers['in-reply-to'] ?? []).some((value) => /<[^>]*\s[^>]*>/.test(value));
}

process.exitCode = await main();
