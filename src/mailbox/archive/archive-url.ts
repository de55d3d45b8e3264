import type { Mailbox } from '../../model/mailbox.ts';

/** What a mailbox's address says beside where the archive is: its fragment, which no server sees. */
export interface ArchiveAddress {
  /** `https://host/list/`, always with the last slash; or the folder of a mirror on this machine. */
  readonly base: string;
  readonly isFolder: boolean;
  /** The first epoch that is wanted: `git+https://host/list/3` leaves 0, 1 and 2 out. */
  readonly firstEpoch: number;
  /** Mail that the archive received before is not read: ISO 8601 in UTC, or `null`. */
  readonly since: string | null;
  /** How the pages are laid out. */
  readonly form: 'public-inbox' | 'monthly';
}

const EPOCH = /\/(?:git\/)?(?<epoch>\d{1,6})(?:\.git)?\/?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Takes a mailbox's address apart: `https://host/list/#since=2024-01-01`, `git+https://host/list/0`, `/srv/mirror/list`.
 * `null` where it is no address that an archive can have.
 */
export function readArchiveUrl({
  url,
  kind,
  backFill,
  addedAt,
}: Pick<Mailbox, 'url' | 'kind' | 'backFill' | 'addedAt'>): ArchiveAddress | null {
  const [address = '', fragment = ''] = url.split('#', 2);
  const wanted = readFragment(fragment, backFill === 'none' ? addedAt : null);
  if (kind === 'git' && address !== '' && !/^[a-z+]{2,20}:/i.test(address))
    return { base: address, isFolder: true, firstEpoch: 0, ...wanted };
  const parsed = toHttp(address);
  if (parsed === null) return null;
  const epoch = kind === 'git' ? EPOCH.exec(parsed.pathname)?.groups?.['epoch'] : undefined;
  if (epoch !== undefined) parsed.pathname = parsed.pathname.replace(EPOCH, '/');
  const base = parsed.href.endsWith('/') ? parsed.href : `${parsed.href}/`;
  return { base, isFolder: false, firstEpoch: Number(epoch ?? 0), ...wanted };
}

function readFragment(fragment: string, since: string | null): Pick<ArchiveAddress, 'since' | 'form'> {
  const asked = new URLSearchParams(fragment);
  const day = asked.get('since') ?? '';
  return {
    since: since ?? (DAY.test(day) ? `${day}T00:00:00Z` : null),
    form: asked.get('form') === 'monthly' ? 'monthly' : 'public-inbox',
  };
}

function toHttp(address: string): URL | null {
  const plain = address.replace(/^git\+(?=https?:)/i, '');
  if (!/^https?:\/\//i.test(plain) || !URL.canParse(plain)) return null;
  const url = new URL(plain);
  url.search = '';
  return url;
}

/** The fragment that {@link readArchiveUrl} reads; empty where there is nothing to say. */
export function writeFragment({
  since,
  form,
}: {
  readonly since: string | null;
  readonly form: ArchiveAddress['form'];
}): string {
  const said = new URLSearchParams();
  if (since !== null) said.set('since', since);
  if (form !== 'public-inbox') said.set('form', form);
  const text = said.toString();
  return text === '' ? '' : `#${text}`;
}
