import type { Mailbox } from '../../model/mailbox.ts';
import type { FollowedSource } from '../../ports.ts';
import { toLimits, type ArchivePorts } from './archive-ports.ts';
import { ArchiveTrouble } from './archive-trouble.ts';
import { readArchiveUrl } from './archive-url.ts';
import { toSecond } from './atom-feed.ts';
import { readBackFill } from './back-fill.ts';
import { followRounds, readRounds, type Round } from './follow-rounds.ts';
import { readMonths } from './monthly-archive.ts';
import type { PoliteClient } from './polite-client.ts';
import { PublicInboxPages } from './public-inbox-pages.ts';
import { readNewsCursor } from './news-cursor.ts';
import { readNews } from './read-news.ts';

/** A monthly file is read whole where it changed, so it is looked at less often. */
const MONTHLY = 12;

/**
 * An archive followed by its web pages: a public-inbox (its Atom feed for news, threads and raw mails, its search for what was
 * there before), or monthly mboxes. Cursors are called `NAME\nnews`, `NAME\nback-fill` and `NAME\nmonths`.
 */
export function openHttpArchive(mailbox: Mailbox, ports: ArchivePorts, client: PoliteClient): FollowedSource {
  const { name } = mailbox;
  const limits = toLimits(ports);
  const isMonthly = readArchiveUrl(mailbox)?.form === 'monthly';
  const round = toRound(mailbox, ports, client);
  return {
    name,
    read: ({ cursors } = {}) => readRounds({ name, round }, cursors ?? new Map<string, string>()),
    follow: (options) =>
      followRounds({ round, pollMs: isMonthly ? MONTHLY * limits.pollMs : limits.pollMs }, ports, options),
  };
}

function toRound(mailbox: Mailbox, ports: ArchivePorts, client: PoliteClient): Round {
  const address = readArchiveUrl(mailbox);
  const limits = toLimits(ports);
  const sources = ['news', 'back-fill', 'months'].map((what) => `${mailbox.name}\n${what}`);
  const [news = '', backFill = '', months = ''] = sources;
  const order = mailbox.backFill === 'none' ? null : mailbox.backFill;
  return async function* (cursors, signal) {
    if (address === null) throw new ArchiveTrouble('bad-address', `${mailbox.url}: is no address of an archive`);
    const { base, since } = address;
    if (address.form === 'monthly') {
      yield* readMonths(
        { base, since, order, source: months, cursor: cursors.get(months) },
        { client, limits, signal },
      );
      yield { kind: 'caught-up' };
      return;
    }
    const started = ports.clock.now();
    const pages = new PublicInboxPages(base, client, limits, signal);
    yield* readNews(pages, {
      source: news,
      cursor: cursors.get(news),
      positionOnly: order !== null,
      since,
      maxPages: limits.pages,
      now: started,
    });
    const newest = readNewsCursor(cursors.get(news))?.newest ?? null;
    const here = toSecond(started.getTime());
    // Old mail ends where news begin, also where this machine's clock is behind.
    const until = newest !== null && newest > here ? newest : here;
    // News must not wait for years of old mail: after a while the next round looks for them again.
    while (order !== null && cursors.get(backFill) !== 'done') {
      if (ports.clock.now().getTime() - started.getTime() > limits.pollMs) return;
      yield* readBackFill(pages, { source: backFill, cursor: cursors.get(backFill), order, since, until, newest });
    }
    yield { kind: 'caught-up' };
  };
}
