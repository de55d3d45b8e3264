import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openSmtpOutbox } from '../edges/outbox/smtp-outbox.ts';
import { readSmtpUrl, type SmtpServer } from '../edges/outbox/smtp-server.ts';
import { openSecrets } from '../edges/secrets/open-secrets.ts';
import type { SecretPlace } from '../model/mailbox.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';

export interface ConfiguredOutbox {
  readonly outbox: Outbox;
  /** The server's name, for a person. */
  readonly host: string;
}

/**
 * The server that takes our mail, as HEDDLE_SMTP_URL and its neighbours say.
 *
 * @throws CommandFailure in one line where nothing is configured, or what is cannot be.
 */
export function openOutbox(context: Context): ConfiguredOutbox {
  const { smtp } = context.config;
  if (smtp === null) {
    throw new CommandFailure(
      'no server takes our mail yet: set HEDDLE_SMTP_URL (smtps://user@host), see .env.example',
      EXIT.usage,
    );
  }
  const read = readSmtpUrl(smtp.url);
  if (read.kind === 'bad') throw new CommandFailure(`HEDDLE_SMTP_URL: ${read.reason}`, EXIT.usage);
  const server: SmtpServer = {
    ...read.server,
    tls: smtp.insecure && !read.server.implicitTls ? 'none' : 'required',
    secret: read.server.user === null ? null : toSecretPlace(context),
    ca: smtp.ca === null ? null : readCertificate(smtp.ca),
  };
  const secrets = openSecrets({ env: context.env, clock: { now: () => new Date() } });
  return { outbox: openSmtpOutbox(server, { secrets }), host: server.host };
}

function toSecretPlace({ config: { smtp } }: Context): SecretPlace {
  if (smtp?.passwordFile) return { kind: 'file', path: resolve(smtp.passwordFile) };
  if (smtp?.passwordCommand) return { kind: 'command', command: smtp.passwordCommand };
  if (smtp?.oauthFile) return { kind: 'oauth2', path: resolve(smtp.oauthFile) };
  return { kind: 'environment', name: 'HEDDLE_SMTP_PASSWORD' };
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    throw new CommandFailure(`HEDDLE_SMTP_CA ${path}: cannot be read`, EXIT.usage, error);
  }
}
