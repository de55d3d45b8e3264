import { writeRegression } from '../../digest/environment-line.ts';
import { findGoneWords, groupBest, writeHolds, writePerson } from '../../digest/suggested.ts';
import type { TriageThread } from '../../model/triage.ts';
import type { Similar } from '../../pipeline/find-similar.ts';
import { personPath, threadPath, withQuery } from '../links.ts';
import type { ToLine } from './evidence.tsx';
import type { ShownMail } from './mail-text.ts';

export function Standing({ thread }: { readonly thread: TriageThread }) {
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

function PersonLink({ person }: { readonly person: { readonly name: string; readonly address: string } }) {
  const path = personPath(person.address);
  return path === null ? <>{writePerson(person)}</> : <a href={path}>{writePerson(person)}</a>;
}

export function Routing({ thread, cc }: { readonly thread: TriageThread; readonly cc: string | null }) {
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
              <PersonLink person={one} /> <span class="soft small">{one.score.toFixed(2)}</span>
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
          <pre tabindex={0}>{cc}</pre>
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

export function People({ thread, toLine }: { readonly thread: TriageThread; readonly toLine: ToLine }) {
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

export function Alike({ similar }: { readonly similar: readonly Similar[] }) {
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

export function Tree({ thread, shown }: { readonly thread: TriageThread; readonly shown: readonly ShownMail[] }) {
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
