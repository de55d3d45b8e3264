import { setTimeout as pause } from 'node:timers/promises';
import { toLimits, type ArchiveLimits, type ArchivePorts } from './archive-ports.ts';
import { ArchiveTrouble, toTrouble } from './archive-trouble.ts';
import { openBody } from './bounded-body.ts';
import { HostGates } from './host-gate.ts';
import { isPrivateAddress } from './private-address.ts';
import { readRetryAfter } from './retry-after.ts';

export interface Asked {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  /** What was answered the last time: the server need not say it again. */
  readonly validators?: Validators | undefined;
  /** Bytes at most, after what the transfer packed is unpacked. */
  readonly maxBytes: number;
  /** All waiting for the answer, in milliseconds. */
  readonly answerMs: number;
}

/** How a server names the state of an answer, to be asked for it only where it changed. */
export interface Validators {
  readonly etag: string | null;
  readonly modified: string | null;
}

export interface Answer {
  /** 200, or 304 where nothing changed. */
  readonly status: number;
  /** The address that answered, after redirections. */
  readonly url: string;
  readonly type: string;
  readonly validators: Validators;
  /** The body, bounded in size and waiting; throws {@link ArchiveTrouble}. */
  readonly chunks: AsyncGenerator<Buffer, undefined>;
  /** Ends the request, read or not. Until then nobody else asks this host. */
  readonly close: () => Promise<void>;
}

/** A server on the same machine needs no pauses. */
const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Asks web servers the way a guest should: one request at a time to each host, a pause between two, conditional where
 * the server knows how, never before the time that it named. Everything is bounded, and every fault is an {@link ArchiveTrouble}.
 */
export class PoliteClient {
  readonly #ports: ArchivePorts;
  readonly #limits: ArchiveLimits;
  readonly #gates: HostGates;

  constructor(ports: ArchivePorts) {
    this.#ports = ports;
    this.#limits = toLimits(ports);
    this.#gates = new HostGates(ports.clock);
  }

  /** Asks, and hands the answer over as it comes. The caller must `close` it. */
  async open(asked: Asked, signal: AbortSignal): Promise<Answer> {
    let url = toHttp(asked.url, asked.url);
    const isGuest = !(await this.#isPrivate(url.hostname));
    for (let hops = 0; hops <= this.#limits.redirects; hops += 1) {
      const answer = await this.#ask(asked, url, signal);
      if (!('location' in answer)) return answer;
      const next = toHttp(answer.location, asked.url, url);
      if (url.protocol === 'https:' && next.protocol === 'http:')
        throw new ArchiveTrouble('redirect', `${asked.url}: redirects from https to plain http, which is not followed`);
      if (isGuest && (await this.#isPrivate(next.hostname)))
        throw new ArchiveTrouble(
          'redirect',
          `${asked.url}: redirects to an address of a private network, which is not followed`,
        );
      url = next;
    }
    throw new ArchiveTrouble('redirect', `${asked.url}: redirects more than ${this.#limits.redirects} times`);
  }

  /** Asks, and reads the whole answer as bytes. */
  async read(asked: Asked, signal: AbortSignal): Promise<Omit<Answer, 'chunks' | 'close'> & { readonly body: Buffer }> {
    const { chunks, close, ...answer } = await this.open(asked, signal);
    try {
      const body: Buffer[] = [];
      for await (const chunk of chunks) body.push(chunk);
      return { ...answer, body: Buffer.concat(body) };
    } finally {
      await close();
    }
  }

  async #ask(asked: Asked, url: URL, signal: AbortSignal): Promise<Answer | { readonly location: string }> {
    const gate = await this.#gates.enter(url.host, signal);
    const stop = new AbortController();
    const leave = async (): Promise<void> => {
      stop.abort();
      gate.leave();
      await Promise.resolve();
    };
    try {
      const restMs = gate.restMs();
      if (restMs > 0)
        throw new ArchiveTrouble('busy', `${asked.url}: asked to be left alone`, { retryAfterMs: restMs });
      const idle = (LOOPBACK.test(url.hostname) ? 0 : this.#limits.gapMs) - gate.idleMs();
      if (idle > 0) await pause(idle, undefined, { signal });
      const response = await this.#send(asked, url, AbortSignal.any([signal, stop.signal]));
      const status = response.status;
      const location = response.headers.get('location');
      if (REDIRECTS.has(status) && location !== null) {
        await leave();
        return { location };
      }
      if (status !== 200 && status !== 304) throw this.#refusal(asked.url, response, gate.restFor);
      const { maxBytes, answerMs } = asked;
      const bounds = { maxBytes, waitMs: answerMs, silentMs: this.#limits.silentMs };
      return {
        status,
        url: url.href,
        type: response.headers.get('content-type') ?? '',
        validators: { etag: response.headers.get('etag'), modified: response.headers.get('last-modified') },
        chunks: openBody(response, asked.url, bounds),
        close: leave,
      };
    } catch (error) {
      await leave();
      if (signal.aborted) throw error;
      throw toTrouble(error, asked.url);
    }
  }

  async #send({ url: name, method, validators }: Asked, url: URL, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { 'user-agent': this.#ports.agent };
    if (validators?.etag != null) headers['if-none-match'] = validators.etag;
    if (validators?.modified != null) headers['if-modified-since'] = validators.modified;
    const slow = new AbortController();
    const timer = setTimeout(() => {
      slow.abort();
    }, this.#limits.silentMs);
    try {
      const either = AbortSignal.any([signal, slow.signal]);
      return await this.#ports.fetch(url.href, {
        method: method ?? 'GET',
        headers,
        redirect: 'manual',
        signal: either,
      });
    } catch (error) {
      if (slow.signal.aborted)
        throw new ArchiveTrouble('too-slow', `${name}: no answer within ${this.#limits.silentMs / 1000} s`);
      throw error;
    } finally {
      // The clock of the headers does not run on into the body, which has its own.
      clearTimeout(timer);
    }
  }

  #refusal(url: string, response: Response, restFor: (ms: number) => void): ArchiveTrouble {
    const { status } = response;
    const asks = readRetryAfter(response.headers.get('retry-after'), this.#ports.clock.now());
    if (status === 429 || status === 503) {
      if (asks !== null) restFor(asks);
      const when = asks === null ? '' : `, and asks to wait ${Math.ceil(asks / 1000)} s`;
      return new ArchiveTrouble('busy', `${url}: the server is busy (${status})${when}`, { retryAfterMs: asks ?? 0 });
    }
    if (status === 404 || status === 410)
      return new ArchiveTrouble('not-found', `${url}: there is no such page (${status})`);
    if (status >= 500 && status !== 501) return new ArchiveTrouble('server', `${url}: the server failed (${status})`);
    return new ArchiveTrouble('refused', `${url}: the server refuses to answer (${status})`);
  }

  /** A name that leads to any private address counts as private; one that leads nowhere is left to the connection. */
  async #isPrivate(hostname: string): Promise<boolean> {
    const host = hostname.replace(/^\[(?<v6>.{1,100})\]$/, '$<v6>');
    try {
      const addresses = await this.#ports.lookup(host);
      return addresses.some(isPrivateAddress);
    } catch {
      return false;
    }
  }
}

function toHttp(text: string, asked: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base?.href) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    const kind = base === undefined ? 'bad-address' : 'redirect';
    const what = base === undefined ? 'is no http(s) address' : 'redirects to something that is no http(s) address';
    throw new ArchiveTrouble(kind, `${asked}: ${what}`);
  }
  url.hash = '';
  return url;
}
