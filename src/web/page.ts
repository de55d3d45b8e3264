import type { Child } from 'hono/jsx';
import type { PagePorts } from './ports.ts';

/** What a reader asked for. */
export interface PageInput {
  /** Decoded parts of the path, by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Name of whoever has logged in, or `null`. */
  readonly user: string | null;
}

/** There is nothing of that name; the text says what to do. */
export class NotThere extends Error {}

/** What a reader sees. */
export interface Shown {
  readonly title: string;
  readonly body: Child;
  /** Address of an Atom feed of the same matter. */
  readonly feed?: string;
  /** What stands in the search field. */
  readonly words?: string;
}

/** What views are given beside their data. */
export interface Look {
  /** Time of the answer, ISO 8601 in UTC. */
  readonly now: string;
  readonly user: string | null;
  /** Hidden field that every form holds, for whoever has logged in. */
  readonly mark: string | null;
}

/** One page: where it is found, what it shows, and the same as data. */
export interface Page<Data> {
  /** As hono writes paths: `/thread/:id`. */
  readonly path: string;
  /** Path of the entry of the main navigation that it belongs to. */
  readonly at: string;
  /** One line for the OpenAPI document. */
  readonly summary: string;
  readonly query: readonly { readonly name: string; readonly description: string }[];
  /**
   * The data of the page: plain JSON.
   *
   * @throws NotThere where what is asked for is not there.
   */
  readonly load: (input: PageInput, ports: PagePorts) => Promise<Data>;
  readonly view: (data: Data, look: Look) => Shown;
}

/** A page whose data nobody needs to name. */
export type AnyPage = Page<unknown>;

/** Keeps the type of the data within one page's own file. */
export function toPage<Data>(page: Page<Data>): AnyPage {
  return {
    ...page,
    // What `load` gave is what `view` is handed, and nothing else calls it.
    view: (data, look) => page.view(data as Data, look),
  };
}
