/** A list followed over HTTP: what is asked for, and that a server that misbehaves is borne with, politely and within bounds. */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArchivePorts } from '../../../src/mailbox/archive/archive-ports.ts';
import { findMessageId } from '../../../src/mailbox/archive/mail-stream.ts';
import { toArchiveOpener } from '../../../src/mailbox/archive/open-archive.ts';
import type { Mailbox } from '../../../src/model/mailbox.ts';
import type { Reading } from '../../../src/ports.ts';
import {
  answer,
  notFound,
  startFaultyServer,
  toPorts,
  writeFeed,
  writeMbox,
  type Answering,
  type FakeMail,
  type FaultyServer,
} from './faulty-server.ts';

let server: FaultyServer;
beforeEach(async () => {
  server = await startFaultyServer();
});
afterEach(() => server.close());

const START = Date.UTC(2024, 4, 15) / 1000;
const toMail = (number: number): FakeMail => ({ id: `m${number}@example.org`, received: START + number });
const toMails = (from: number, to: number): FakeMail[] =>
  Array.from({ length: to - from + 1 }, (_, at) => toMail(from + at));

/** `20240515000010` as ISO 8601. */
function toDate(t: string): string {
  const at = (from: number, to: number): string => t.slice(from, to);
  return `${at(0, 4)}-${at(4, 6)}-${at(6, 8)}T${at(8, 10)}:${at(10, 12)}:${at(12, 14)}Z`;
}

/** Serves mails as a public-inbox without a search does: feeds of 25, raw mails, threads of one. */
function serve(mails: readonly FakeMail[]): void {
  const newest = [...mails].reverse();
  server.answers.set('*', (request, response) => {
    const path = decodeURIComponent((request.url ?? '').replace('/list/', ''));
    const before = /^new\.atom(?:\?t=(?<t>\d{14}))?$/.exec(path);
    const one = mails.find(({ id }) => path === `${id}/raw` || path === `${id}/t.mbox.gz`);
    if (before) {
      const t = before.groups?.['t'];
      const until = t === undefined ? Infinity : Date.parse(toDate(t)) / 1000;
      const page = newest.filter(({ received }) => received <= until).slice(0, 25);
      (page.length === 0 ? notFound : answer(writeFeed(page)))(request, response);
    } else if (one) answer(path.endsWith('gz') ? gzipSync(writeMbox([one])) : writeMbox([one]))(request, response);
    else notFound(request, response);
  });
}

const MAILBOX: Mailbox = {
  name: 'list',
  url: '',
  kind: 'http',
  secret: null,
  tls: 'none',
  ca: null,
  backFill: 'none',
  addedAt: '2024-05-14T00:00:00.000Z',
};

/** Follows until `enough` says so, or for so long; gives what was read. */
async function follow(
  enough: (readings: readonly Reading[]) => boolean,
  {
    ms = 3_000,
    limits = {},
    cursors = new Map<string, string>(),
    mailbox = {},
    ports = {},
  }: {
    ms?: number;
    limits?: ArchivePorts['limits'];
    cursors?: Map<string, string>;
    mailbox?: Partial<Mailbox>;
    ports?: Partial<ArchivePorts>;
  } = {},
): Promise<Reading[]> {
  const source = toArchiveOpener(toPorts(limits, ports))({ ...MAILBOX, url: server.base, ...mailbox });
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ms);
  const readings: Reading[] = [];
  for await (const reading of source.follow({ cursors, signal: stop.signal })) {
    readings.push(reading);
    if (reading.kind === 'cursor') cursors.set(reading.source, reading.cursor);
    if (enough(readings)) stop.abort();
  }
  clearTimeout(timer);
  return readings;
}

const idsOf = (readings: readonly Reading[]): (string | null)[] =>
  readings.flatMap((one) => (one.kind === 'mail' ? [findMessageId(one.mail.bytes)] : []));
const standingsOf = (readings: readonly Reading[]): string[] =>
  readings.flatMap((one) =>
    one.kind === 'standing'
      ? [`${one.standing.state}: ${one.standing.reason ?? ''}`.replace(server.base, 'BASE/').trim()]
      : [],
  );
const caughtUp = (times: number) => (readings: readonly Reading[]) =>
  readings.filter(({ kind }) => kind === 'caught-up').length >= times;

describe('news over HTTP', () => {
  it('come once each, oldest first, with a link', async () => {
    serve(toMails(1, 10));
    const cursors = new Map<string, string>();
    const first = await follow(caughtUp(1), { cursors });
    serve(toMails(1, 13));
    const second = await follow(caughtUp(2), { cursors });

    expect(idsOf(first)).toEqual(toMails(1, 10).map(({ id }) => id));
    expect(idsOf(second)).toEqual(['m11@example.org', 'm12@example.org', 'm13@example.org']);
    expect(second.flatMap((one) => (one.kind === 'mail' ? [one.mail.url] : []))[0]).toBe(
      `${server.base}m11@example.org/`,
    );
  });

  it.each([
    ['a gap of a few pages', 70],
    ['a gap that would be asked of a search, where there is none', 180],
  ])('%s is leafed through until the known is met', async (_name, until) => {
    serve(toMails(1, 10));
    const cursors = new Map<string, string>();
    await follow(caughtUp(1), { cursors });
    serve(toMails(1, until));
    const readings = await follow(caughtUp(1), { cursors, ms: 10_000 });

    expect(idsOf(readings)).toEqual(toMails(11, until).map(({ id }) => id));
  });

  it('a wide gap is asked of the search as a whole', async () => {
    serve(toMails(1, 10));
    const cursors = new Map<string, string>();
    await follow(caughtUp(1), { cursors });
    serve(toMails(1, 300));
    server.answers.set(`?q=rt:${START + 10}..${START + 300}&x=m`, answer(gzipSync(writeMbox(toMails(10, 300)))));
    server.asked.length = 0;
    const readings = await follow(caughtUp(1), { cursors, ms: 10_000 });

    expect(new Set(idsOf(readings))).toEqual(new Set(toMails(10, 300).map(({ id }) => id)));
    expect(server.asked.length).toBeLessThan(6);
  });

  it('many mails of one second do not stop the leafing', async () => {
    const crowd = toMails(20, 80).map((mail) => ({ ...mail, received: START + 20 }));
    serve(toMails(1, 10));
    const cursors = new Map<string, string>();
    await follow(caughtUp(1), { cursors });
    serve([...toMails(1, 19), ...crowd.slice(0, 20), ...toMails(90, 100)]);
    const readings = await follow(caughtUp(1), { cursors, ms: 10_000 });

    expect(idsOf(readings).length).toBe(9 + 20 + 11);
  });

  it('a mail whose parent nobody has seen brings its whole thread; one whose parent is known comes alone', async () => {
    serve(toMails(1, 2));
    const cursors = new Map<string, string>();
    await follow(caughtUp(1), { cursors });
    const replies = [
      { ...toMail(3), parent: 'm2@example.org' },
      { ...toMail(4), parent: 'old@example.org' },
    ];
    serve([...toMails(1, 2), ...replies]);
    server.answers.set('m4@example.org/t.mbox.gz', answer(gzipSync(writeMbox([{ id: 'old@example.org' }, toMail(4)]))));
    server.asked.length = 0;
    const readings = await follow(caughtUp(1), { cursors });

    expect(idsOf(readings)).toEqual(['m3@example.org', 'old@example.org', 'm4@example.org']);
    expect(server.asked.map(({ path }) => path)).toEqual([
      'new.atom',
      'm3@example.org/raw',
      'm4@example.org/t.mbox.gz',
    ]);
  });

  it('a clock that is ahead does not hide what comes after', async () => {
    const ahead = { id: 'ahead@example.org', received: Date.UTC(2037, 0, 1) / 1000 };
    serve([...toMails(1, 5), ahead]);
    const cursors = new Map<string, string>();
    await follow(caughtUp(1), { cursors });
    serve([...toMails(1, 60), ahead]);
    const readings = await follow(caughtUp(1), { cursors, ms: 10_000 });

    expect(idsOf(readings)).toEqual(toMails(6, 60).map(({ id }) => id));
  });

  it('an unchanged feed is asked for by its validators', async () => {
    const feed = writeFeed(toMails(1, 1));
    serve(toMails(1, 1));
    server.answers.set('new.atom', (request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else
        answer(feed, { headers: { etag: '"v1"', 'last-modified': 'Wed, 15 May 2024 00:00:00 GMT' } })(
          request,
          response,
        );
    });
    await follow(caughtUp(3));

    expect(
      server.asked
        .filter(({ path }) => path === 'new.atom')
        .map(({ headers }) => [headers['if-none-match'], headers['if-modified-since']]),
    ).toEqual([
      [undefined, undefined],
      ['"v1"', 'Wed, 15 May 2024 00:00:00 GMT'],
      ['"v1"', 'Wed, 15 May 2024 00:00:00 GMT'],
    ]);
    expect(server.asked.every(({ headers }) => headers['user-agent'] === 'heddle/test')).toBe(true);
  });
});

const GOOD = (): Answering => answer(writeFeed([]));
const bomb = gzipSync(Buffer.alloc(50_000_000));

/** A server that is ill at first and well later; what is told of it. */
const FAULTS: readonly (readonly [string, Answering, RegExp])[] = [
  ['500', answer('oops', { status: 500 }), /^failing: BASE\/new\.atom: the server failed \(500\)$/],
  ['403', answer('no', { status: 403 }), /^failing: BASE\/new\.atom: the server refuses to answer \(403\)$/],
  ['404', notFound, /^failing: BASE\/new\.atom: there is no such page \(404\)$/],
  ['429', answer('', { status: 429 }), /^failing: BASE\/new\.atom: the server is busy \(429\)$/],
  ['a reset', (request) => request.socket.destroy(), /^failing: BASE\/new\.atom: the connection was (?:reset|closed)$/],
  [
    'a reset in the middle',
    (request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('<feed>', () => request.socket.destroy());
    },
    /^failing: BASE\/new\.atom: the connection was (?:reset|closed) \(in the middle of the answer\)$/,
  ],
  ['silence', () => undefined, /^failing: BASE\/new\.atom: no answer within 0\.3 s$/],
  [
    'silence in the middle',
    (_request, response) => void response.writeHead(200).write('<feed>'),
    /^failing: BASE\/new\.atom: the answer takes too long$/,
  ],
  [
    'a drip',
    (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    },
    /^failing: BASE\/new\.atom: the answer takes too long$/,
  ],
  ['a huge body', answer('x'.repeat(3_000_000)), /^failing: BASE\/new\.atom: the answer is longer than 100000 bytes$/],
  [
    'a gzip bomb as transfer coding',
    answer(bomb, { headers: { 'content-encoding': 'gzip' } }),
    /^failing: BASE\/new\.atom: the answer is longer than 100000 bytes$/,
  ],
  [
    'HTML in place of a feed',
    answer('<!DOCTYPE html><html><body><feed ></body></html>'),
    /^failing: BASE\/new\.atom: is no Atom feed of a public-inbox archive$/,
  ],
  ['nothing', answer(''), /^failing: BASE\/new\.atom: is no Atom feed of a public-inbox archive$/],
  [
    'a loop of redirections',
    answer('', { status: 302, headers: { location: 'new.atom' } }),
    /^failing: BASE\/new\.atom: redirects more than 5 times$/,
  ],
  [
    'a redirection to a file',
    answer('', { status: 302, headers: { location: 'file:///etc/passwd' } }),
    /^failing: BASE\/new\.atom: redirects to something that is no http\(s\) address$/,
  ],
];

describe('a server that misbehaves', () => {
  it.each(FAULTS)('%s: one line, and it goes on', async (_name, fault, told) => {
    server.answers.set('new.atom', fault);
    const readings: Reading[] = await follow((some) => {
      if (some.some((one) => one.kind === 'standing' && one.standing.state === 'failing'))
        server.answers.set('new.atom', GOOD());
      return caughtUp(1)(some);
    });

    const [failing = '', ...rest] = standingsOf(readings);
    expect(failing.replace(/^connected:\s*/, '')).toMatch(told);
    expect(failing).not.toContain('\n');
    expect(rest).toEqual(['connected:', 'caught-up:'].slice(-rest.length));
    expect(rest.at(-1)).toBe('caught-up:');
    expect(Math.max(...server.asked.map(({ open }) => open))).toBe(1);
  });

  it('is left alone for as long as it asks', async () => {
    server.answers.set('new.atom', answer('', { status: 429, headers: { 'retry-after': '1' } }));
    const readings = await follow((some) => {
      if (some.length > 0) server.answers.set('new.atom', GOOD());
      return caughtUp(1)(some);
    });

    expect(standingsOf(readings)[0]).toBe('failing: BASE/new.atom: the server is busy (429), and asks to wait 1 s');
    const [first, second] = server.asked;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it('is asked less and less often', async () => {
    server.answers.set('*', answer('', { status: 500 }));
    await follow(() => false, { ms: 900, limits: { backOffMs: { first: 40, most: 10_000 } } });

    // 30, 60, 120, 240 and 480 ms: the sixth comes after the end.
    expect(server.asked.length).toBeGreaterThanOrEqual(3);
    expect(server.asked.length).toBeLessThanOrEqual(6);
  });

  it('which sends a thread that unpacks without end is asked for the mail alone', async () => {
    serve([{ ...toMail(1), parent: 'gone@example.org' }]);
    server.answers.set('m1@example.org/t.mbox.gz', answer(bomb));
    const readings = await follow(caughtUp(1));

    expect(idsOf(readings)).toEqual(['m1@example.org']);
  });

  it('which breaks off in a mail gives the mails before, and never half of one', async () => {
    const whole = writeMbox(toMails(1, 3));
    serve(toMails(1, 3));
    server.answers.set('m3@example.org/raw', (request, response) => {
      response.writeHead(200, { 'content-length': String(whole.length) });
      response.write(whole.subarray(0, whole.length - 20), () => request.socket.destroy());
    });
    const readings = await follow((some) => {
      if (standingsOf(some).some((line) => line.startsWith('failing'))) serve(toMails(1, 3));
      if (standingsOf(some).some((line) => line.startsWith('failing'))) server.answers.delete('m3@example.org/raw');
      return caughtUp(1)(some);
    });
    const texts = readings.flatMap((one) => (one.kind === 'mail' ? [one.mail.bytes.toString()] : []));

    expect(texts.every((text) => /\nText of m\d@example\.org\.\n/.test(text))).toBe(true);
    expect(new Set(idsOf(readings))).toEqual(new Set(toMails(1, 3).map(({ id }) => id)));
  });

  it('which redirects into a private network is not followed there', async () => {
    const asked: string[] = [];
    const ports: Partial<ArchivePorts> = {
      lookup: (host) => Promise.resolve([host === 'public.example.org' ? '203.0.113.7' : '10.0.0.1']),
      fetch: (url) => {
        asked.push(url);
        return Promise.resolve(new Response('', { status: 302, headers: { location: 'http://inside.example.org/' } }));
      },
    };
    const readings = await follow((some) => some.length > 0, {
      mailbox: { url: 'http://public.example.org/list/' },
      ports,
    });

    expect(standingsOf(readings)).toEqual([
      'failing: http://public.example.org/list/new.atom: redirects to an address of a private network, which is not followed',
    ]);
    expect(asked).toEqual(['http://public.example.org/list/new.atom']);
  });

  it('whose mail is gone again before it is asked for is told, and the rest comes', async () => {
    serve(toMails(1, 3));
    server.answers.set('m2@example.org/raw', notFound);
    const readings = await follow(caughtUp(1));

    expect(idsOf(readings)).toEqual(['m1@example.org', 'm3@example.org']);
    expect(readings.filter(({ kind }) => kind === 'failure')).toEqual([
      {
        kind: 'failure',
        failure: { origin: `${server.base}m2@example.org/`, reason: 'was announced by the archive, but is not there' },
      },
    ]);
  });

  it('ends at once when it is told to, also in the middle of an answer', async () => {
    server.answers.set('new.atom', (_request, response) => void response.writeHead(200).write('<feed>'));
    const began = Date.now();
    await follow(() => false, { ms: 100, limits: { silentMs: 60_000, answerMs: 60_000 } });

    expect(Date.now() - began).toBeLessThan(1_000);
  });
});

describe('mail that is there already', () => {
  it('comes as one file where there is no search, once', async () => {
    serve(toMails(1, 5));
    server.answers.set('all.mbox.gz', answer(gzipSync(writeMbox(toMails(1, 5)))));
    const cursors = new Map<string, string>();
    const first = await follow(caughtUp(1), { cursors, mailbox: { backFill: 'newest-first' } });
    const second = await follow(caughtUp(2), { cursors, mailbox: { backFill: 'newest-first' } });

    expect(idsOf(first)).toEqual(toMails(1, 5).map(({ id }) => id));
    expect(idsOf(second)).toEqual([]);
  });

  it('that the archive does not hand out is told once', async () => {
    serve(toMails(1, 5));
    const readings = await follow(caughtUp(2), { mailbox: { backFill: 'in-order' } });

    expect(readings.flatMap((one) => (one.kind === 'failure' ? [one.failure.reason] : []))).toEqual([
      'offers neither a search nor the whole list as one file; follow the archive by git to read what was there before',
    ]);
  });
});
