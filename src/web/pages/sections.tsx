import { personPath, sectionPath, withQuery } from '../links.ts';
import { NotThere, toPage } from '../page.ts';
import { ThreadList, toRow, type Row } from './threads.tsx';
import type { TagCount } from '../../ports.ts';
import { isOpen } from '../../digest/turn.ts';
import type { PagePorts } from '../ports.ts';

const MOST_SECTIONS = 500;
const MOST_REPORTS = 50;
const MOST_OTHERS = 20;

interface SectionsData {
  readonly sections: readonly TagCount[];
}

export const SECTIONS = toPage<SectionsData>({
  path: '/sections',
  at: '/sections',
  summary: 'MAINTAINERS entries that threads are about, by how many threads there are',
  query: [],
  load: async (_input, { store }) => ({ sections: await store.tagCounts('section', MOST_SECTIONS) }),
  view: ({ sections }) => {
    const projects = [...new Set(sections.map(({ value }) => value.slice(0, value.indexOf('/'))))].sort();
    return {
      title: 'Sections',
      body: (
        <>
          <h1>
            Sections{' '}
            <span class="count">
              {sections.length === MOST_SECTIONS ? `the first ${MOST_SECTIONS}` : sections.length}
            </span>
          </h1>
          <p class="soft">Entries of the MAINTAINERS files whose people should see a thread.</p>
          {sections.length === 0 ? <p class="soft">No thread is about any.</p> : null}
          {projects.map((project) => (
            <section>
              <h2>{project}</h2>
              <ul class="columns">
                {sections
                  .filter(({ value }) => value.startsWith(`${project}/`))
                  .map(({ value, threads }) => (
                    <li>
                      <a href={sectionPath(value)}>{value.slice(project.length + 1)}</a>{' '}
                      <span class="soft">{threads}</span>
                    </li>
                  ))}
              </ul>
            </section>
          ))}
        </>
      ),
    };
  },
});

interface Person {
  readonly name: string;
  /** Of the MAINTAINERS file: `section` and `role` say that it is public. */
  readonly address: string;
  readonly section: string;
  readonly role: string;
}

interface SectionData {
  readonly project: string;
  readonly title: string;
  readonly people: readonly Person[];
  readonly files: readonly string[];
  readonly open: readonly Row[];
  readonly closed: readonly Row[];
  readonly others: readonly Row[];
}

export const SECTION = toPage<SectionData>({
  path: '/sections/:project/:title',
  at: '/sections',
  summary: 'One MAINTAINERS entry: its people, its reports, its other threads',
  query: [],
  load: async ({ params }, ports) => {
    const [project, title] = [params['project'] ?? '', params['title'] ?? ''];
    const tag = { kind: 'section', value: `${project}/${title}` } as const;
    const entry = findEntry(project, title, ports);
    const reports = { open: [] as Row[], closed: [] as Row[] };
    for await (const thread of ports.store.threads({ tags: [tag], genre: 'report', limit: MOST_REPORTS }))
      reports[isOpen(thread) ? 'open' : 'closed'].push(toRow(thread));
    const others: Row[] = [];
    for await (const thread of ports.store.threads({ tags: [tag], limit: MOST_OTHERS * 2 }))
      if (thread.genre !== 'report' && others.length < MOST_OTHERS) others.push(toRow(thread));
    if (entry === null && reports.open.length + reports.closed.length + others.length === 0)
      throw new NotThere('No MAINTAINERS entry of that name is known here.');
    return { project, title, people: entry?.people ?? [], files: entry?.files ?? [], ...reports, others };
  },
  view: (data, look) => ({
    title: data.title,
    body: (
      <>
        <p class="small">
          <a data-up href="/sections">
            Sections
          </a>
        </p>
        <h1>
          {data.title} <span class="count">{data.project}</span>
        </h1>
        <div class="grid">
          <div>
            <h2>
              Open reports <span class="count">{data.open.length}</span>
            </h2>
            <ThreadList rows={data.open} look={look} />
            {data.closed.length === 0 ? null : (
              <>
                <h2>
                  Closed <span class="count">{data.closed.length}</span>
                </h2>
                <ThreadList rows={data.closed} look={look} />
              </>
            )}
            {data.others.length === 0 ? null : (
              <>
                <h2>Other threads</h2>
                <ThreadList rows={data.others} look={look} />
              </>
            )}
            <p>
              <a href={withQuery('/threads', { section: `${data.project}/${data.title}` })}>All its threads</a>
            </p>
          </div>
          <Entry {...data} />
        </div>
      </>
    ),
  }),
});

function Entry({ people, files }: Pick<SectionData, 'people' | 'files'>) {
  return (
    <div>
      <section class="card">
        <h2>People</h2>
        {people.length === 0 ? <p class="soft">The trees that are at hand have no such entry.</p> : null}
        {people.map(({ name, address, role }) => (
          <p>
            <a href={personPath(address) ?? '/sections'}>{name === '' ? address : name}</a>{' '}
            <span class="soft small">{role}</span>
          </p>
        ))}
      </section>
      {files.length === 0 ? null : (
        <section class="card">
          <h2>Files</h2>
          <ul class="small">
            {files.map((file) => (
              <li>
                <code>{file}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const MOST_FILES = 40;
const ROLES: Readonly<Record<string, string>> = { M: 'maintainer', R: 'reviewer', L: 'list' };
const MAILBOX = /^(?:"?(?<name>[^"<]{0,120}?)"? ?<)?(?<address>[^\s<>()]{3,250})>?/;

/** What the newest tree of the project says of the entry. */
function findEntry(
  project: string,
  title: string,
  { trees }: PagePorts,
): { readonly people: readonly Person[]; readonly files: readonly string[] } | null {
  const [newest] = trees()
    .all.filter((tree) => tree.project === project)
    .sort((a, b) => (a.date < b.date ? 1 : -1));
  const section = newest?.maintainers().sections.find((one) => one.title === title);
  if (section === undefined) return null;
  const people = section.properties.flatMap(({ letter, value }) => {
    const role = ROLES[letter];
    const groups = role === undefined ? undefined : MAILBOX.exec(value)?.groups;
    const address = groups?.['address'];
    return role === undefined || address?.includes('@') !== true
      ? []
      : [{ name: (groups?.['name'] ?? '').trim(), address: address.toLowerCase(), section: title, role }];
  });
  const files = section.properties.filter(({ letter }) => letter === 'F').map(({ value }) => value);
  return { people, files: files.slice(0, MOST_FILES) };
}
