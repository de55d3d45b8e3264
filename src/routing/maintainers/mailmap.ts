import { readPerson, writePerson } from './address.ts';
import type { Dialect } from './dialect.ts';

/** Which name and address somebody goes by, from a tree's `.mailmap`: keyed by address, or by `Name <address>`. */
export interface Mailmap {
  readonly names: ReadonlyMap<string, string>;
  readonly addresses: ReadonlyMap<string, string>;
}

export const NO_MAILMAP: Mailmap = { names: new Map(), addresses: new Map() };

const FORMS: readonly RegExp[] = [
  /^(?<realName>[^<]+)<(?<real>[^>]+)>$/,
  /^<(?<real>[^>]+)>\s*<(?<wrong>[^>]+)>$/,
  /^(?<realName>[^<]+)<(?<real>[^>]+)>\s*<(?<wrong>[^>]+)>$/,
  /^(?<realName>[^<]+)<(?<real>[^>]+)>(?<wrongName>[^<]+)<(?<wrong>[^>]+)>$/,
];

/** Reads a `.mailmap`. Lines of another form are passed over. */
export function readMailmap(text: string, dialect: Dialect): Mailmap {
  const names = new Map<string, string>();
  const addresses = new Map<string, string>();
  for (const raw of text.split('\n')) {
    const line = raw.replace(/#.*$/, '').trim();
    const groups = FORMS.map((form) => form.exec(line)?.groups).find((found) => found !== undefined);
    if (!groups) continue;
    const { realName, real = '', wrongName, wrong } = groups;
    if (realName === undefined) {
      if (wrong !== undefined) addresses.set(wrong, real);
      continue;
    }
    const person = readPerson(`${realName.trim()} <${real}>`, dialect);
    const key = wrongKey(wrong, wrongName, dialect);
    names.set(key ?? person.address, person.name);
    if (key !== null) addresses.set(key, person.address);
  }
  return { names, addresses };
}

function wrongKey(wrong: string | undefined, wrongName: string | undefined, dialect: Dialect): string | null {
  if (wrong === undefined) return null;
  if (wrongName === undefined) return wrong;
  return writePerson(readPerson(`${wrongName.trim()} <${wrong}>`, dialect), dialect);
}

/** The person as the mailmap has them, formatted. */
export function mapPerson(formatted: string, mailmap: Mailmap, dialect: Dialect): string {
  const person = readPerson(formatted, dialect);
  const whole = writePerson(person, dialect);
  const key = mailmap.names.has(whole) || mailmap.addresses.has(whole) ? whole : person.address;
  return writePerson(
    { name: mailmap.names.get(key) ?? person.name, address: mailmap.addresses.get(key) ?? person.address },
    dialect,
  );
}
