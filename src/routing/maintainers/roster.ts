import { readPerson, writePerson } from './address.ts';
import type { Dialect } from './dialect.ts';
import { mapPerson, type Mailmap } from './mailmap.ts';

/** A line of the answer while it is put together. */
export interface Line {
  who: string;
  role: string;
}

/** The people and lists of one answer, in the order in which they are found; it knows who is there already. */
export class Roster {
  people: Line[] = [];
  readonly lists: Line[] = [];
  readonly #dialect: Dialect;
  readonly #mailmap: Mailmap;
  /** Names and addresses in lower case, as they stood when they were added. */
  readonly #names = new Set<string>();
  readonly #addresses = new Set<string>();
  /** Who was met first under a name or an address, as formatted. */
  readonly #firstByName = new Map<string, string>();
  readonly #firstByAddress = new Map<string, string>();

  constructor(dialect: Dialect, mailmap: Mailmap) {
    this.#dialect = dialect;
    this.#mailmap = mailmap;
  }

  /** Adds a person, as formatted or as written; `false` where the dialect leaves out whoever is there already. */
  add(text: string, role: string): boolean {
    const person = readPerson(text, this.#dialect);
    if (person.address === '') return true;
    const [name, address] = [person.name.toLowerCase(), person.address.toLowerCase()];
    if (this.#dialect.dropDuplicates && ((name !== '' && this.#names.has(name)) || this.#addresses.has(address))) {
      return false;
    }
    this.people.push({ who: writePerson(person, this.#dialect), role });
    if (name !== '') this.#names.add(name);
    this.#addresses.add(address);
    return true;
  }

  /**
   * Gives a role more to everybody of that name or address (the dialect may want both to be the same). A role that
   * the entry's own text holds already is not added again.
   */
  addRole(formatted: string, role: string): void {
    const person = readPerson(formatted, this.#dialect);
    const whole = writePerson(person, this.#dialect);
    for (const line of this.people) {
      const known = readPerson(line.who, this.#dialect);
      const isMeant = this.#dialect.dropDuplicates
        ? known.name === person.name || known.address === person.address
        : line.who === whole;
      if (isMeant && !line.role.includes(role)) line.role = line.role === '' ? role : `${line.role},${role}`;
    }
  }

  /**
   * The form in which somebody is told: as the mailmap has them, and, where the dialect says so, as the first that was
   * met of the same name (or, failing that, of the same address). It remembers whom it has settled.
   */
  settle(text: string): string {
    const mapped = mapPerson(text, this.#mailmap, this.#dialect);
    if (!this.#dialect.dropDuplicates) return mapped;
    const { name, address } = readPerson(mapped, this.#dialect);
    const known =
      (name === '' ? undefined : this.#firstByName.get(name.toLowerCase())) ??
      this.#firstByAddress.get(address.toLowerCase());
    if (known !== undefined) return mapPerson(known, this.#mailmap, this.#dialect);
    this.#firstByName.set(name.toLowerCase(), mapped);
    this.#firstByAddress.set(address.toLowerCase(), mapped);
    return mapped;
  }

  /** As the mailmap has them, whoever was met before. */
  map(text: string): string {
    return mapPerson(text, this.#mailmap, this.#dialect);
  }
}
