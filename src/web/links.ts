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
