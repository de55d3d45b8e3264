import { createHmac } from 'node:crypto';
import { toSafeLine } from '../../lib/safe-text.ts';
import type { Outbox, Posted } from '../../ports/outbox.ts';

export interface WebhookOptions {
  /** What signs each call, so that the receiver knows whose it is. */
  readonly secret: string;
  readonly now: () => Date;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;

/**
 * Gives each letter to a program by HTTP: a POST of the mail (`message/rfc822`) with `Heddle-Message-Id`, `Heddle-To`,
 * `Heddle-Time` and `Heddle-Signature`: HMAC-SHA256, in hex, of the time, a dot and the body. 2xx takes it over; 4xx but 408 and
 * 429 refuses it; anything else is tried again. Follows no redirect, and reads nothing of the answer.
 */
export function openWebhookOutbox(url: string, { secret, now, timeoutMs = TIMEOUT_MS }: WebhookOptions): Outbox {
  const { host } = new URL(url);
  return {
    async post({ messageId, to, raw }, { mayHandOver } = {}) {
      if (mayHandOver !== undefined && !(await mayHandOver())) {
        return { kind: 'deferred', reason: 'the letter is in other hands', uncertain: false };
      }
      const time = String(Math.floor(now().getTime() / 1000));
      const signature = createHmac('sha256', secret).update(`${time}.`).update(raw).digest('hex');
      try {
        const response = await fetch(url, {
          method: 'POST',
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            'content-type': 'message/rfc822',
            'heddle-message-id': messageId,
            'heddle-to': to.join(', '),
            'heddle-time': time,
            'heddle-signature': signature,
          },
          body: new Uint8Array(raw),
        });
        await response.body?.cancel();
        return toPosted(response.status, host);
      } catch (error) {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
        const isUnheard = cause.includes('ECONNREFUSED') || cause.includes('ENOTFOUND');
        const why = cause !== '' ? cause : error instanceof Error ? error.message : String(error);
        return { kind: 'deferred', reason: toSafeLine(`${host}: ${why}`, 200), uncertain: !isUnheard };
      }
    },
  };
}

function toPosted(status: number, host: string): Posted {
  if (status >= 200 && status < 300) return { kind: 'accepted', reply: String(status), refused: [] };
  const reason = `${host} answers ${String(status)}`;
  const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return isFinal ? { kind: 'refused', reason } : { kind: 'deferred', reason, uncertain: false };
}
