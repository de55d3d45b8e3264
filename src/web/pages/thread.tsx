import { writeTitle } from '../../digest/to-entry.ts';
import { writeRegression } from '../../digest/environment-line.ts';
import { findGoneWords, groupBest, writeCcLine, writeHolds, writePerson } from '../../digest/suggested.ts';
import { toTurn } from '../../digest/turn.ts';
import { toLink } from '../../lib/markup.ts';
import type { TriageThread } from '../../model/triage.ts';
import { findSimilar, type Similar } from '../../pipeline/find-similar.ts';
import type { Correction } from '../../ports.ts';
import { NotThere, toPage, type Look, type PageInput } from '../page.ts';
import type { WebPorts } from '../ports.ts';
import { Age, GenreTag, StatusTag } from '../parts.tsx';
import { threadPath, withQuery } from '../links.ts';
import { CorrectForm, History } from './corrections.tsx';
import { Facts, Traces } from './evidence.tsx';
import { lineAnchor, toShownMails, type ShownMail } from './mail-text.ts';

const MOST_SIMILAR = 5;

interface ThreadData {
  readonly thread: TriageThread;
  readonly turn: string;
  readonly mails: readonly ShownMail[];
  /** Place of the first mail on this page, and on the next one. */
  readonly from: number;
  readonly next: number | null;
  readonly similar: readonly Similar[];
  readonly corrections: readonly Correction[];
  readonly cc: string | null;
}

export const THREAD = toPage<ThreadData>({
  path: '/thread/:id',
  at: '/threads',
  summary: 'One thread: its verdict, evidence, people, suggestions and mails; `id` is the Message-ID of any mail of it',
  query: [{ name: 'from', description: 'place of the first mail that is shown' }],
  load,
  view,
});

async function load({ params, query }: PageInput, { store }: WebPorts): Promise<ThreadData> {
  const id = params['id'] ?? '';
  const thread = await store.thread(id);
  if (thread === null) throw new NotThere('There is no thread of that Message-ID here.');
  const stored = await store.mails(thread.id);
  const messages = new Map(stored.map(({ message }) => [message.id as string, message]));
  const asked = Number(query['from'] ?? '1');
  const from = Number.isSafeInteger(asked) && asked > 0 ? Math.min(asked, thread.messages.length) : 1;
  const { shown, next } = toShownMails(thread, messages, from);
  return {
    thread,
    turn: toTurn(thread).text,
    mails: shown,
    from,
    next,
    similar: thread.traces.length === 0 ? [] : await findSimilar(thread, store, MOST_SIMILAR),
    corrections: await store.corrections(thread.id),
    cc: writeCcLine(thread.routing),
  };
}

function view(data: ThreadData, look: Look) {
  const { thread, mails, from, next, corrections } = data;
  const title = writeTitle(thread);
  const path = threadPath(thread.id);
  const numbers = new Map(thread.messages.map(({ id }, place) => [id, place + 1]));
  const toLine = toLineLink(data);
  return {
    title,
    body: (
      <>
        <p class="small">
          <a data-up href="/threads">
            Threads
          </a>
        </p>
        <h1>{title}</h1>
        <p>
          <GenreTag genre={thread.genre} symptoms={thread.symptoms} /> <StatusTag status={thread.status} />{' '}
          <span class="soft">
            began <Age at={thread.startedAt} now={look.now} />; {thread.messages.length}{' '}
            {thread.messages.length === 1 ? 'mail' : 'mails'}; turn: {data.turn}
          </span>
        </p>
        <p>{thread.summary}</p>
        <div class="grid">
          <div>
            <Traces traces={thread.traces} toLine={toLine} numbers={numbers} />
            <h2>
              Mails <span class="count">{thread.messages.length}</span>
            </h2>
            <Mails data={data} look={look} />
            <p class="pages">
              {from > 1 ? (
                <a rel="prev" href={path}>
                  From the first mail
                </a>
              ) : null}
              {next === null ? null : (
                <a rel="next" href={withQuery(path, { from: String(next) })}>
                  From mail {next} on
                </a>
              )}
            </p>
          </div>
          <div>
            <Standing thread={thread} />
            <Routing data={data} />
            <Facts facts={thread.environment} missing={thread.missing} toLine={toLine} numbers={numbers} />
            <People thread={thread} toLine={toLine} />
            <Alike similar={data.similar} />
            <Tree thread={thread} shown={mails} />
            <History corrections={corrections} look={look} />
            {look.mark === null ? null : <CorrectForm thread={thread} mark={look.mark} />}
          </div>
        </div>
      </>
    ),
  };
}

/** Makes links to the very line that a fact came from: on this page, or on the one that has the mail. */
function toLineLink({ thread, mails }: ThreadData) {
  const shown = new Map(mails.map((mail) => [mail.id, mail]));
  const places = new Map(thread.messages.map(({ id }, place) => [id, place + 1]));
  return (message: string, part: string, line: number): string | null => {
    const place = places.get(message);
    if (place === undefined) return null;
    const mail = shown.get(message);
    const at = mail?.parts.findIndex(({ name }) => name === part) ?? (part === 'body' ? 0 : -1);
    const anchor = at < 0 ? `m${place}` : lineAnchor(place, at, line);
    return mail === undefined ? `${withQuery(threadPath(thread.id), { from: String(place) })}#${anchor}` : `#${anchor}`;
  };
}

function Standing({ thread }: { readonly thread: TriageThread }) {
  const rows: readonly (readonly [string, string | null])[] = [
    ['Regression', writeRegression(thread.regression)],
    ['Fixed by', thread.fixedBy],
    ['Component', thread.component ?? null],
    ['Read by', thread.classifiedBy],
  ];
  return (
    <section class="card">
      <dl class="facts">
        {rows.map(([name, value]) =>
          value === null ? null : (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ),
        )}
        {thread.duplicateOf === null ? null : (
          <>
            <dt>Duplicate of</dt>
            <dd>
              <a href={threadPath(thread.duplicateOf)}>{thread.duplicateOf}</a>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Routing({ data: { thread, cc } }: { readonly data: ThreadData }) {
  const groups = groupBest(thread.routing);
  const holds = writeHolds(thread.routing);
  const isAddressed = thread.people.to.length + thread.people.cc.length > 0;
  return (
    <section class="card" aria-labelledby="routing">
      <h2 id="routing">Who should see this</h2>
      {groups.length === 0 ? (
        <p class="soft">Nobody found: no file, function or subsystem is named that a MAINTAINERS file covers.</p>
      ) : null}
      {groups.map(({ people, addressed, role, reasons }) => (
        <div>
          {people.map((one) => (
            <p>
              <span class={`tag ${addressed ? 'green' : 'red'}`}>
                {addressed ? 'has it' : isAddressed ? 'missing' : 'tell'}
              </span>{' '}
              <a href={`/people/${encodeURIComponent(one.address)}`}>{writePerson(one)}</a>{' '}
              <span class="soft small">{one.score.toFixed(2)}</span>
            </p>
          ))}
          <p class="soft small">{role}</p>
          <ul class="small">
            {reasons.slice(0, 4).map((reason) => (
              <li>{reason}</li>
            ))}
          </ul>
        </div>
      ))}
      {findGoneWords(thread.routing).map((one) => (
        <p class="warn small">{one}</p>
      ))}
      {holds === null ? null : <p class="soft small">{holds}</p>}
      {cc === null ? null : (
        <>
          <pre>{cc}</pre>
          <p>
            <button type="button" data-copy={cc.replace(/^Cc: /, '')} hidden>
              Copy the addresses
            </button>{' '}
            <a href={`${threadPath(thread.id)}/draft.eml`} download>
              Draft as .eml
            </a>
          </p>
        </>
      )}
    </section>
  );
}

function People({ thread, toLine }: { readonly thread: TriageThread; readonly toLine: ReturnType<typeof toLineLink> }) {
  const { participants, asked, dropped } = thread.people;
  return (
    <section class="card">
      <h2>People</h2>
      <ul class="small">
        {participants.slice(0, 30).map((one) => (
          <li>
            {writePerson(one)} <span class="soft">{one.messages}</span>
          </li>
        ))}
      </ul>
      {asked.map(({ name, reached, message, quote }) => {
        const link = toLine(message, 'body', 0)?.replace(/-l0$/, '') ?? null;
        return (
          <p class={reached ? 'small' : 'warn small'}>
            {name} was {reached ? 'brought in' : 'to be brought in, and no header carries the address'}:{' '}
            {link === null ? `“${quote}”` : <a href={link}>“{quote}”</a>}
          </p>
        );
      })}
      {dropped.map(({ address }) => (
        <p class="warn small">{address} was dropped from To and Cc on the way.</p>
      ))}
    </section>
  );
}

function Alike({ similar }: { readonly similar: readonly Similar[] }) {
  if (similar.length === 0) return null;
  return (
    <section class="card">
      <h2>Similar crashes</h2>
      <ul class="small">
        {similar.map(({ thread, subject, date, why }) => (
          <li>
            <a href={threadPath(thread)}>{subject}</a> <span class="soft">{(date ?? '').slice(0, 10)}</span>
            <br />
            {why}
          </li>
        ))}
      </ul>
    </section>
  );
}

const DEEPEST = 12;
const MOST_IN_TREE = 200;

function Tree({ thread, shown }: { readonly thread: TriageThread; readonly shown: readonly ShownMail[] }) {
  const depths = new Map<string, number>();
  const here = new Set(shown.map(({ id }) => id));
  const rows = thread.messages.map((one, place) => {
    const depth = one.parent === null ? 0 : Math.min(DEEPEST, (depths.get(one.parent) ?? 0) + 1);
    depths.set(one.id, depth);
    return { ...one, depth, number: place + 1 };
  });
  return (
    <section class="card">
      <h2>Replies</h2>
      <ol class="tree">
        {rows.slice(0, MOST_IN_TREE).map(({ id, depth, number, from, date }) => (
          <li class={`d${depth}`}>
            <a href={`${here.has(id) ? '' : withQuery(threadPath(thread.id), { from: String(number) })}#m${number}`}>
              {number}
            </a>{' '}
            {writePerson({ name: from.name, address: from.name === null ? from.address : '' })}{' '}
            <span class="soft">{(date ?? 'undated').slice(0, 16).replace('T', ' ')}</span>
          </li>
        ))}
      </ol>
      {rows.length > MOST_IN_TREE ? <p class="soft small">and {rows.length - MOST_IN_TREE} more</p> : null}
    </section>
  );
}

function Mails({ data: { thread, mails }, look }: { readonly data: ThreadData; readonly look: Look }) {
  const hits = findHits(thread);
  return (
    <>
      {mails.map(({ number, id, parts, others }) => {
        const head = thread.messages[number - 1];
        const link = toLink(head?.url ?? null);
        return (
          <article class="card mail" id={`m${number}`} data-item>
            <h3>
              {number}. {head === undefined ? '' : writePerson(head.from)}
            </h3>
            <p class="soft small">
              <Age at={head?.date ?? null} now={look.now} /> · {head?.subject} · <a href={threadPath(id)}>permalink</a>
              {link === null ? null : (
                <>
                  {' · '}
                  <a href={link} rel="noreferrer">
                    archive
                  </a>
                </>
              )}
            </p>
            {parts.map(({ name, lines, left }, part) => (
              <>
                {part === 0 ? null : <h3 class="small">{name}</h3>}
                <pre>
                  {lines.map((line) => (
                    <span
                      class={`line${line.depth > 0 ? ' q' : ''}${hits.has(`${id}\n${name}\n${line.number}`) ? ' hit' : ''}`}
                      id={lineAnchor(number, part, line.number)}
                    >
                      {'>'.repeat(Math.min(line.depth, 9))}
                      {line.depth > 0 ? ' ' : ''}
                      {line.text}
                    </span>
                  ))}
                </pre>
                {left > 0 ? <p class="soft small">{left} more lines in the mail itself</p> : null}
              </>
            ))}
            {others.length === 0 ? null : <p class="soft small">Not shown: {others.join(', ')}</p>}
          </article>
        );
      })}
    </>
  );
}

/** Lines that a fact points at: they are marked in the text. */
function findHits(thread: TriageThread): ReadonlySet<string> {
  const facts = thread.environment.map(({ message, line }) => `${message}\nbody\n${line}`);
  const notes = thread.traces.flatMap(({ message, part, notes: all, lines }) => [
    `${message}\n${part}\n${lines[0]}`,
    ...all.map(({ line }) => `${message}\n${part}\n${line}`),
  ]);
  return new Set([...facts, ...notes]);
}
