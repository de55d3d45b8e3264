import { openSecrets } from '../edges/secrets/open-secrets.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { toArchiveOpener } from '../mailbox/archive/open-archive.ts';
import type { Clock } from '../ports.ts';
import { toArchivePorts } from './archive-ports.ts';
import type { Context } from './context.ts';
import type { MailboxPorts } from './open-mailbox.ts';

/** What reading mailboxes needs of this process: where secrets lie, chance, how long a server may be silent. */
export function toMailboxPorts(context: Context, clock: Clock): MailboxPorts {
  const { env, config, stderr, verbose } = context;
  const tell = (line: string): void => void stderr.write(`heddle: ${toSafeLine(line, 500)}\n`);
  return {
    openArchive: toArchiveOpener(toArchivePorts(context, clock)),
    imap: {
      secrets: openSecrets({ env, clock, warn: tell }),
      random: Math.random,
      limits: { silentMs: config.mailTimeoutMs, connectMs: config.mailTimeoutMs, greetingMs: config.mailTimeoutMs },
      log: {
        info: (message) => {
          if (verbose) tell(message);
        },
        warn: (message, fields) => {
          const mailbox = fields?.['mailbox'];
          tell(typeof mailbox === 'string' ? `${mailbox}: ${message}` : message);
        },
      },
    },
  };
}
