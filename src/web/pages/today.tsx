import { Charts, readFigures } from '../charts/charts.tsx';
import type { Figures } from '../charts/figures.ts';
import { digestOfDay, newestDay, type DayDigest } from '../day-digest.ts';
import { DigestBody, DigestHead, formsOf } from '../digest/digest-view.tsx';
import { toPage, type Look } from '../page.ts';

interface TodayData {
  /** `null` for a store without mail. */
  readonly day: string | null;
  readonly digest: DayDigest | null;
  readonly figures: Figures | null;
}

/** What happened today; where nothing has come yet, on the newest day that has mail. */
export const TODAY = toPage<TodayData>({
  path: '/',
  at: '/',
  summary: 'The digest of today (or of the newest day with mail) and the figures of half a year',
  query: [{ name: 'filter', description: 'as heddle digest --filter takes it: component:x86 severity>=50' }],
  load: async ({ query }, ports) => {
    const day = await newestDay(ports);
    if (day === null) return { day, digest: null, figures: null };
    const filter = (query['filter'] ?? '').trim();
    return { day, digest: await digestOfDay(day, filter, ports), figures: await readFigures(day, ports) };
  },
  view,
});

function view({ day, digest: found, figures }: TodayData, { now }: Look) {
  if (day === null || found === null || figures === null) {
    return {
      title: 'Today',
      body: (
        <>
          <h1>No mail yet</h1>
          <p>
            Bring some in with <code>heddle import archive.mbox</code>, or follow a list with <code>heddle follow</code>
            .
          </p>
        </>
      ),
    };
  }
  const isToday = now.startsWith(day);
  const forms = formsOf(day, found.filter);
  return {
    title: isToday ? 'Today' : day,
    feed: forms.atom,
    body: (
      <>
        <h1>
          {isToday ? 'Today' : 'The newest day'} <span class="count">{day}</span>
        </h1>
        <DigestHead {...found} action="/" />
        <DigestBody digest={found.digest} />
        {found.digest.isEmpty ? <p class="soft">Nothing new on that day.</p> : null}
        <h2>Half a year</h2>
        <Charts figures={figures} />
        <p class="small">
          <a href="/digests">Earlier days</a> · <a href={forms.text}>as text</a>
        </p>
      </>
    ),
  };
}
