import type { Digest, DigestEntry, Section } from '../../digest/digest.ts';
import { toFoldBlocks } from '../../digest/fold-blocks.ts';
import { toReleaseLines, writeReleaseTitle } from '../../digest/release/release-lines.ts';
import { toRows, writeAside, writeMark, writeMore, writeNotes } from '../../digest/rows.ts';
import { toLink } from '../../lib/markup.ts';
import { threadPath, withQuery } from '../links.ts';
import { GenreTag, StatusTag } from '../parts.tsx';

interface Props {
  readonly digest: Digest;
  readonly filter: string;
  readonly wrong: string | null;
  /** The page that the filter form asks for. */
  readonly action: string;
}

/** What a digest says before its lists: the counts, what could not be seen, and the filter. */
export function DigestHead({ digest, filter, wrong, action }: Props) {
  return (
    <>
      <ul class="counts">
        {digest.counts.map(({ name, count }) => (
          <li>
            <b>{count}</b> {count === 1 ? name.replace(/s(?= |$)/, '') : name}
          </li>
        ))}
      </ul>
      {digest.mix.length === 0 ? null : (
        <p class="soft small">Mails: {digest.mix.map(({ name, mails }) => `${name} ${mails}`).join(', ')}</p>
      )}
      {writeNotes(digest).map((note) => (
        <p>{note}</p>
      ))}
      {digest.blindSpots.map((one) => (
        <p class="warn bad">Not seen: {one}</p>
      ))}
      <form class="filters" method="get" action={action} aria-label="Filter the digest">
        <label class="wide">
          filter
          <input name="filter" value={filter} maxlength={2000} placeholder="component:x86 severity>=50 -kind:patch" />
        </label>
        <button>Filter</button>
        {filter === '' ? null : <a href={action}>Everything</a>}
      </form>
      {wrong === null ? null : <p class="warn bad">The filter was not used: {wrong}</p>}
    </>
  );
}

/** Everything that a digest lists, in the order of reading. */
export function DigestBody({ digest }: { readonly digest: Digest }) {
  return (
    <>
      {digest.sections.map((section) => (
        <SectionView section={section} />
      ))}
      <Duplicates digest={digest} />
      <Release digest={digest} />
      {toFoldBlocks(digest).map(({ title, count, lines }) => (
        <section>
          <h2>
            {title} <span class="count">{count}</span>
          </h2>
          <ul class="small">
            {lines.map(({ text, url, aside }) => (
              <li>
                <Outward text={text} url={url} /> {aside === null ? null : <span class="soft">{aside}</span>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function SectionView({ section }: { readonly section: Section }) {
  const { title, entries, more, form, name } = section;
  const cards = form === 'card' ? entries.filter(({ brief }) => !brief) : [];
  const lines = entries.filter((entry) => !cards.includes(entry));
  const rest = writeMore(section);
  return (
    <section>
      <h2>
        {title} <span class="count">{entries.length + more}</span>
      </h2>
      {cards.map((entry) => (
        <Card entry={entry} isUrgent={name === 'needs' || name === 'yours'} />
      ))}
      {lines.length === 0 ? null : (
        <ul class="list">
          {lines.map((entry) => (
            <li data-item>
              <a class="title" href={threadPath(entry.id)}>
                {entry.title}
              </a>
              <div class="small soft">
                {[writeMark(entry), writeAside(entry)].filter((one) => one !== '').join(' · ')}
              </div>
            </li>
          ))}
        </ul>
      )}
      {rest === null ? null : <p class="soft small">{rest}</p>}
    </section>
  );
}

/** Said by the tags, by the title, or by the address of the page. */
const LEFT_OUT: ReadonlySet<string> = new Set(['State', 'Read', 'Ref', 'Add']);
const LOUD: ReadonlySet<string> = new Set(['Why', 'You']);

function Card({ entry, isUrgent }: { readonly entry: DigestEntry; readonly isUrgent: boolean }) {
  const mark = writeMark(entry);
  return (
    <article class={`card${isUrgent ? ' urgent' : ''}`} data-item>
      <h3>
        <a class="title" href={threadPath(entry.id)}>
          {entry.title}
        </a>
      </h3>
      <p class="small">
        {mark === '' ? null : <span class="tag amber">{mark.toLowerCase()}</span>}{' '}
        <GenreTag genre={entry.genre} symptoms={entry.symptoms} /> <StatusTag status={entry.status} />
      </p>
      <dl class="facts">
        {toRows(entry)
          .filter(({ label }) => !LEFT_OUT.has(label))
          .map(({ label, text, form }) => (
            <>
              <dt>{label}</dt>
              <dd class={LOUD.has(label) ? 'loud' : ''}>{form === 'log' ? <pre class="one">{text}</pre> : text}</dd>
            </>
          ))}
      </dl>
    </article>
  );
}

function Duplicates({ digest: { duplicates } }: { readonly digest: Digest }) {
  if (duplicates.length === 0) return null;
  return (
    <section>
      <h2>
        Possible duplicates <span class="count">{duplicates.length}</span>
      </h2>
      <ul>
        {duplicates.map(({ why, entries }) => (
          <li>
            {why}
            <ul>
              {entries.map(({ id, title }) => (
                <li>
                  <a href={threadPath(id)}>{title}</a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Release({ digest: { release } }: { readonly digest: Digest }) {
  if (release === null) return null;
  const more = writeMore(release);
  const lines = toReleaseLines(release);
  if (lines.length === 0) return null;
  return (
    <section>
      <h2>
        {writeReleaseTitle(release)} <span class="count">{lines.length + release.more}</span>
      </h2>
      <ul>
        {lines.map(({ letter, title, url, state, reasons }) => (
          <li>
            {letter}. <Outward text={title} url={url} /> <span class="soft small">{state}</span>
            {reasons.map((reason) => (
              <div class="small">{reason}</div>
            ))}
          </li>
        ))}
      </ul>
      {more === null ? null : <p class="soft small">{more}</p>}
    </section>
  );
}

/** A link to the archive; text alone where the address is nothing that a browser should follow. */
function Outward({ text, url }: { readonly text: string; readonly url: string | null }) {
  const link = toLink(url);
  return link === null ? (
    <>{text}</>
  ) : (
    <a href={link} rel="noreferrer">
      {text}
    </a>
  );
}

/** Where the same digest is found in other forms. */
export function formsOf(day: string, filter: string): { readonly atom: string; readonly text: string } {
  const query = { filter };
  return { atom: withQuery(`/digests/${day}.atom`, query), text: withQuery(`/digests/${day}.txt`, query) };
}
