import { Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import { createTransport } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport';
import { toSafeLine } from '../../lib/safe-text.ts';
import type { Letter, Outbox, Posted, Posting } from '../../ports/outbox.ts';
import type { Credential, Secrets } from '../../ports/secrets.ts';
import { readSmtpError, toSmtpError } from './read-smtp-error.ts';
import type { SmtpServer } from './smtp-server.ts';

/** Milliseconds. A server may take long over a mail that it looks through (RFC 5321, 4.5.3.2 allows ten minutes). */
export interface SmtpLimits {
  readonly connectMs: number;
  readonly silentMs: number;
  /** For the whole of it. */
  readonly wholeMs: number;
}

const LIMITS: SmtpLimits = { connectMs: 20_000, silentMs: 60_000, wholeMs: 5 * 60_000 };

export interface SmtpPorts {
  readonly secrets: Secrets;
  /** How this machine calls itself; a name tells strangers where the bot runs, so that none is given without need. */
  readonly name?: string | undefined;
  readonly limits?: Partial<SmtpLimits> | undefined;
}

/** Sends by SMTP, one connection a letter, never more than asked for; see {@link Outbox}. */
export function openSmtpOutbox(server: SmtpServer, ports: SmtpPorts): Outbox {
  const limits = { ...LIMITS, ...ports.limits };
  return {
    async post(letter, posting = {}) {
      const wrong = findFault(letter);
      if (wrong !== null) return { kind: 'refused', reason: wrong };
      const revealed = server.secret === null ? null : await ports.secrets.reveal(server.secret);
      if (revealed?.kind === 'failure') {
        const { reason, retry } = revealed;
        return retry === 'later' ? { kind: 'deferred', reason, uncertain: false } : { kind: 'refused', reason };
      }
      const sending = { server, credential: revealed?.credential ?? null, limits, name: ports.name, posting };
      const posted = await send(letter, sending);
      if (posted.kind !== 'accepted' && server.secret !== null) ports.secrets.forget(server.secret);
      return posted;
    },
  };
}

/** One address and nothing else: no blank, bracket, comma or line end that could make more of it. */
const ADDRESS = /^[^\s<>,;:"()[\]\\]{1,64}@[A-Za-z0-9.-]{1,189}$/;

function findFault({ from, to }: Letter): string | null {
  const bad = [from, ...to].find((address) => !ADDRESS.test(address));
  if (bad !== undefined) return `${toSafeLine(bad, 100)} is no address that mail can be sent to`;
  return to.length === 0 ? 'the letter has nobody to go to' : null;
}

interface Sending {
  readonly server: SmtpServer;
  readonly credential: Credential | null;
  readonly limits: SmtpLimits;
  readonly name: string | undefined;
  readonly posting: Posting;
}

async function send({ raw, from, to }: Letter, sending: Sending): Promise<Posted> {
  const { server, limits, posting } = sending;
  const line = watchLine();
  const transport = createTransport({ ...toOptions(sending), logger: line.logger, debug: true });
  try {
    const { response, rejected, rejectedErrors } = await transport.sendMail({
      envelope: { from, to: [...to] },
      raw: toStream(raw, line, posting),
      signal: AbortSignal.timeout(limits.wholeMs),
    });
    const refused = rejected.map((one, at) => ({
      address: one,
      reason: toSafeLine(toSmtpError(rejectedErrors?.[at]).response, 200),
    }));
    return { kind: 'accepted', reply: toSafeLine(response, 200), refused };
  } catch (error) {
    return readSmtpError(toSmtpError(error), server.host, line.isHandedOver());
  } finally {
    transport.close();
  }
}

function toOptions({ server, credential, limits, name }: Sending): SMTPTransport.Options {
  const { host, port, implicitTls, tls, ca } = server;
  return {
    host,
    port,
    secure: implicitTls,
    requireTLS: tls === 'required' && !implicitTls,
    ignoreTLS: tls === 'none',
    ...(ca === null ? {} : { tls: { ca: [...rootCertificates, ca] } }),
    ...(name === undefined ? {} : { name }),
    ...toAuth(server.user, credential),
    connectionTimeout: limits.connectMs,
    dnsTimeout: limits.connectMs,
    greetingTimeout: limits.connectMs,
    socketTimeout: limits.silentMs,
    // A letter is bytes: it may bring in no file and no page.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function toAuth(user: string | null, credential: Credential | null): Pick<SMTPTransport.Options, 'auth'> {
  if (user === null || credential === null) return {};
  return credential.kind === 'password'
    ? { auth: { user, pass: credential.password } }
    : { auth: { type: 'OAuth2', user, accessToken: credential.token } };
}

type Line = ReturnType<typeof watchLine>;

/** The letter's bytes. They end, and with them the mail, only when the server has asked for them and the sender says so. */
function toStream(raw: Buffer, line: Line, { mayHandOver }: Posting): Readable | Buffer {
  if (mayHandOver === undefined) {
    void line.asked.then(line.handOver);
    return raw;
  }
  async function* read(): AsyncGenerator<Buffer> {
    yield raw;
    await line.asked;
    if (!(await mayHandOver?.())) throw new Error('the letter is in other hands');
    line.handOver();
  }
  return Readable.from(read(), { objectMode: false });
}

/** Looks at what the server says, keeps none of it, and knows whether it has asked for the mail's text (354). */
function watchLine() {
  let handedOver = false;
  let tell: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const look = (_entry: unknown, text: unknown) => {
    if (typeof text === 'string' && text.startsWith('354')) tell();
  };
  const none = () => undefined;
  return {
    logger: { level: none, trace: none, debug: look, info: none, warn: none, error: none, fatal: none },
    asked,
    handOver: () => {
      handedOver = true;
    },
    isHandedOver: () => handedOver,
  };
}
