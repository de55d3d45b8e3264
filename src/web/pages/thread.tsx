import { writeTitle } from '../../digest/to-entry.ts';
import { writeCcLine } from '../../digest/suggested.ts';
import { toTurn } from '../../digest/turn.ts';
import type { TriageThread } from '../../model/triage.ts';
import { findSimilar, type Similar } from '../../pipeline/find-similar.ts';
import type { Correction } from '../../ports.ts';
import { NotThere, toPage, type Look, type PageInput } from '../page.ts';
import type { WebPorts } from '../ports.ts';
import { Age, GenreTag, StatusTag } from '../parts.tsx';
import { threadPath, withQuery } from '../links.ts';
import { CorrectForm, History } from './corrections.tsx';
import { Facts, Traces, type ToLine } from './evidence.tsx';
import { Mails } from './mails.tsx';
import { Alike, People, Routing, Standing, Tree } from './thread-cards.tsx';
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
          <div>
            <Standing thread={thread} />
            <Routing thread={thread} cc={data.cc} />
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
