import type { Store } from '../../ports.ts';
import type { Gap } from './gap.ts';
import {
  countAnswered,
  findMissingMails,
  findMissingNumbers,
  RECENT_DAYS,
  USUAL_DAYS,
  type Answered,
} from './missing-mails.ts';
import { findSilentLists, RHYTHM_DAYS } from './silent-lists.ts';
import { findStandingGaps } from './standing-gaps.ts';

const DAY = 86_400_000;

export type GapStore = Pick<Store, 'mailboxes' | 'standings' | 'listHours' | 'recentMails'>;

/** What was not seen, as of a moment (ISO 8601 in UTC): mailboxes first, then lists, then mails. */
export async function gapsOf(asOf: string, store: GapStore): Promise<Gap[]> {
  const mails = await readRecent(asOf, store);
  return [
    ...findStandingGaps(await store.mailboxes(), await store.standings(), asOf),
    ...findSilentLists(await store.listHours(daysBefore(asOf, RHYTHM_DAYS)), asOf),
    ...findMissingMails(mails, asOf),
    ...findMissingNumbers(mails, asOf),
  ];
}

/** How many mails were answered in the last days, and which of them are not there. */
export async function answeredOf(asOf: string, store: Pick<Store, 'recentMails'>): Promise<Answered> {
  const { from, to } = daysBefore(asOf, RECENT_DAYS);
  return countAnswered(await store.recentMails({ from, to }), Date.parse(from), Date.parse(to));
}

function readRecent(asOf: string, store: Pick<Store, 'recentMails'>) {
  return store.recentMails(daysBefore(asOf, RECENT_DAYS + USUAL_DAYS));
}

function daysBefore(asOf: string, days: number): { readonly from: string; readonly to: string } {
  return { from: new Date(Date.parse(asOf) - days * DAY).toISOString(), to: asOf };
}
