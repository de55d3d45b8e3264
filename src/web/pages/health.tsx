import { gapsOf } from '../../pipeline/gaps/gaps-of.ts';
import type { Gap } from '../../pipeline/gaps/gap.ts';
import type { ListSeen, Standing } from '../../model/mailbox.ts';
import type { NearMiss, StoreCounts } from '../../ports.ts';
import { toSafeLine } from '../../lib/safe-text.ts';
import { readState } from '../day-digest.ts';
import { threadPath, withQuery } from '../links.ts';
import { toPage, type PageInput } from '../page.ts';
import { Age } from '../parts.tsx';
import type { ModelBudget, PagePorts } from '../ports.ts';

const MOST_MISSES = 20;
const MOST_LISTS = 30;

interface HealthData {
  readonly counts: Omit<StoreCounts, 'schema'>;
  readonly lists: readonly ListSeen[];
  readonly gaps: readonly Gap[];
  readonly nearMisses: readonly NearMiss[];
  /** Only for whoever has logged in: names of mailboxes and reasons are the operator's business. */
  readonly mailboxes: readonly (Standing & { readonly kind: string })[] | null;
  readonly budget: ModelBudget | null;
}

/** How heddle fares: what it reads, what it could not see, what it could not read. */
export const HEALTH = toPage<HealthData>({
  path: '/health',
  at: '/health',
  summary: 'What is read, what was not seen, what could not be read; more for whoever has logged in',
  query: [],
  load,
  view: (data, look) => ({
    title: 'Health',
    body: (
      <>
        <h1>Health</h1>
        <Counts counts={data.counts} />
        <h2>
          Not seen <span class="count">{data.gaps.length}</span>
        </h2>
        {data.gaps.length === 0 ? <p class="soft">Nothing that should be there is missing.</p> : null}
        {data.gaps.map(({ text }) => (
          <p class="warn">{text}</p>
        ))}
        <h2>Lists</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">list</th>
              <th scope="col">mails</th>
              <th scope="col">newest</th>
            </tr>
          </thead>
          <tbody>
            {data.lists.map(({ list, newest, mails }) => (
              <tr>
                <td>
                  <a href={withQuery('/threads', { list })}>{list}</a>
                </td>
                <td>{mails}</td>
                <td>
                  <Age at={newest} now={look.now} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Mailboxes mailboxes={data.mailboxes} now={look.now} />
        <Budget budget={data.budget} />
        <NearMisses counts={data.counts} misses={data.nearMisses} />
      </>
    ),
  }),
});

async function load({ user }: PageInput, ports: PagePorts): Promise<HealthData> {
  const { store, memory, clock } = ports;
  const now = clock.now().toISOString();
  const { mails, threads, pending, nearMisses, problems } = await store.counts();
  // Silence is counted in hours: what was found within one hour holds.
  const state = `${await readState(store)} ${now.slice(0, 13)}`;
  const gaps = await memory.get('gaps', state, () => gapsOf(now, store));
  return {
    counts: { mails, threads, pending, nearMisses, problems },
    lists: (await store.lists(now)).slice(0, MOST_LISTS),
    gaps: user === null ? gaps.filter(isPublic) : gaps,
    nearMisses: await store.nearMisses(MOST_MISSES),
    mailboxes: user === null ? null : await readMailboxes(ports),
    budget: user === null ? null : (ports.budget?.() ?? null),
  };
}

/** What is told of lists and mails is read off public mail; the rest names mailboxes and what servers answered. */
function isPublic({ kind }: Gap): boolean {
  return kind === 'silent-list' || kind === 'missing-mails' || kind === 'missing-numbers';
}

async function readMailboxes({ store }: PagePorts): Promise<NonNullable<HealthData['mailboxes']>> {
  const kinds = new Map((await store.mailboxes()).map(({ name, kind }) => [name, kind]));
  return (await store.standings()).map((one) => ({ ...one, kind: kinds.get(one.mailbox) ?? '' }));
}

function Counts({ counts }: Pick<HealthData, 'counts'>) {
  const words = [
    [counts.mails, 'mails'],
    [counts.threads, 'threads'],
    [counts.pending, 'waiting to be judged'],
    [counts.problems, 'mails read only in part'],
    [counts.nearMisses, 'mails with near misses'],
  ] as const;
  return (
    <ul class="counts">
      {words.map(([count, what]) => (
        <li>
          <b>{count}</b> {what}
        </li>
      ))}
    </ul>
  );
}

function Mailboxes({ mailboxes, now }: Pick<HealthData, 'mailboxes'> & { readonly now: string }) {
  if (mailboxes === null) return null;
  return (
    <>
      <h2>
        Mailboxes <span class="count">{mailboxes.length}</span>
      </h2>
      {mailboxes.length === 0 ? <p class="soft">None is followed, or none was read yet.</p> : null}
      <ul class="list">
        {mailboxes.map(({ mailbox, kind, state, reason, at }) => (
          <li>
            <b>{mailbox}</b> <span class="soft">{kind}</span>{' '}
            <span class={`tag ${state === 'failing' ? 'red' : 'green'}`}>{state}</span>{' '}
            <span class="soft small">
              heard of <Age at={at} now={now} />
            </span>
            {reason === null ? null : <p class="warn small">{reason}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

function Budget({ budget }: Pick<HealthData, 'budget'>) {
  if (budget === null) return null;
  return (
    <>
      <h2>Model</h2>
      <p>
        {budget.model}: {budget.requests.spent} of {budget.requests.most} requests, {budget.tokens.spent} of{' '}
        {budget.tokens.most} tokens today.
      </p>
    </>
  );
}

function NearMisses({
  counts,
  misses,
}: {
  readonly counts: HealthData['counts'];
  readonly misses: readonly NearMiss[];
}) {
  if (misses.length === 0) return null;
  return (
    <>
      <h2>
        Near misses <span class="count">{counts.nearMisses}</span>
      </h2>
      <p class="soft small">Mails with lines like those of a crash log, in which none was recognised.</p>
      <ul class="list">
        {misses.map(({ message, subject, date, lines }) => (
          <li data-item>
            <a class="title" href={threadPath(message)}>
              {toSafeLine(subject, 200) || '(no subject)'}
            </a>
            <div class="small soft">
              {(date ?? 'undated').slice(0, 10)} · {lines} lines
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
