import { wrap } from '../../lib/wrap.ts';
import type { Delivery, Subscriber } from '../../model/subscriber.ts';
import { TOKEN_PLACE, toDelivery } from './letters.ts';
import type { PostSettings } from './post-settings.ts';

const WIDTH = 72;

/** The question whether it was them: without a yes nothing else is ever sent. Asked anew it is a new letter. */
export function toConfirmation(subscriber: Subscriber, settings: PostSettings, now: Date): Delivery {
  const { list, origin, from } = settings;
  const { at, zone, days } = subscriber.rhythm;
  const link =
    origin === null
      ? []
      : ['', 'Open this address and press the button:', '', `  ${origin}/confirm/${TOKEN_PLACE}`, ''];
  const text = [
    ...wrap(
      `Somebody asked that ${subscriber.address} gets the daily digest of ${list} from ${from.address}, at ${at} ` +
        `(${zone}; ${days.join(', ')})${subscriber.filter === '' ? '' : `, for ${subscriber.filter}`}.`,
      WIDTH,
    ),
    '',
    ...wrap('If that was you, say so, and it begins. If it was not, do nothing: no other mail will come.', WIDTH),
    ...link,
    ...(origin === null ? [''] : ['Or answer this mail with the next line in it:', '']),
    ...(origin === null ? ['Answer this mail with the next line in it:', ''] : []),
    `  confirm ${TOKEN_PLACE}`,
    '',
  ].join('\n');
  const content = { subject: `Do you want the digest of ${list}?`, text, html: null, snapshot: null, references: [] };
  const asked = now.toISOString();
  const window = { from: asked, to: asked };
  return toDelivery({ kind: 'confirm', subscriber, mark: asked, window, content }, settings, now);
}
