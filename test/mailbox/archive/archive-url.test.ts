import { describe, expect, it } from 'vitest';
import { readArchiveUrl, writeFragment } from '../../../src/mailbox/archive/archive-url.ts';
import { findKnownArchive } from '../../../src/mailbox/archive/known-archives.ts';
import { isPrivateAddress } from '../../../src/mailbox/archive/private-address.ts';
import { readRetryAfter } from '../../../src/mailbox/archive/retry-after.ts';

const base = 'https://host.example.org/list/';
const usual = { base, isFolder: false, firstEpoch: 0, since: null, form: 'public-inbox' };

describe('the address of an archive', () => {
  it.each([
    ['a list by git', 'git', 'git+https://host.example.org/list/', usual],
    ['its first epoch', 'git', 'git+https://host.example.org/list/0', usual],
    ['a later epoch', 'git', 'git+https://host.example.org/list/3', { ...usual, firstEpoch: 3 }],
    ['an epoch as mirrors name it', 'git', 'https://host.example.org/list/git/2.git', { ...usual, firstEpoch: 2 }],
    ['a list without the last slash', 'http', 'https://host.example.org/list', usual],
    [
      'a number that is a list over HTTP',
      'http',
      'https://host.example.org/3',
      { ...usual, base: 'https://host.example.org/3/' },
    ],
    ['a day', 'http', `${base}#since=2024-01-31`, { ...usual, since: '2024-01-31T00:00:00Z' }],
    ['a day that is none', 'http', `${base}#since=yesterday`, usual],
    ['monthly files', 'http', `${base}#form=monthly`, { ...usual, form: 'monthly' }],
    ['a folder', 'git', '/srv/mirror/list', { ...usual, base: '/srv/mirror/list', isFolder: true }],
    ['another protocol', 'git', 'ssh://host.example.org/list', null],
    ['a helper of git', 'git', 'ext::sh -c true', null],
    ['a folder over HTTP', 'http', '/srv/mirror/list', null],
    ['nothing', 'git', '', null],
  ] as const)('%s', (_name, kind, url, expected) => {
    expect(readArchiveUrl({ url, kind, backFill: 'in-order', addedAt: '2024-05-15T00:00:00Z' })).toEqual(expected);
  });

  it('says when it was added where no old mail is wanted', () => {
    const mailbox = {
      url: `${base}#since=2020-01-01`,
      kind: 'git',
      backFill: 'none',
      addedAt: '2024-05-15T12:00:00Z',
    } as const;
    expect(readArchiveUrl(mailbox)?.since).toBe('2024-05-15T12:00:00Z');
  });

  it.each([
    [{ since: null, form: 'public-inbox' }, ''],
    [{ since: '2024-01-31', form: 'public-inbox' }, '#since=2024-01-31'],
    [{ since: '2024-01-31', form: 'monthly' }, '#since=2024-01-31&form=monthly'],
  ] as const)('%j is written', (said, text) => {
    expect(writeFragment(said)).toBe(text);
  });
});

it.each([
  ['xen-devel', 'https://lore.kernel.org/xen-devel/'],
  ['Xen-devel@lists.xen.org', 'https://lore.kernel.org/xen-devel/'],
  ['linux-kernel@vger.kernel.org', 'https://lore.kernel.org/lkml/'],
  ['xen', undefined],
])('the archive of %s is %s', (name, expected) => {
  expect(findKnownArchive(name)?.base).toBe(expected);
});

it.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['::1', true],
  ['fe80::1', true],
  ['fd00::1', true],
  ['::ffff:10.0.0.1', true],
  ['0.0.0.0', true],
  ['no address', true],
  ['172.32.0.1', false],
  ['203.0.113.7', false],
  ['2600:3c00::1', false],
  ['::ffff:8.8.8.8', false],
])('%s is an address of a private network: %s', (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected);
});

it.each([
  ['30', 30_000],
  [' 30 ', 30_000],
  ['999999999', 86_400_000],
  ['Wed, 15 May 2024 00:02:00 GMT', 120_000],
  ['Wed, 15 May 2023 00:02:00 GMT', 0],
  ['-5', null],
  ['soon', null],
  ['1e9', null],
  [null, null],
])('Retry-After %j is %j ms', (value, expected) => {
  expect(readRetryAfter(value, new Date('2024-05-15T00:00:00Z'))).toBe(expected);
});
