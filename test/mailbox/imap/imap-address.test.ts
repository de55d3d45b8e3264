import { describe, expect, it } from 'vitest';
import { readImapAddress } from '../../../src/mailbox/imap/imap-address.ts';

const USUAL = { host: 'mail.example.org', port: 993, implicitTls: true, user: 'bot', folder: 'INBOX' };

describe('the address of a mailbox', () => {
  it.each([
    { url: 'imaps://bot@mail.example.org', address: USUAL },
    { url: 'imaps://bot@mail.example.org/', address: USUAL },
    { url: 'imap://bot@mail.example.org/', address: { ...USUAL, port: 143, implicitTls: false } },
    { url: 'imaps://bot@mail.example.org:1993/Lists/xen', address: { ...USUAL, port: 1993, folder: 'Lists/xen' } },
    {
      url: 'imaps://bot%40example.org@mail.example.org/a%20b',
      address: { ...USUAL, user: 'bot@example.org', folder: 'a b' },
    },
    { url: 'imaps://mail.example.org/xen', address: { ...USUAL, user: null, folder: 'xen' } },
    { url: 'imap://bot@[::1]:10143/', address: { ...USUAL, host: '::1', port: 10143, implicitTls: false } },
  ])('$url', ({ url, address }) => {
    expect(readImapAddress(url)).toEqual(address);
  });

  it.each([
    { name: 'of another protocol', url: 'https://mail.example.org/' },
    { name: 'with a password', url: 'imaps://bot:secret@mail.example.org/' },
    { name: 'without a host', url: 'imaps:///INBOX' },
    { name: 'broken in its percents', url: 'imaps://bot@mail.example.org/%zz' },
    { name: 'that is a word', url: 'mailbox' },
  ])('is none $name', ({ url }) => {
    expect(readImapAddress(url)).toBeNull();
  });
});
