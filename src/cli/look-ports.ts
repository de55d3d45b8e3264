import { toSafeLine } from '../lib/safe-text.ts';
import type { ImapPorts } from '../mailbox/imap/imap-ports.ts';
import type { ImapProbe } from '../mailbox/imap/probe-imap.ts';
import type { Secrets } from '../ports/secrets.ts';

/** A person waits: no server is waited for as long as `heddle watch` would. */
const LIMITS = { connectMs: 15_000, greetingMs: 10_000, silentMs: 20_000, commandMs: 60_000 } as const;

/** What looking into a mailbox once needs; chance matters to those that come back. */
export function toLookPorts(secrets: Secrets): ImapPorts {
  return { secrets, random: () => 0.5, limits: LIMITS };
}

const MOST_NAMED = 20;

/** Why a mailbox cannot be read, in one line; a folder that is not there comes with those that are. */
export function writeProbeFailure({ failure, folders }: ImapProbe & { readonly kind: 'failure' }): string {
  if (failure.kind !== 'no-folder' || folders.length === 0) return failure.message;
  const named = folders.slice(0, MOST_NAMED).map((one) => toSafeLine(one, 60));
  const more = folders.length - named.length;
  return `${failure.message}: ${named.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
