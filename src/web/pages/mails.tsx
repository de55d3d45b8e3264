import { writePerson } from '../../digest/suggested.ts';
import { toLink } from '../../lib/markup.ts';
import type { TriageThread } from '../../model/triage.ts';
import { threadPath } from '../links.ts';
import type { Look } from '../page.ts';
import { Age } from '../parts.tsx';
import { lineAnchor, type ShownMail } from './mail-text.ts';

interface MailsProps {
  readonly thread: TriageThread;
  readonly mails: readonly ShownMail[];
  readonly look: Look;
}

export function Mails({ thread, mails, look }: MailsProps) {
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
                <pre tabindex={0}>
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
