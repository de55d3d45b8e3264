import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeDigest } from '../digest/compose-digest.ts';
import type { Digest } from '../digest/digest.ts';
import { toSnapshot } from '../digest/snapshot.ts';
import { PLAIN } from '../digest/style.ts';
import type { Snapshot, Window } from '../model/digest.ts';
import { digestOf } from '../pipeline/digest-of.ts';
import { rememberMails } from '../pipeline/remember-mails.ts';
import type { Context } from './context.ts';
import { readDay, readShape, toDigestPorts, WRITERS, type Format, type ShapeOption } from './digest-options.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { withStore, type StoreOption } from './with-store.ts';

interface Options extends StoreOption, ShapeOption {
  readonly from: string;
  readonly to: string;
  readonly out: string;
  readonly formats: string;
  readonly list?: string;
}

const DAY = 86_400_000;
const MOST_DAYS = 3660;

const ENDINGS: Readonly<Record<Format, string>> = {
  text: 'txt',
  markdown: 'md',
  html: 'html',
  json: 'json',
  atom: 'atom',
};

/**
 * `heddle replay`: the digest of every day of a period into a folder (`2025-04-01.txt`), each compared with the last that was
 * not empty, as somebody would have got them who subscribed on the first day. One line a day on standard output.
 */
export async function runReplay(_args: readonly [], options: Options, context: Context): Promise<number> {
  const windows = readDays(options);
  const formats = readFormats(options.formats);
  const shape = readShape(options);
  if (!existsSync(options.out) || !statSync(options.out).isDirectory()) {
    throw new CommandFailure(`there is no folder ${options.out}: make it first`);
  }
  return withStore({ option: options, context, must: 'exist' }, async (opened) => {
    const ports = toDigestPorts(context, { store: rememberMails(opened), seen: opened, list: options.list });
    let previous: Snapshot | null = null;
    for (const window of windows) {
      const source = await digestOf(window, ports);
      const digest: Digest = composeDigest(source, { ...shape, previous });
      for (const format of formats) {
        writeFileSync(join(options.out, `${digest.title}.${ENDINGS[format]}`), WRITERS[format](digest, PLAIN));
      }
      await context.stdout.write(`${writeLine(digest)}\n`);
      // What is not sent tells nobody anything.
      if (!digest.isEmpty) previous = toSnapshot(digest);
    }
    return EXIT.ok;
  });
}

function readDays({ from, to }: Options): Window[] {
  const [first, last] = [readDay(from), readDay(to)];
  const count = (Date.parse(last.from) - Date.parse(first.from)) / DAY + 1;
  if (count < 1) throw new CommandFailure(`--to ${to} is before --from ${from}`, EXIT.usage);
  if (count > MOST_DAYS) throw new CommandFailure(`at most ${MOST_DAYS} days are replayed at once`, EXIT.usage);
  const start = Date.parse(first.from);
  return Array.from({ length: count }, (_, at) => readDay(new Date(start + at * DAY).toISOString().slice(0, 10)));
}

function readFormats(text: string): Format[] {
  const names = text.split(',').map((one) => one.trim());
  const odd = names.find((name) => !Object.hasOwn(WRITERS, name));
  if (odd !== undefined) {
    throw new CommandFailure(`--formats knows ${Object.keys(WRITERS).join(', ')}, not ${odd}`, EXIT.usage);
  }
  return names.filter((name): name is Format => Object.hasOwn(WRITERS, name));
}

/** `2025-04-01  mails 12, threads 5, …; needs 1, new 2`. */
function writeLine({ title, counts, sections, isEmpty }: Digest): string {
  const held = sections.map(({ name, entries, more }) => `${name} ${entries.length + more}`);
  const told = isEmpty ? 'nothing new, not sent' : held.join(', ');
  return `${title}  ${counts.map(({ name, count }) => `${name} ${count}`).join(', ')}; ${told}`;
}
