import MailComposer from 'nodemailer/lib/mail-composer';
import { toSafeLine } from '../../lib/safe-text.ts';
import type { Address } from '../../model/message.ts';
import type { Letter } from '../../ports/outbox.ts';

/** A mail of ours, as fields. */
export interface MailFields {
  readonly from: Address;
  readonly to: readonly Address[];
  readonly subject: string;
  /** Plain text, LF line ends. */
  readonly text: string;
  readonly html?: string;
  /** Message-ID without angle brackets: the same for the same matter, so that a mail that is sent twice is one. */
  readonly messageId: string;
  readonly date: Date;
  /** Further header fields: `Auto-Submitted`, `List-Id`, … */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Writes the mail out as the bytes that a person is shown and a server is given. Line ends in fields cannot make new ones. */
export async function composeMail(fields: MailFields): Promise<Letter> {
  const { from, to, subject, text, html, messageId, date, headers = {} } = fields;
  const composer = new MailComposer({
    from: toMailbox(from),
    to: to.map(toMailbox),
    subject: toSafeLine(subject, 900),
    text: toCrlf(text),
    ...(html === undefined ? {} : { html: toCrlf(html) }),
    messageId: `<${messageId}>`,
    date,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, toSafeLine(value, 900)])),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = await composer.compile().build();
  return { messageId, from: from.address, to: to.map(({ address }) => address), raw };
}

function toMailbox({ name, address }: Address): { name: string; address: string } {
  return { name: toSafeLine(name ?? '', 100), address };
}

function toCrlf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
