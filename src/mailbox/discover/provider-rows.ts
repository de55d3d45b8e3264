/** A mail provider that many people use: what its address domains have in common. */
export interface Provider {
  readonly name: string;
  readonly domains: readonly string[];
  readonly host: string;
  /** What a person must know before a password is typed in vain, or `null`. */
  readonly hint: string | null;
}

const APP_PASSWORD = 'wants an app password, not the one for its web pages';

/**
 * IMAP servers, all with TLS on port 993, by the providers' own help pages (2026): support.google.com/mail/answer/7126229,
 * support.microsoft.com "POP, IMAP, and SMTP settings for Outlook.com", help.yahoo.com SLN4075, support.apple.com/102525,
 * fastmail.help "Server names and ports", proton.me/support/bridge (which runs on one's own machine, hence not here), gmx.net
 * and web.de "IMAP", mailbox.org, posteo.de, migadu.com/guides/mail-clients, help.zoho.com, yandex.com/support/mail,
 * help.mail.ru, disroot.org, riseup.net, ionos.com.
 */
export const PROVIDERS: readonly Provider[] = [
  {
    name: 'Gmail',
    domains: ['gmail.com', 'googlemail.com'],
    host: 'imap.gmail.com',
    hint: `${APP_PASSWORD}, or OAuth2`,
  },
  {
    name: 'Outlook',
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com'],
    host: 'outlook.office365.com',
    hint: 'lets programs in by OAuth2 only',
  },
  {
    name: 'Yahoo',
    domains: ['yahoo.com', 'ymail.com', 'rocketmail.com', 'yahoo.co.uk', 'yahoo.de', 'yahoo.fr'],
    host: 'imap.mail.yahoo.com',
    hint: APP_PASSWORD,
  },
  { name: 'AOL', domains: ['aol.com'], host: 'imap.aol.com', hint: APP_PASSWORD },
  { name: 'iCloud', domains: ['icloud.com', 'me.com', 'mac.com'], host: 'imap.mail.me.com', hint: APP_PASSWORD },
  { name: 'Fastmail', domains: ['fastmail.com', 'fastmail.fm'], host: 'imap.fastmail.com', hint: APP_PASSWORD },
  {
    name: 'GMX',
    domains: ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch'],
    host: 'imap.gmx.net',
    hint: 'wants IMAP to be allowed in its settings first',
  },
  {
    name: 'GMX',
    domains: ['gmx.com', 'gmx.us', 'gmx.co.uk'],
    host: 'imap.gmx.com',
    hint: 'wants IMAP to be allowed in its settings first',
  },
  {
    name: 'WEB.DE',
    domains: ['web.de'],
    host: 'imap.web.de',
    hint: 'wants IMAP to be allowed in its settings first',
  },
  { name: 'mailbox.org', domains: ['mailbox.org'], host: 'imap.mailbox.org', hint: null },
  { name: 'Posteo', domains: ['posteo.de', 'posteo.net', 'posteo.org'], host: 'posteo.de', hint: null },
  { name: 'Zoho', domains: ['zoho.com', 'zohomail.com'], host: 'imap.zoho.com', hint: APP_PASSWORD },
  {
    name: 'Yandex',
    domains: ['yandex.com', 'yandex.ru', 'ya.ru'],
    host: 'imap.yandex.com',
    hint: APP_PASSWORD,
  },
  { name: 'Mail.ru', domains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru'], host: 'imap.mail.ru', hint: APP_PASSWORD },
  { name: 'Disroot', domains: ['disroot.org'], host: 'disroot.org', hint: null },
  { name: 'Riseup', domains: ['riseup.net'], host: 'mail.riseup.net', hint: null },
  { name: 'Migadu', domains: ['migadu.com'], host: 'imap.migadu.com', hint: null },
  { name: 'T-Online', domains: ['t-online.de', 'magenta.de'], host: 'secureimap.t-online.de', hint: APP_PASSWORD },
];

/** The provider of an address's domain, or `undefined`. */
export function findProvider(domain: string): Provider | undefined {
  return PROVIDERS.find(({ domains }) => domains.includes(domain.toLowerCase()));
}
