import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { composeMail, type DkimKey } from '../edges/outbox/compose-mail.ts';
import { openFolderOutbox } from '../edges/outbox/folder-outbox.ts';
import { openStreamOutbox } from '../edges/outbox/stream-outbox.ts';
import { openWebhookOutbox } from '../edges/outbox/webhook-outbox.ts';
import { readSecretFile } from '../edges/secrets/secret-file.ts';
import type { Letter, MailFields, Outbox } from '../ports/outbox.ts';
import { readAddress } from '../pipeline/deliver/read-wishes.ts';
import type { PostSettings } from '../pipeline/deliver/post-settings.ts';
import { toHost } from '../pipeline/deliver/post-settings.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { openOutbox } from './open-outbox.ts';

export const random = randomBytes;

/** How letters present themselves, as the settings say. @throws CommandFailure where HEDDLE_SMTP_FROM is missing, or is none. */
export function toPostSettings({ config }: Context): PostSettings {
  const { from, origin, hasSubaddresses, mustApprove } = config.post;
  if (from === null) {
    throw new CommandFailure(
      'letters need a sender: set HEDDLE_SMTP_FROM (bot@example.org), see .env.example',
      EXIT.usage,
    );
  }
  const read = readAddress(from);
  if (read.kind === 'bad') throw new CommandFailure(`HEDDLE_SMTP_FROM: ${read.problem}`, EXIT.usage);
  const sender = { name: `heddle (${config.list})`, address: read.value };
  return { from: sender, list: config.list, origin, hasSubaddresses, mustApprove };
}

/** Writes letters, signed where a key is configured. */
export async function toComposer(context: Context): Promise<(fields: MailFields) => Promise<Letter>> {
  const { keyFile, selector, domain } = context.config.post.dkim;
  if (keyFile === null) return (fields) => composeMail(fields);
  if (selector === undefined)
    throw new CommandFailure('HEDDLE_DKIM_KEY_FILE wants HEDDLE_DKIM_SELECTOR too', EXIT.usage);
  const privateKey = await readSecret(keyFile, 'HEDDLE_DKIM_KEY_FILE');
  const key: DkimKey = { domain: domain ?? toHost(toPostSettings(context)), selector, privateKey };
  return (fields) => composeMail(fields, key);
}

async function readSecret(file: string, setting: string): Promise<string> {
  const read = await readSecretFile(file);
  if (read.kind === 'failure') throw new CommandFailure(`${setting}: ${read.reason}`, EXIT.usage);
  return read.text;
}

/** Where letters go: the server of HEDDLE_SMTP_URL, an existing folder, an http(s) address, or `-` for standard output. */
export async function openPlace(place: string | undefined, context: Context): Promise<Outbox> {
  if (place === undefined || place === 'smtp') return openOutbox(context).outbox;
  if (place === '-') return openStreamOutbox((bytes) => context.stdout.writeBytes(bytes));
  if (/^https?:\/\//i.test(place)) {
    const { webhookSecretFile } = context.config.post;
    if (webhookSecretFile === null) {
      throw new CommandFailure(
        'a webhook needs HEDDLE_WEBHOOK_SECRET_FILE, so that its calls can be signed',
        EXIT.usage,
      );
    }
    const secret = (await readSecret(webhookSecretFile, 'HEDDLE_WEBHOOK_SECRET_FILE')).split('\n')[0]?.trim() ?? '';
    if (!URL.canParse(place) || secret === '')
      throw new CommandFailure('--to: no address, or an empty secret', EXIT.usage);
    return openWebhookOutbox(place, { secret, now: () => new Date() });
  }
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new CommandFailure(`--to: there is no folder ${place}: make it first`, EXIT.usage);
  }
  return openFolderOutbox(place);
}
