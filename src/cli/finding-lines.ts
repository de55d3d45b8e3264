import { toSafeLine } from '../lib/safe-text.ts';
import { wrap } from '../lib/wrap.ts';
import { readImapAddress } from '../mailbox/imap/imap-address.ts';
import type { ImapFinding } from '../mailbox/imap/probe-imap.ts';
import type { Mailbox, SecretPlace } from '../model/mailbox.ts';

/** Lists that are named; more are counted. */
const MOST_LISTS = 6;

const WIDTH = 76;
const LABEL = 11;

/** What a look at a mailbox found, for a person. */
export function toFindingLines(found: ImapFinding, mailbox: Pick<Mailbox, 'url' | 'tls'>): string[] {
  return toRows(found, mailbox).flatMap(([label, text]) => wrap(text, WIDTH, label.padEnd(LABEL), ' '.repeat(LABEL)));
}

function toRows(
  found: ImapFinding,
  { url, tls }: Pick<Mailbox, 'url' | 'tls'>,
): readonly (readonly [string, string])[] {
  const { host = '', user = null } = readImapAddress(url) ?? {};
  const line = !found.encrypted && tls === 'none' ? 'NOT ENCRYPTED, as --insecure says' : 'encrypted';
  return [
    ['connected', toSafeLine(`${host} as ${user ?? 'anonymous'}, ${line}`)],
    ['folder', toSafeLine(`${found.folder}, ${writeCount(found.mails, 'mail')}`, 300)],
    ['lists', writeLists(found)],
    ['new mail', found.idle ? 'is told at once (IDLE)' : 'is asked for again and again (the server has no IDLE)'],
    ['safety', 'opened to read only: nothing is flagged, moved or deleted'],
  ];
}

function writeLists({ lists, mails }: ImapFinding): string {
  if (mails === 0) return 'none yet: the folder is empty';
  if (lists.length === 0) return 'none: the newest mails came through no list';
  const named = lists
    .slice(0, MOST_LISTS)
    .map(({ list, mails: count }) => `${toSafeLine(list, 100)} (${String(count)})`);
  const more = lists.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}, of the newest ${writeCount(Math.min(mails, 200), 'mail')}`;
}

export function writeCount(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** Where a secret is, for a person. A command is not repeated: people write secrets into commands. */
export function writeSecretPlace(place: SecretPlace | null): string {
  switch (place?.kind) {
    case undefined:
      return 'none needed';
    case 'file':
      return `in the file ${place.path}`;
    case 'command':
      return 'printed by a command';
    case 'environment':
      return `in ${place.name}`;
    case 'oauth2':
      return `OAuth2, ${place.path}`;
  }
}
