import { digestOfDay, newestDay, readState, type DayDigest } from '../day-digest.ts';
import { DigestBody, DigestHead, formsOf } from '../digest/digest-view.tsx';
import { withQuery } from '../links.ts';
import { toPage, type PageInput } from '../page.ts';
import type { PagePorts } from '../ports.ts';

const DAY = 86_400_000;

interface ArchiveData {
  /** `2024-05`; `null` for a store without mail. */
  readonly month: string | null;
  /** Days with mail, the newest first. */
  readonly days: readonly { readonly day: string; readonly mails: number }[];
  readonly earlier: string | null;
  readonly later: string | null;
}

/** The days of a month that have mail, each with its digest. */
export const DIGESTS = toPage<ArchiveData>({
  path: '/digests',
  at: '/digests',
  summary: 'The days of a month that have mail',
  query: [{ name: 'month', description: 'YYYY-MM; else the newest with mail' }],
  load: loadArchive,
  view: ({ month, days, earlier, later }) => ({
    title: 'Digests',
    body: (
      <>
        <h1>
          Digests <span class="count">{month}</span>
        </h1>
        {days.length === 0 ? <p class="soft">No mail in that month.</p> : null}
        <Days days={days} />
        <p class="pages">
          {later === null ? null : (
            <a rel="prev" href={withQuery('/digests', { month: later })}>
              {later}
            </a>
          )}
          {earlier === null ? null : (
            <a rel="next" href={withQuery('/digests', { month: earlier })}>
              {earlier}
            </a>
          )}
        </p>
      </>
    ),
  }),
});

function Days({ days }: Pick<ArchiveData, 'days'>) {
  const most = Math.max(1, ...days.map(({ mails }) => mails));
  return (
    <table class="bars">
      <tbody>
        {days.map(({ day, mails }) => (
          <tr data-item>
            <th scope="row">
              <a href={`/digests/${day}`}>{day}</a>
            </th>
            <td class="n">
              {mails} {mails === 1 ? 'mail' : 'mails'}
            </td>
            <td class="b">
              <svg class="rail" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect class="k-bar" width={((100 * mails) / most).toFixed(1)} height="8" rx="1" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

async function loadArchive({ query }: PageInput, ports: PagePorts): Promise<ArchiveData> {
  const asked = query['month'] ?? '';
  const newest = await newestDay(ports);
  if (newest === null) return { month: null, days: [], earlier: null, later: null };
  const month = /^\d{4}-(?:0[1-9]|1[0-2])$/.test(asked) ? asked : newest.slice(0, 7);
  const window = { from: `${month}-01T00:00:00.000Z`, to: `${addMonth(month)}-01T00:00:00.000Z` };
  const { store, memory } = ports;
  const days = await memory.get(`month ${month}`, await readState(store), async () => {
    const counts = new Map<string, number>();
    for (const { date } of await store.recentMails(window)) {
      const day = date?.slice(0, 10);
      if (day !== undefined) counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    return [...counts].map(([day, mails]) => ({ day, mails })).sort((a, b) => (a.day < b.day ? 1 : -1));
  });
  let earlier: string | null = null;
  for await (const { lastActivityAt } of store.threads({ after: { lastActivity: window.from, id: '' }, limit: 1 }))
    earlier = lastActivityAt?.slice(0, 7) ?? null;
  return { month, days, earlier, later: month < newest.slice(0, 7) ? addMonth(month) : null };
}

function addMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}

interface DayData extends DayDigest {
  readonly day: string;
}

/** The digest of one day, as it would have been at its end. */
export const DIGEST = toPage<DayData>({
  path: '/digests/:day',
  at: '/digests',
  summary: 'The digest of a UTC day (YYYY-MM-DD); also as .txt and .atom',
  query: [{ name: 'filter', description: 'as heddle digest --filter takes it: component:x86 severity>=50' }],
  load: async ({ params, query }, ports) => {
    const day = params['day'] ?? '';
    return { day, ...(await digestOfDay(day, (query['filter'] ?? '').trim(), ports)) };
  },
  view: ({ day, ...found }) => {
    const forms = formsOf(day, found.filter);
    return {
      title: `Digest of ${day}`,
      feed: forms.atom,
      body: (
        <>
          <p class="small">
            <a data-up href={withQuery('/digests', { month: day.slice(0, 7) })}>
              Digests
            </a>
          </p>
          <h1>
            {day} <span class="count">{found.digest.span.toLowerCase()}</span>
          </h1>
          <DigestHead {...found} action={`/digests/${day}`} />
          <DigestBody digest={found.digest} />
          {found.digest.isEmpty ? <p class="soft">Nothing new on that day.</p> : null}
          <p class="pages">
            <a rel="next" href={`/digests/${addDays(day, -1)}`}>
              {addDays(day, -1)}
            </a>
            <a rel="prev" href={`/digests/${addDays(day, 1)}`}>
              {addDays(day, 1)}
            </a>
            <a href={forms.text}>as text</a>
          </p>
        </>
      ),
    };
  },
});

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}
