import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../src/message/read-message.ts';
import { findList, toRequestAddress } from '../../../src/pipeline/join/mailing-list.ts';
import { readConfirmation, type PendingJoin } from '../../../src/pipeline/join/read-confirmation.ts';
import { writeConfirmation, writeJoinRequest } from '../../../src/pipeline/join/write-request.ts';

const TOKEN = '0123456789abcdef0123456789abcdef01234567';
const OTHER = 'ffffffffffffffffffffffffffffffffffffffff';
const PENDING: PendingJoin = {
  name: 'xen-talk',
  host: 'lists.example.org',
  address: 'bot@example.org',
  askedAt: '2024-05-16T12:00:00.000Z',
};

interface Fields {
  readonly from?: string;
  readonly to?: string;
  readonly date?: string;
  readonly subject?: string;
  readonly listId?: string;
  readonly text?: string;
}

const OLD_TEXT = `We were asked to put your address, "bot@example.org", on xen-talk (a subscription).\n\n    confirm ${TOKEN}\n\nOr do nothing.\n`;

function read(fields: Fields) {
  const {
    from = 'xen-talk-request@lists.example.org',
    to = 'bot@example.org',
    date = 'Thu, 16 May 2024 12:03:00 +0000',
    subject = `confirm ${TOKEN}`,
    listId = 'Talk <xen-talk.lists.example.org>',
    text = OLD_TEXT,
  } = fields;
  const head = `From: ${from}\nTo: ${to}\nDate: ${date}\nSubject: ${subject}\nList-Id: ${listId}\nMessage-ID: <c@lists.example.org>\n`;
  return readConfirmation(readMessage({ bytes: Buffer.from(`${head}\n${text}`), origin: 'test' }), PENDING);
}

describe('a confirmation', () => {
  it.each<{ name: string; fields: Fields }>([
    { name: 'of Mailman 2', fields: {} },
    {
      name: 'of Mailman 2 that has the token in its sender',
      fields: { from: `xen-talk-confirm+${TOKEN}@lists.example.org`, subject: 'Your confirmation is required to join' },
    },
    {
      name: 'of Mailman 3',
      fields: {
        from: `xen-talk-confirm+${TOKEN}@lists.example.org`,
        subject: 'Your confirmation is needed to join the xen-talk@lists.example.org mailing list.',
        text: 'Email Address Registration Confirmation\n\n    bot@example.org\n\nReply to this message.\n',
      },
    },
    { name: 'written large', fields: { from: 'Xen-Talk-Request@Lists.Example.Org', to: 'Bot@Example.org' } },
    { name: 'of a clock that is slow', fields: { date: 'Thu, 16 May 2024 11:55:00 +0000' } },
  ])('is known: $name', ({ fields }) => {
    expect(read(fields)).toEqual({ kind: 'confirmation', token: TOKEN });
  });

  it.each<{ name: string; fields: Fields; why: string }>([
    {
      name: 'another sender',
      fields: { from: 'xen-talk-request@evil.example' },
      why: 'it does not come from the list',
    },
    {
      name: 'a sender that only begins like it',
      fields: { from: `xen-talk-confirm+${TOKEN}@lists.example.org.evil.example` },
      why: 'it does not come from the list',
    },
    {
      name: 'a person of the list',
      fields: { from: 'mallory@lists.example.org' },
      why: 'it does not come from the list',
    },
    { name: 'another list', fields: { listId: '<xen-users.lists.example.org>' }, why: 'it names another list' },
    {
      name: 'another addressee',
      fields: { to: 'ann@example.org' },
      why: 'it is not addressed to the address that asked',
    },
    {
      name: 'another address to subscribe',
      fields: { text: OLD_TEXT.replace('bot@', 'ann@') },
      why: 'it does not name the address that asked',
    },
    {
      name: 'from before we asked',
      fields: { date: 'Wed, 15 May 2024 12:00:00 +0000' },
      why: 'it is older than the request, or much younger',
    },
    { name: 'no date', fields: { date: 'soon' }, why: 'it is older than the request, or much younger' },
    { name: 'two tokens', fields: { subject: `confirm ${OTHER}` }, why: 'it holds several tokens' },
    {
      name: 'leaving',
      fields: { text: `We were asked for the removal of bot@example.org.\n\nconfirm ${TOKEN}\n` },
      why: 'it asks about leaving the list',
    },
    {
      name: 'something else',
      fields: { text: `A mail of bot@example.org is held.\n\nconfirm ${TOKEN}\n` },
      why: 'it does not speak of subscribing',
    },
  ])('is not answered: $name', ({ fields, why }) => {
    expect(read(fields)).toEqual({ kind: 'refused', why });
  });

  it.each<{ name: string; fields: Fields }>([
    { name: 'no token', fields: { subject: 'Re: confirm', text: 'subscription of bot@example.org' } },
    { name: 'a commit id in a sentence', fields: { subject: 'crash', text: `can you confirm ${TOKEN} is the one?` } },
    { name: 'a short token', fields: { subject: 'confirm 012345', text: '' } },
    { name: 'a command smuggled behind it', fields: { subject: `confirm ${TOKEN} unsubscribe`, text: '' } },
  ])('is something else: $name', ({ fields }) => {
    expect(read(fields)).toEqual({ kind: 'other' });
  });
});

describe('a list', () => {
  it.each([
    { text: 'xen-devel', request: 'xen-devel-request@lists.xenproject.org' },
    { text: ' Xen-Talk@Lists.Example.org ', request: 'xen-talk-request@lists.example.org' },
  ])('is found by $text', ({ text, request }) => {
    const list = findList(text);
    expect(list && toRequestAddress(list)).toBe(request);
  });

  it.each([
    'no-such-list',
    'a@b',
    'a b@example.org',
    'x@example.org\r\nBcc: y@example.org',
    'x@example.org,y@example.org',
  ])('is not found by %j', (text) => {
    expect(findList(text)).toBeNull();
  });
});

describe('what is written to a list', () => {
  it('goes to its request address, as a command alone, and is the same mail on the same day', () => {
    const asked = writeJoinRequest(PENDING, 'bot@example.org', '2024-05-16');
    expect(asked).toMatchObject({ to: 'xen-talk-request@lists.example.org', subject: 'subscribe', text: 'end\n' });
    expect(writeJoinRequest(PENDING, 'bot@example.org', '2024-05-16')).toEqual(asked);
    expect(writeJoinRequest(PENDING, 'bot@example.org', '2024-05-17').messageId).not.toBe(asked.messageId);
    expect(writeConfirmation(PENDING, 'bot@example.org', TOKEN)).toMatchObject({
      to: 'xen-talk-request@lists.example.org',
      subject: `confirm ${TOKEN}`,
      text: 'end\n',
    });
  });
});
