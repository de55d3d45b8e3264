import DKIM from 'nodemailer/lib/dkim';
import MailComposer from 'nodemailer/lib/mail-composer';
import { toSafeLine } from '../../lib/safe-text.ts';
import type { Address } from '../../model/message.ts';
import type { Letter, MailFields } from '../../ports/outbox.ts';

/** A key that signs what goes out (RFC 6376). */
export interface DkimKey {
  readonly domain: string;
  readonly selector: string;
  /** PEM. */
  readonly privateKey: string;
}

/** What the signature covers, beside the text: whoever changes one of them breaks it; RFC 8058 wants the last two. */
const SIGNED = [
  ...['From', 'Reply-To', 'Subject', 'Date', 'Message-ID', 'To', 'Cc', 'In-Reply-To', 'References', 'MIME-Version'],
  ...['Content-Type', 'Content-Transfer-Encoding', 'Auto-Submitted', 'Precedence', 'List-Id', 'List-Unsubscribe'],
  'List-Unsubscribe-Post',
].join(':');

/** Writes the mail out as the bytes that a person is shown and a server is given. Line ends in fields cannot make new ones. */
export async function composeMail(fields: MailFields, dkim: DkimKey | null = null): Promise<Letter> {
  const { from, to, subject, text, html, messageId, date, headers = {} } = fields;
  const composer = new MailComposer({
    from: toMailbox(from),
    to: to.map(toMailbox),
    subject: toSafeLine(subject, 900),
    ...(text === '' ? {} : { text: toCrlf(text) }),
    ...(html === undefined ? {} : { html: toCrlf(html) }),
    messageId: `<${messageId}>`,
    date,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, toSafeLine(value, 900)])),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const node = composer.compile();
  if (dkim !== null) node.processFunc((input) => toSigner(dkim).sign(input));
  const raw = await node.build();
  return { messageId, from: from.address, to: to.map(({ address }) => address), raw };
}

function toSigner({ domain, selector, privateKey }: DkimKey): DKIM {
  return new DKIM({ domainName: domain, keySelector: selector, privateKey, headerFieldNames: SIGNED });
}

function toMailbox({ name, address }: Address): { name: string; address: string } {
  return { name: toSafeLine(name ?? '', 100), address };
}

function toCrlf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
