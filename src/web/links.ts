/** The path of the thread that a mail belongs to. */
export function threadPath(id: string): string {
  return `/thread/${encodeURIComponent(id)}`;
}

/** A path with a query; values that are empty are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const kept = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value]],
  );
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept as [string, string][]).toString()}`;
}

/** The page of a MAINTAINERS entry, named `project/TITLE`. */
export function sectionPath(section: string): string {
  const cut = section.indexOf('/');
  return `/sections/${encodeURIComponent(section.slice(0, cut))}/${encodeURIComponent(section.slice(cut + 1))}`;
}

/** The page of somebody, or `null` where the address is masked. */
export function personPath(address: string): string | null {
  return /^[^\s@…]{1,64}@[^\s@…]{1,189}$/.test(address) ? `/people/${encodeURIComponent(address)}` : null;
}
