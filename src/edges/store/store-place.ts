/** Whether a store is named by the URL of a PostgreSQL database; it is a SQLite file otherwise. */
export function isDatabaseUrl(place: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(place);
}

const URL_PARTS = /^(?<scheme>[a-z]+:\/\/)(?:(?<user>[^:@/?]*)(?::[^@/]*)?@)?(?<rest>[^?]*)/is;

/** Where a store is, as it may be shown: a URL without its password, and without what follows the name of the database. */
export function toShownPlace(place: string): string {
  if (!isDatabaseUrl(place)) return place;
  const { scheme = '', user, rest = '' } = URL_PARTS.exec(place)?.groups ?? {};
  return `${scheme}${user === undefined ? '' : `${user}@`}${rest}`;
}
