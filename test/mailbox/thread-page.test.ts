import { describe, expect, it } from 'vitest';
import { readThreadPage } from '../../src/mailbox/thread-page.ts';
import { readMessage } from '../../src/message/read-message.ts';

const PAGE = `All of the archive
 help / color / mirror / Atom feed
* dom0 hangs
@ 2017-09-28  8:42 Ada Example
  2017-09-28 13:31 \` Bob "B" Example
  2017-09-28 13:31 \` Cy Example
  0 siblings, 2 replies; 4+ messages in thread
From: Ada Example @ 2017-09-28  8:42 UTC (permalink / raw)
  To: xen-devel; +Cc: bob, Dora,
	Emil Example

It hangs:

(XEN) Hardware Dom0 crashed

^ permalink raw reply	[flat|nested] 4+ messages in thread

* Re: dom0 hangs
  2017-09-28  8:42 dom0 hangs Ada Example
@ 2017-09-28 13:31 \` Bob "B" Example
  2017-09-29  4:38   \` Ada Example
  2017-09-28 13:31 \` Cy Example
  1 sibling, 1 reply; 4+ messages in thread
From: Bob "B" Example @ 2017-09-28 13:31 UTC (permalink / raw)
  To: Ada Example

> It hangs:

Which version?

^ permalink raw reply	[flat|nested] 4+ messages in thread

* Re: dom0 hangs
  2017-09-28 13:31 \` Bob "B" Example
@ 2017-09-29  4:38   \` Ada Example
  0 siblings, 0 replies; 4+ messages in thread
From: Ada Example @ 2017-09-29  4:38 UTC (permalink / raw)
  To: Bob "B" Example

4.8

^ permalink raw reply	[flat|nested] 4+ messages in thread

* Re: dom0 hangs
  2017-09-28  8:42 dom0 hangs Ada Example
  2017-09-28 13:31 \` Bob "B" Example
@ 2017-09-28 13:31 \` Cy Example
  1 sibling, 0 replies; 4+ messages in thread
From: Cy Example @ 2017-09-28 13:31 UTC (permalink / raw)
  To: Ada Example

Me too.

^ permalink raw reply	[flat|nested] 4+ messages in thread

end of thread, other threads:[~2017-09-29  4:38 UTC | newest]
`;

const OVERVIEW = `
Thread overview: 4+ messages (download: mbox.gz / follow: Atom feed)
-- links below jump to the message on this page --
2017-09-28  8:42 dom0 hangs Ada Example
2017-09-28 13:31 \` Bob "B" Example
2017-09-29  4:38   \` Ada Example
2017-09-28 13:31 \` Cy Example
`;

const read = (page: string) => readThreadPage(page).map((bytes) => readMessage({ bytes, origin: 'page' }));

describe('readThreadPage', () => {
  it.each([
    { name: 'the overview at its end', page: PAGE + OVERVIEW },
    { name: 'the lines above each message alone', page: PAGE },
    { name: 'CRLF line ends', page: (PAGE + OVERVIEW).replaceAll('\n', '\r\n') },
  ])('builds the tree from $name', ({ page }) => {
    const messages = read(page);
    const ids = messages.map(({ id }) => id);

    expect(messages.map(({ inReplyTo }) => inReplyTo.map((id) => ids.indexOf(id)))).toEqual([[], [0], [1], [0]]);
    expect(new Set(ids).size).toBe(4);
  });

  it('makes a mail of a message: names without addresses, the date in UTC, the body alone', () => {
    const [first, second] = read(PAGE + OVERVIEW);

    expect(first).toMatchObject({
      from: { name: 'Ada Example', address: '' },
      to: [{ name: 'xen-devel', address: '' }],
      cc: [
        { name: 'bob', address: '' },
        { name: 'Dora', address: '' },
        { name: 'Emil Example', address: '' },
      ],
      date: '2017-09-28T08:42:00.000Z',
      subject: 'dom0 hangs',
      url: null,
      problems: [],
    });
    expect(first?.parts.map(({ name, text }) => [name, text])).toEqual([
      ['body', 'It hangs:\n\n(XEN) Hardware Dom0 crashed\n'],
    ]);
    expect(second?.from).toEqual({ name: 'Bob "B" Example', address: '' });
    expect(first?.id).toMatch(/^[0-9a-f]{24}@thread-page\.heddle\.invalid$/);
  });

  it('gives the same ids when the page has grown', () => {
    const shorter = PAGE.slice(0, PAGE.lastIndexOf('* Re: dom0 hangs'));

    expect(
      read(PAGE + OVERVIEW)
        .slice(0, 3)
        .map(({ id }) => id),
    ).toEqual(read(shorter).map(({ id }) => id));
  });

  it('names a parent that the archive does not have by its id', () => {
    const page = `* Re: lost
       [not found] <root@example.org>
@ 2017-09-28 13:31 \` Bob Example
  0 siblings, 0 replies; 2+ messages in thread
From: Bob Example @ 2017-09-28 13:31 UTC (permalink / raw)

Yes.

^ permalink raw reply	[flat|nested] 2+ messages in thread

Thread overview: 2+ messages (download: mbox.gz / follow: Atom feed)
     [not found] <root@example.org>
2017-09-28 13:31 \` Re: lost Bob Example
`;

    expect(read(page).map(({ inReplyTo }) => inReplyTo)).toEqual([['root@example.org']]);
  });

  it('reads nothing from a page without messages', () => {
    expect(readThreadPage('From: somebody @ some time\n')).toEqual([]);
  });
});
