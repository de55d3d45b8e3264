import { isOpen } from '../../digest/turn.ts';
import type { ThreadTag } from '../../ports.ts';
import { withQuery } from '../links.ts';
import { NotThere, toPage } from '../page.ts';
import type { PagePorts } from '../ports.ts';
import { ThreadList, toRow, type Row } from './threads.tsx';

const MOST = 30;
/** Looked at for those that wait; the rest is old. */
const MOST_READ = 200;

interface PersonData {
  /** With the entry of MAINTAINERS that names them, where one does: then the address is public. */
  readonly who: {
    readonly address: string;
    readonly name: string;
    readonly section: string | null;
    readonly role: string;
  };
  readonly groups: readonly {
    readonly title: string;
    readonly about: string;
    readonly rows: readonly Row[];
    /** Where all of them are. */
    readonly tag: ThreadTag['kind'];
  }[];
}

/** What waits for somebody, and what they are part of. */
export const PERSON = toPage<PersonData>({
  path: '/people/:address',
  at: '',
  summary: 'What waits for a person: threads that they should see and are not addressed in, and their own',
  query: [],
  load: async ({ params }, ports) => {
    const address = (params['address'] ?? '').toLowerCase();
    if (!/^[^\s@]{1,64}@[^\s@]{1,189}$/.test(address)) throw new NotThere('That is no mail address.');
    const missing = await readRows('missing', address, ports);
    const suggested = await readRows('suggested', address, ports);
    const person = await readRows('person', address, ports);
    const known = new Set(missing.map(({ id }) => id));
    const waiting = suggested.filter((row) => !known.has(row.id) && isReport(row));
    const groups = [
      { title: 'Not told yet', about: 'should be seen and is not addressed', rows: missing, tag: 'missing' },
      { title: 'Reports in their part', about: 'open, and addressed already', rows: waiting, tag: 'suggested' },
      { title: 'Part of', about: 'wrote, or is addressed', rows: person, tag: 'person' },
    ] as const;
    if (groups.every(({ rows }) => rows.length === 0)) throw new NotThere('Nobody of that address is known here.');
    return {
      who: await findWho(address, ports),
      groups: groups.map((group) => ({ ...group, rows: group.rows.slice(0, MOST) })),
    };
  },
  view: ({ who, groups }, look) => ({
    title: who.name === '' ? who.address : who.name,
    body: (
      <>
        <h1>
          {who.name === '' ? who.address : who.name} <span class="count">{who.name === '' ? '' : who.address}</span>
        </h1>
        {groups.map(({ title, about, rows, tag }) => (
          <section>
            <h2>
              {title} <span class="count">{rows.length === MOST ? `the newest ${MOST}` : rows.length}</span>
            </h2>
            <p class="soft small">{about}</p>
            <ThreadList rows={rows} look={look} />
            {rows.length < MOST || who.address.includes('…') ? null : (
              <p class="small">
                <a href={withQuery('/threads', { [tag]: who.address })}>All of them</a>
              </p>
            )}
          </section>
        ))}
      </>
    ),
  }),
});

async function findWho(address: string, { store }: PagePorts): Promise<PersonData['who']> {
  const tags = [{ kind: 'suggested', value: address }] as const;
  for await (const { routing } of store.threads({ tags, limit: 5 })) {
    const found = routing.find((one) => one.address.toLowerCase() === address && one.section !== null);
    if (found !== undefined) return { address, name: found.name, section: found.section, role: found.role };
  }
  return { address, name: '', section: null, role: '' };
}

function isReport({ genre }: Row): boolean {
  return genre === 'report' || genre === 'question';
}

/** Open threads with that tag, reports first; of their own threads the newest. */
async function readRows(
  kind: 'missing' | 'suggested' | 'person',
  address: string,
  { store }: PagePorts,
): Promise<Row[]> {
  const tags = [{ kind, value: address }];
  const rows: Row[] = [];
  const limit = kind === 'person' ? MOST : MOST_READ;
  for await (const thread of store.threads({ tags, limit }))
    if (kind === 'person' || isOpen(thread)) rows.push(toRow(thread));
  return kind === 'person' ? rows : [...rows.filter(isReport), ...rows.filter((row) => !isReport(row))];
}
