import { toTime, writeTime } from '../../lib/days.ts';
import { toSafeLine } from '../../lib/safe-text.ts';
import type { Mailbox, Standing } from '../../model/mailbox.ts';
import type { Gap } from './gap.ts';

/** A mailbox that is read is heard of every few minutes. */
const UNHEARD_MS = 30 * 60_000;

/**
 * Mailboxes that could not be read, or that nobody read, as of a moment. Only how it stands now is kept: of a moment in the past
 * it is known since when a mailbox fails, not whether it failed before.
 */
export function findStandingGaps(
  mailboxes: readonly Pick<Mailbox, 'name' | 'addedAt'>[],
  standings: readonly Standing[],
  asOf: string,
): Gap[] {
  const known = new Map(standings.map((one) => [one.mailbox, one]));
  return mailboxes
    .filter(({ addedAt }) => addedAt < asOf)
    .flatMap((mailbox) => toGaps(mailbox, known.get(mailbox.name), asOf));
}

function toGaps(
  { name, addedAt }: Pick<Mailbox, 'name' | 'addedAt'>,
  standing: Standing | undefined,
  asOf: string,
): Gap[] {
  const shown = toSafeLine(name, 100);
  if (standing === undefined) {
    const text = `The mailbox ${shown} has never been read since it was added (${writeTime(addedAt)}): heddle watch reads it.`;
    return [{ kind: 'never-read', subject: name, text }];
  }
  const { state, reason, since, at } = standing;
  const why = reason === null ? '' : `: ${toSafeLine(reason, 300).replace(/\.$/, '')}`;
  const quiet = (toTime(asOf) ?? 0) - (toTime(at) ?? 0);
  const unheard = `heddle watch has not read it after ${writeTime(at)}`;
  if (state === 'failing') {
    if (since >= asOf) return [];
    const also = quiet > UNHEARD_MS ? `; ${unheard}` : '';
    return [
      {
        kind: 'failing',
        subject: name,
        text: `The mailbox ${shown} cannot be read since ${writeTime(since)}${why}${also}.`,
      },
    ];
  }
  if (quiet > UNHEARD_MS) return [{ kind: 'unheard', subject: name, text: `The mailbox ${shown}: ${unheard}.` }];
  // It is read, and something is wrong with it all the same: a quota that is nearly used up.
  return reason === null ? [] : [{ kind: 'failing', subject: name, text: `The mailbox ${shown}${why}.` }];
}
