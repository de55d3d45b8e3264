import type { Reading } from '../../ports.ts';
import type { ArchiveLimits } from './archive-ports.ts';
import { ArchiveTrouble } from './archive-trouble.ts';
import { readFeed, type Feed } from './atom-feed.ts';
import { readMails, toPathPart, withLink } from './mail-stream.ts';
import type { PoliteClient, Validators } from './polite-client.ts';

/** The pages of a public-inbox that a reader needs, as public-inbox-httpd serves them. */
export class PublicInboxPages {
  readonly base: string;
  readonly #client: PoliteClient;
  readonly #limits: ArchiveLimits;
  readonly #signal: AbortSignal;

  constructor(base: string, client: PoliteClient, limits: ArchiveLimits, signal: AbortSignal) {
    this.base = base;
    this.#client = client;
    this.#limits = limits;
    this.#signal = signal;
  }

  /** The newest mails, or `null` where nothing changed since `validators`. An archive without mail has no feed: that is none either. */
  async newest(validators?: Validators): Promise<{ readonly feed: Feed; readonly validators: Validators } | null> {
    const answer = await this.#page(`${this.base}new.atom`, validators);
    if (answer.status === 304) return null;
    return { feed: this.#toFeed(answer.text, `${this.base}new.atom`), validators: answer.validators };
  }

  /** Mails received up to a second (ISO 8601 in UTC), newest first; none where there are no older ones. */
  async before(updated: string): Promise<Feed> {
    const url = `${this.base}new.atom?t=${updated.replace(/\D/g, '').slice(0, 14)}`;
    return this.#feedOrEmpty(url);
  }

  /** The newest mails received between two times (seconds, both inclusive). Without a search it throws trouble that `isNotOffered` knows. */
  async search(from: number, until: number): Promise<Feed> {
    return this.#feedOrEmpty(`${this.base}?q=${toQuery(from, until)}&x=A`);
  }

  /** All mails received between two times (seconds, both inclusive), as the search hands them out. */
  range(from: number, until: number): AsyncGenerator<Reading> {
    const url = `${this.base}?q=${toQuery(from, until)}&x=m`;
    return this.#mails(url, { method: 'POST', unpacked: this.#limits.listBytes, answerMs: this.#limits.longAnswerMs });
  }

  /** The whole list as one file. */
  all(): AsyncGenerator<Reading> {
    return this.#mails(`${this.base}all.mbox.gz`, {
      unpacked: this.#limits.listBytes,
      answerMs: this.#limits.longAnswerMs,
    });
  }

  /** The whole thread of a mail. */
  thread(id: string): AsyncGenerator<Reading> {
    return this.#mails(`${this.base}${toPathPart(id)}/t.mbox.gz`, {
      unpacked: this.#limits.threadBytes,
      answerMs: this.#limits.answerMs,
    });
  }

  /** One mail, and whatever else has the same Message-ID. */
  raw(id: string): AsyncGenerator<Reading> {
    return this.#mails(`${this.base}${toPathPart(id)}/raw`, {
      unpacked: this.#limits.threadBytes,
      answerMs: this.#limits.answerMs,
    });
  }

  async #feedOrEmpty(url: string): Promise<Feed> {
    try {
      return this.#toFeed((await this.#page(url)).text, url);
    } catch (error) {
      if (error instanceof ArchiveTrouble && error.kind === 'not-found') return { title: '', entries: [] };
      throw error;
    }
  }

  #toFeed(text: string, url: string): Feed {
    const feed = readFeed(text);
    if (feed === null) throw new ArchiveTrouble('no-archive', `${url}: is no Atom feed of a public-inbox archive`);
    return feed;
  }

  async #page(url: string, validators?: Validators) {
    const { pageBytes: maxBytes, answerMs } = this.#limits;
    const { body, ...answer } = await this.#client.read({ url, validators, maxBytes, answerMs }, this.#signal);
    return { ...answer, text: body.toString('utf8') };
  }

  async *#mails(
    url: string,
    { method, unpacked, answerMs }: { readonly method?: 'POST'; readonly unpacked: number; readonly answerMs: number },
  ): AsyncGenerator<Reading> {
    const answer = await this.#client.open(
      { url, method: method ?? 'GET', maxBytes: unpacked, answerMs },
      this.#signal,
    );
    try {
      for await (const reading of readMails(answer, url, unpacked))
        yield reading.kind === 'mail' ? { kind: 'mail', mail: withLink(reading.mail, this.base) } : reading;
    } finally {
      await answer.close();
    }
  }
}

/** By the time of receiving, which searches of public-inbox take in seconds; numbers of fewer than five digits mean years there. */
function toQuery(from: number, until: number): string {
  return `rt:${Math.max(100_000, from)}..${Math.max(100_000, until)}`;
}

/** Whether trouble means that the archive does not have what was asked for, rather than that it is ill. */
export function isNotOffered(error: unknown): boolean {
  return error instanceof ArchiveTrouble && ['not-found', 'refused', 'no-archive'].includes(error.kind);
}
