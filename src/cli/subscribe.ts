import { openSecrets } from '../edges/secrets/open-secrets.ts';
import { isDatabaseUrl, toShownPlace } from '../edges/store/store-place.ts';
import { lockWatch } from '../edges/store/watch-lock.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { probeImap, type ImapFinding, type ImapProbe } from '../mailbox/imap/probe-imap.ts';
import type { Mailbox } from '../model/mailbox.ts';
import type { Secrets } from '../ports/secrets.ts';
import { askSubscription, type Asked } from './ask-subscription.ts';
import { canAsk, openAsker } from './asker.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { toFindingLines, writeSecretPlace } from './finding-lines.ts';
import { toLookPorts, writeProbeFailure } from './look-ports.ts';
import { writeSecretFile } from './secret-folder.ts';
import { toMailbox, type SubscribeOptions } from './subscription.ts';
import { storeFile, withStore } from './with-store.ts';

/**
 * `heddle subscribe [URL]`: looks into a mailbox, says what is there, and writes it down for `heddle watch`. Without a URL a
 * person is asked. Nothing is written before the server has let us in.
 */
export async function runSubscribe(
  [url]: readonly [string | undefined],
  options: SubscribeOptions,
  context: Context,
): Promise<number> {
  const secrets = openSecrets({ env: context.env, clock: { now: () => new Date() } });
  const look = (mailbox: Mailbox, other: Secrets = secrets) => probeImap(mailbox, toLookPorts(other));
  if (url === undefined) {
    if (!canAsk(context)) {
      throw new CommandFailure(
        'heddle subscribe wants a URL (imaps://user@host/folder), or a terminal to ask on',
        EXIT.usage,
      );
    }
    return writeAsked(await askSubscription(openAsker(context), { options, context, look }), options, context);
  }
  const mailbox = toMailbox(url, options, context);
  const found = needFound(await look(mailbox));
  await context.stdout.write(
    toFindingLines(found, mailbox)
      .map((line) => `${line}\n`)
      .join(''),
  );
  if (options.yes !== true && canAsk(context) && !(await openAsker(context).agree('Follow it?'))) {
    throw new CommandFailure('stopped: nothing was written down');
  }
  await writeDown(mailbox, options, context);
  await context.stdout.write(toNext(mailbox, options, context));
  return EXIT.ok;
}

/** The finding, or one line that says what is wrong; a folder that is not there comes with those that are. */
function needFound(probe: ImapProbe): ImapFinding {
  if (probe.kind === 'found') return probe;
  throw new CommandFailure(writeProbeFailure(probe), EXIT.unreadable, probe.failure);
}

async function writeAsked(asked: Asked, options: SubscribeOptions, context: Context): Promise<number> {
  const { mailbox, typed, asker } = asked;
  if (typed !== null && mailbox.secret?.kind === 'file') writeSecretFile(mailbox.secret.path, typed);
  await writeDown(mailbox, options, context);
  asker.end(toNext(mailbox, options, context).trimEnd().replaceAll('\n', '\n   '));
  return EXIT.ok;
}

/** A name that is taken by another mailbox is not taken away from it. */
async function writeDown(mailbox: Mailbox, options: SubscribeOptions, context: Context): Promise<void> {
  await withStore({ option: options, context, must: 'be-made' }, async (store) => {
    const other = (await store.mailboxes()).find(({ name }) => name === mailbox.name);
    if (other !== undefined && other.url !== mailbox.url) {
      throw new CommandFailure(
        `${mailbox.name} is followed already, at ${other.url}: choose another --name, or heddle unsubscribe it first`,
      );
    }
    await store.saveMailbox(mailbox);
  });
}

function toNext({ name, secret }: Mailbox, option: SubscribeOptions, context: Context): string {
  const file = toShownPlace(storeFile(option, context));
  const named = option.store === undefined ? '' : ` --store ${toShownPlace(option.store)}`;
  const lines = [
    `${name} is written down in ${file}; its secret is ${writeSecretPlace(secret)}.`,
    isWatched(storeFile(option, context))
      ? 'Next: stop the heddle watch that runs on this store, and start it anew'
      : `Next: heddle watch${named}`,
  ];
  return lines.map((line) => `${toSafeLine(line, 500)}\n`).join('');
}

/** A watch reads what was followed when it began. */
function isWatched(store: string): boolean {
  if (isDatabaseUrl(store)) return false;
  const lock = lockWatch(store);
  lock?.release();
  return lock === null;
}
