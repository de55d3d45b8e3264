import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMessageId } from '../../../src/mailbox/archive/mail-stream.ts';
import { findMonths } from '../../../src/mailbox/archive/monthly-archive.ts';
import { toArchiveOpener } from '../../../src/mailbox/archive/open-archive.ts';
import type { Mailbox } from '../../../src/model/mailbox.ts';
import { answer, startFaultyServer, toPorts, writeMbox, type FaultyServer } from './faulty-server.ts';

const BASE = 'https://host.example.org/pipermail/list/';

describe('monthly files', () => {
  it.each([
    [
      'pipermail',
      '<A href="2024-May.txt.gz">x</a> <A href="2024-April.txt.gz">',
      ['2024-04 2024-April.txt.gz', '2024-05 2024-May.txt.gz'],
    ],
    ['not packed', '<a href="2024-May.txt">', ['2024-05 2024-May.txt']],
    ['numbers', "<a href='2024-05.mbox'>", ['2024-05 2024-05.mbox']],
    ['with the name of the list', '<a href=xen-devel-2015-03.gz>', ['2015-03 xen-devel-2015-03.gz']],
    ['written in full', `<a href="${BASE}2024-05.mbox.gz">`, ['2024-05 2024-05.mbox.gz']],
    ['twice', '<a href="2024-May.txt.gz"><a href="2024-May.txt">', ['2024-05 2024-May.txt.gz']],
    ['elsewhere', '<a href="https://other.example.org/2024-05.mbox"><a href="../2024-05.mbox">', []],
    ['pages by thread', '<a href="2024-May/thread.html"><a href="2024-05/">', []],
    ['a month that is none', '<a href="2024-13.mbox"><a href="2024-Foo.txt.gz">', []],
    ['a release', '<a href="xen-4.18.0.tar.gz">', []],
  ] as const)('%s', (_name, html, expected) => {
    expect(findMonths(html, BASE).map(({ month, url }) => `${month} ${url.slice(BASE.length)}`)).toEqual(expected);
  });
});

describe('an archive of monthly files', () => {
  let server: FaultyServer;
  beforeEach(async () => {
    server = await startFaultyServer();
  });
  afterEach(() => server.close());

  async function read(cursors: Map<string, string>, backFill: Mailbox['backFill'] = 'in-order') {
    const mailbox: Mailbox = {
      name: 'list',
      url: `${server.base}#form=monthly`,
      kind: 'http',
      secret: null,
      tls: 'none',
      ca: null,
      backFill,
      addedAt: '2024-05-15T00:00:00.000Z',
    };
    const ids: (string | null)[] = [];
    const failures: string[] = [];
    for await (const reading of toArchiveOpener(toPorts({}))(mailbox).read({ cursors })) {
      if (reading.kind === 'mail') ids.push(findMessageId(reading.mail.bytes));
      if (reading.kind === 'failure') failures.push(reading.failure.reason);
      if (reading.kind === 'cursor') cursors.set(reading.source, reading.cursor);
    }
    return { ids, failures };
  }

  function serve(month: string, ids: readonly string[], etag: string): void {
    server.answers.set(`${month}.mbox.gz`, (request, response) => {
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else answer(gzipSync(writeMbox(ids.map((id) => ({ id })))), { headers: { etag } })(request, response);
    });
  }

  it('is read whole once, and then where it changed', async () => {
    const cursors = new Map<string, string>();
    server.answers.set(
      '',
      answer(['2024-01', '2024-02', '2024-03'].map((month) => `<a href="${month}.mbox.gz">`).join('')),
    );
    serve('2024-01', ['a@example.org'], '"1"');
    serve('2024-02', ['b@example.org'], '"1"');
    serve('2024-03', ['c@example.org'], '"1"');
    const first = await read(cursors);
    serve('2024-01', ['a@example.org', 'never@example.org'], '"2"');
    serve('2024-03', ['c@example.org', 'd@example.org'], '"2"');
    server.asked.length = 0;
    const second = await read(cursors);

    expect(first).toEqual({ ids: ['a@example.org', 'b@example.org', 'c@example.org'], failures: [] });
    expect(second).toEqual({ ids: ['c@example.org', 'd@example.org'], failures: [] });
    expect(server.asked.map(({ path }) => path)).toEqual(['', '2024-02.mbox.gz', '2024-03.mbox.gz']);
  });

  it('is read from the month on in which it was followed, where old mail is not wanted', async () => {
    server.answers.set('', answer('<a href="2024-04.mbox.gz"><a href="2024-05.mbox.gz">'));
    serve('2024-05', ['c@example.org'], '"1"');

    expect(await read(new Map(), 'none')).toEqual({ ids: ['c@example.org'], failures: [] });
  });

  it('with a page in place of a month goes on with the others', async () => {
    server.answers.set('', answer('<a href="2024-04.mbox.gz"><a href="2024-05.mbox.gz">'));
    server.answers.set('2024-04.mbox.gz', answer('<html>gone</html>'));
    serve('2024-05', ['c@example.org'], '"1"');
    const { ids, failures } = await read(new Map());

    expect({ ids, failures: failures.length }).toEqual({ ids: ['c@example.org'], failures: 1 });
  });
});
