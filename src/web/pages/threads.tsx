import { toTurn } from '../../digest/turn.ts';
import { writeTitle } from '../../digest/to-entry.ts';
import { writeRegression } from '../../digest/environment-line.ts';
import { toSafeLine } from '../../lib/safe-text.ts';
import { GENRES, STATUSES } from '../../model/verdict.ts';
import type { TriageThread } from '../../model/triage.ts';
import type { SearchHit, ThreadFilter, ThreadTag } from '../../ports.ts';
import { toPage, type Look, type PageInput } from '../page.ts';
import type { WebPorts } from '../ports.ts';
import { Age, GenreTag, StatusTag } from '../parts.tsx';
import { threadPath, withQuery } from '../links.ts';

const ON_A_PAGE = 50;
const HITS = 50;

/** Beyond it nobody reads the number. */
const MOST_COUNTED = 1000;

/** Filters of the address line: the name of each, what it is, and the tag that it means. */
const TAG_FILTERS: readonly { readonly name: ThreadTag['kind']; readonly what: string }[] = [
  { name: 'section', what: 'MAINTAINERS entry: xen/X86 ARCHITECTURE' },
  { name: 'component', what: 'component that a person or a model named' },
  { name: 'side', what: 'xen, linux, qemu, userspace' },
  { name: 'symptom', what: 'crash, hang, boot-failure, …' },
  { name: 'version', what: 'a version that the mails name: 4.19, 6.1.38' },
  { name: 'person', what: 'address of somebody who wrote or is addressed' },
  { name: 'suggested', what: 'address of somebody who should see it' },
  { name: 'unanswered', what: 'yes: nobody but the reporter has written' },
];

/** One thread in a list. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly genre: string;
  readonly status: string;
  readonly symptoms: readonly string[];
  readonly mails: number;
  readonly people: number;
  readonly lastActivityAt: string | null;
  readonly turn: string | null;
  readonly regression: string | null;
  readonly crash: string | null;
}

interface ThreadsData {
  readonly filter: Readonly<Record<string, string>>;
  readonly threads: readonly Row[];
  readonly hits: readonly SearchHit[];
  readonly count: number | null;
  readonly more: { readonly lastActivity: string; readonly id: string } | null;
}

export const THREADS = toPage<ThreadsData>({
  path: '/threads',
  at: '/threads',
  summary: 'Threads, the newest activity first; or mails that hold the words of q',
  query: [
    { name: 'q', description: 'words to search for' },
    { name: 'genre', description: `one of ${GENRES.join(', ')}` },
    { name: 'status', description: `one of ${STATUSES.join(', ')}` },
    ...TAG_FILTERS.map(({ name, what }) => ({ name, description: what })),
    { name: 'list', description: 'List-Id of a list' },
    { name: 'from', description: 'first day, YYYY-MM-DD' },
    { name: 'to', description: 'last day, YYYY-MM-DD' },
    { name: 'after', description: 'where the page before ended' },
  ],
  load,
  view,
});

async function load({ query }: PageInput, { store }: WebPorts): Promise<ThreadsData> {
  const words = (query['q'] ?? '').trim().slice(0, 300);
  const asked = Object.entries(query).filter(([name, value]) => name !== 'after' && value !== '');
  const filter = Object.fromEntries(asked.map(([name, value]) => [name, value.slice(0, 300)]));
  if (words !== '') {
    const hits = await store.search(words, HITS);
    return { filter, threads: [], hits, count: null, more: null };
  }
  const wanted = toFilter(query);
  const rows: Row[] = [];
  for await (const thread of store.threads({ ...wanted, limit: ON_A_PAGE })) rows.push(toRow(thread));
  const last = rows.at(-1);
  return {
    filter,
    threads: rows,
    hits: [],
    count: wanted.after === undefined ? await store.countThreads(wanted, MOST_COUNTED) : null,
    more:
      rows.length < ON_A_PAGE || last === undefined ? null : { lastActivity: last.lastActivityAt ?? '', id: last.id },
  };
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** What the address line asks for; what it cannot mean is left out. */
export function toFilter(query: Readonly<Record<string, string>>): ThreadFilter {
  const text = (name: string): string => (query[name] ?? '').trim();
  const tags = TAG_FILTERS.flatMap(({ name }) => (text(name) === '' ? [] : [{ kind: name, value: text(name) }])).map(
    ({ kind, value }) => ({ kind, value: kind === 'person' || kind === 'suggested' ? value.toLowerCase() : value }),
  );
  const [from, to] = [text('from'), text('to')];
  const window =
    DAY.test(from) || DAY.test(to)
      ? {
          from: DAY.test(from) ? `${from}T00:00:00.000Z` : '',
          to: DAY.test(to) ? `${to}T23:59:59.999Z` : '9999',
        }
      : undefined;
  const after = /^(?<lastActivity>[\dT:.Z-]{0,30}) (?<id>.{1,500})$/.exec(text('after'))?.groups;
  return {
    ...(text('genre') === '' ? {} : { genre: text('genre') }),
    ...(text('status') === '' ? {} : { status: text('status') }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(text('list') === '' ? {} : { list: text('list').toLowerCase() }),
    ...(window === undefined ? {} : { window }),
    ...(after === undefined ? {} : { after: { lastActivity: after['lastActivity'] ?? '', id: after['id'] ?? '' } }),
  };
}

export function toRow(thread: TriageThread): Row {
  const { id, genre, status, symptoms, messages, people, lastActivityAt, regression, traces } = thread;
  return {
    id,
    title: writeTitle(thread),
    genre,
    status,
    symptoms,
    mails: messages.length,
    people: people.participants.length,
    lastActivityAt,
    turn: genre === 'report' || genre === 'question' ? toTurn(thread).text : null,
    regression: writeRegression(regression),
    crash: traces[0] === undefined ? null : toSafeLine(traces[0].title, 200),
  };
}

function view({ filter, threads, hits, count, more }: ThreadsData, look: Look) {
  const words = filter['q'];
  return {
    title: words === undefined ? 'Threads' : `Search: ${words}`,
    words: words ?? '',
    body: (
      <>
        <h1>
          {words === undefined ? 'Threads' : 'Search'}{' '}
          <span class="count">
            {words === undefined ? writeCount(count) : `${hits.length}${hits.length === HITS ? ' first' : ''} mails`}
          </span>
        </h1>
        {words === undefined ? <Filters filter={filter} /> : null}
        {words === undefined ? <ThreadList rows={threads} look={look} /> : <Hits hits={hits} words={words} />}
        {more === null ? null : (
          <p class="pages">
            <a rel="next" href={withQuery('/threads', { ...filter, after: `${more.lastActivity} ${more.id}` })}>
              Older
            </a>
          </p>
        )}
      </>
    ),
  };
}

function writeCount(count: number | null): string {
  if (count === null) return '';
  return count >= MOST_COUNTED ? `${MOST_COUNTED} and more` : String(count);
}

function Filters({ filter }: { readonly filter: Readonly<Record<string, string>> }) {
  const isOpen = Object.keys(filter).some((name) => name !== 'genre' && name !== 'status' && name !== 'list');
  return (
    <form class="filters card" method="get" action="/threads" aria-label="Filter">
      <Choice name="genre" label="kind" values={GENRES} chosen={filter['genre']} />
      <Choice name="status" label="status" values={STATUSES} chosen={filter['status']} />
      <button>Filter</button>
      <a href="/threads">All</a>
      <details class="more" open={isOpen}>
        <summary>More filters</summary>
        <div>
          {TAG_FILTERS.map(({ name, what }) => (
            <label>
              {name}
              <input name={name} value={filter[name] ?? ''} title={what} maxlength={300} />
            </label>
          ))}
          {(['from', 'to'] as const).map((name) => (
            <label>
              {name}
              <input type="date" name={name} value={filter[name] ?? ''} />
            </label>
          ))}
        </div>
      </details>
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly values: readonly string[];
  readonly chosen: string | undefined;
}

function Choice({ name, label, values, chosen }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">any</option>
        {values.map((value) => (
          <option value={value} selected={value === chosen}>
            {value}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Threads one below the other, as several pages show them. */
export function ThreadList({ rows, look }: { readonly rows: readonly Row[]; readonly look: Look }) {
  if (rows.length === 0) return <p class="soft">No thread is like that.</p>;
  return (
    <ul class="list">
      {rows.map((row) => (
        <li data-item>
          <a class="title" href={threadPath(row.id)}>
            {row.title}
          </a>
          <div class="small">
            <GenreTag genre={row.genre} symptoms={row.symptoms} /> <StatusTag status={row.status} />{' '}
            <span class="soft">
              <Age at={row.lastActivityAt} now={look.now} /> · {row.mails} {row.mails === 1 ? 'mail' : 'mails'},{' '}
              {row.people} {row.people === 1 ? 'person' : 'people'}
              {row.turn === null ? '' : ` · turn: ${row.turn}`}
            </span>
          </div>
          {row.regression === null ? null : <div class="small">Regression: {row.regression}</div>}
          {row.crash === null ? null : (
            <div class="small">
              <code>{row.crash}</code>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Hits({ hits, words }: { readonly hits: readonly SearchHit[]; readonly words: string }) {
  if (hits.length === 0) return <p class="soft">No mail holds all of: {words}</p>;
  return (
    <ul class="list">
      {hits.map((hit) => (
        <li data-item>
          <a class="title" href={threadPath(hit.message)}>
            {toSafeLine(hit.subject, 200)}
          </a>
          <div class="small soft">
            {toSafeLine(hit.from, 100)} · {(hit.date ?? 'undated').slice(0, 10)}
          </div>
          <div class="small">
            {toSafeLine(hit.snippet, 500)
              .split(/(?<hit>«[^«»]{0,300}»)/)
              .map((piece) => (/^«.*»$/.test(piece) ? <mark>{piece.slice(1, -1)}</mark> : piece))}
          </div>
        </li>
      ))}
    </ul>
  );
}
