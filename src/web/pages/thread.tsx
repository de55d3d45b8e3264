import { writeTitle } from '../../digest/to-entry.ts';
import { toTurn } from '../../digest/turn.ts';
import type { TriageThread } from '../../model/triage.ts';
import { findSimilar, type Similar } from '../../pipeline/find-similar.ts';
import type { Correction } from '../../ports.ts';
import { NotThere, toPage, type Look, type PageInput } from '../page.ts';
import type { WebPorts } from '../ports.ts';
import { toCcLine } from '../mask.ts';
import { Age, GenreTag, StatusTag } from '../parts.tsx';
import { threadPath, withQuery } from '../links.ts';
import { CorrectForm, History } from './corrections.tsx';
import { Facts, toOriginal, Traces, type ToLine } from './evidence.tsx';
import { Mails } from './mails.tsx';
import { Alike, People, Routing, Standing, Tree } from './thread-cards.tsx';
import { lineAnchor, toShownMails, type ShownMail } from './mail-text.ts';

const MOST_SIMILAR = 5;
const MOST_ORIGINALS = 3;

interface ThreadData {
  readonly thread: TriageThread;
  readonly turn: string;
  readonly mails: readonly ShownMail[];
  /** Place of the first mail on this page, and on the next one. */
  readonly from: number;
  readonly next: number | null;
  readonly similar: readonly Similar[];
  readonly corrections: readonly Correction[];
  /** The lines of the first traces as their mails have them. */
  readonly originals: readonly (readonly string[])[];
  readonly sources: Readonly<Record<string, string>>;
}

export const THREAD = toPage<ThreadData>({
  path: '/thread/:id',
  at: '/threads',
  summary: 'One thread: its verdict, evidence, people, suggestions and mails; `id` is the Message-ID of any mail of it',
  query: [{ name: 'from', description: 'place of the first mail that is shown' }],
  load,
  view,
});

async function load({ params, query }: PageInput, { store, sources = {} }: WebPorts): Promise<ThreadData> {
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
    originals: thread.traces.slice(0, MOST_ORIGINALS).map(({ message, part, lines }) => {
      const text = messages.get(message)?.parts.find(({ name }) => name === part)?.text;
      return text === undefined ? [] : toOriginal(text, lines);
    }),
    sources,
  };
}

function view(data: ThreadData, look: Look) {
  const { thread, mails, from, next } = data;
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
            <Traces
              traces={thread.traces}
              toLine={toLine}
              numbers={numbers}
              originals={data.originals}
              sources={data.sources}
            />
            <h2>
              Mails <span class="count">{thread.messages.length}</span>
            </h2>
            <Mails thread={thread} mails={mails} look={look} />
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
          <Aside data={data} look={look} toLine={toLine} numbers={numbers} />
        </div>
      </>
    ),
  };
}

interface AsideProps {
  readonly data: ThreadData;
  readonly look: Look;
  readonly toLine: ToLine;
  readonly numbers: ReadonlyMap<string, number>;
}

/** What is known of the thread, beside its mails. */
function Aside({ data, look, toLine, numbers }: AsideProps) {
  const { thread, mails, corrections } = data;
  return (
    <div>
      <Standing thread={thread} />
      <Routing thread={thread} cc={toCcLine(thread.routing)} />
      <Facts facts={thread.environment} missing={thread.missing} toLine={toLine} numbers={numbers} />
      <People thread={thread} toLine={toLine} />
      <Alike similar={data.similar} />
      <Tree thread={thread} shown={mails} />
      <div id="corrected">
        <History corrections={corrections} look={look} />
      </div>
      {look.mark === null ? null : <CorrectForm thread={thread} mark={look.mark} />}
    </div>
  );
}

/** Makes links to the very line that a fact came from: on this page, or on the one that has the mail. */
function toLineLink({ thread, mails }: ThreadData): ToLine {
  const shown = new Map(mails.map((mail) => [mail.id, mail]));
  const places = new Map(thread.messages.map(({ id }, place) => [id, place + 1]));
  return (message, part, line) => {
    const place = places.get(message);
    if (place === undefined) return null;
    const mail = shown.get(message);
    const at = mail?.parts.findIndex(({ name }) => name === part) ?? (part === 'body' ? 0 : -1);
    const anchor = at < 0 ? `m${place}` : lineAnchor(place, at, line);
    return mail === undefined ? `${withQuery(threadPath(thread.id), { from: String(place) })}#${anchor}` : `#${anchor}`;
  };
}
