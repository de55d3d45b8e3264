import { createHash } from 'node:crypto';
import type { Delivery, LetterContent, Subscriber } from '../../model/subscriber.ts';
import type { MailFields } from '../../ports/outbox.ts';
import { toHost, type PostSettings } from './post-settings.ts';

/**
 * Stands in a letter's text where its token goes. A control character: what strangers write is freed of those before, so that no
 * mail can have a token put into a link of its own.
 */
export const TOKEN_PLACE = '\u0001';

const ID_LENGTH = 32;

function toName(...words: readonly string[]): string {
  return createHash('sha256').update(words.join('\n')).digest('hex').slice(0, ID_LENGTH);
}

/** The name of a letter: one for each subscriber, kind, and window or mail that it answers. */
export function toDeliveryId(subscriber: string, kind: Delivery['kind'], mark: string): string {
  return toName(subscriber, kind, mark);
}

/** The first mail that somebody gets; all digests stand below it. */
export function toRootId({ id }: Pick<Subscriber, 'id'>, settings: PostSettings): string {
  return `heddle.root.${toName(id, 'root')}@${toHost(settings)}`;
}

/** Message-ID of a letter: whoever does not know the subscriber's id cannot guess it. */
export function toLetterId(deliveryId: string, settings: PostSettings): string {
  return `heddle.post.${deliveryId}@${toHost(settings)}`;
}

export interface NewLetter {
  readonly kind: Delivery['kind'];
  readonly subscriber: Subscriber;
  /** What makes it one and the same: the end of a window, the mail that it answers. */
  readonly mark: string;
  readonly window: Delivery['window'];
  readonly content: LetterContent | null;
}

/** A letter as it is written down before it goes out; without content there is nothing to tell. */
export function toDelivery(letter: NewLetter, settings: PostSettings, now: Date): Delivery {
  const { kind, subscriber, mark, window, content } = letter;
  const id = toDeliveryId(subscriber.id, kind, mark);
  const at = now.toISOString();
  const waits = settings.mustApprove ? 'held' : 'queued';
  return {
    id,
    subscriber: subscriber.id,
    kind,
    window,
    state: content === null ? 'empty' : waits,
    subject: content?.subject ?? '',
    messageId: kind === 'confirm' ? toRootId(subscriber, settings) : toLetterId(id, settings),
    dueAt: at,
    attempts: 0,
    uncertain: 0,
    reason: null,
    madeAt: at,
    endedAt: content === null ? at : null,
    content,
  };
}

export interface Addressed {
  readonly content: LetterContent;
  readonly subscriber: Subscriber;
  readonly kind: Delivery['kind'];
  readonly messageId: string;
  /** `null` where none is given out: a preview, an answer. */
  readonly token: string | null;
  readonly date: Date;
}

/** The mail: what it says, with its token, and the fields that tell machines what it is. */
export function toMailFields(letter: Addressed, settings: PostSettings): MailFields {
  const { content, subscriber, kind, messageId, token, date } = letter;
  const fill = (text: string) => text.replaceAll(TOKEN_PLACE, token ?? '(made when it is sent)');
  return {
    from: settings.from,
    to: [{ name: subscriber.name, address: subscriber.address }],
    subject: content.subject,
    text: fill(content.text),
    ...(content.html === null ? {} : { html: fill(content.html) }),
    messageId,
    date,
    headers: {
      ...(content.references.length === 0
        ? {}
        : {
            'In-Reply-To': `<${content.references.at(-1) ?? ''}>`,
            References: content.references.map((id) => `<${id}>`).join(' '),
          }),
      'Auto-Submitted': kind === 'answer' ? 'auto-replied' : 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      Precedence: 'bulk',
      'List-Id': `${toPhrase(settings.list)} digests <${toPhrase(settings.list)}.digest.${toHost(settings)}>`,
      ...(token === null ? {} : toReplyFields(kind, token, settings)),
    },
  };
}

/** The name of the list as a word of a header field. */
function toPhrase(list: string): string {
  return (
    list
      .toLowerCase()
      .replace(/[^a-z0-9.-]+/g, '-')
      .slice(0, 60) || 'list'
  );
}

/** How to leave (RFC 2369, and in one step RFC 8058), and where an answer goes. */
function toReplyFields(kind: Delivery['kind'], token: string, settings: PostSettings): Record<string, string> {
  const { from, origin, hasSubaddresses } = settings;
  const reply = hasSubaddresses ? { 'Reply-To': from.address.replace('@', `+${token}@`) } : {};
  if (kind !== 'digest') return reply;
  const mail = `<mailto:${from.address}?subject=unsubscribe%20${token}>`;
  if (origin === null) return { ...reply, 'List-Unsubscribe': mail };
  return {
    ...reply,
    'List-Unsubscribe': `${mail}, <${origin}/unsubscribe/${token}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}
