import type { ReleaseSetting } from '../digest/release/find-release.ts';
import type { Trees } from '../routing/trees/trees.ts';
import type { Clock, Log, Store } from '../ports.ts';
import type { PostBook } from '../ports/post-book.ts';
import type { Memory } from './memory.ts';

/** Who may do what. */
export interface Access {
  /** `public`: anybody reads, addresses are masked; `private`: nobody reads who has not logged in. */
  readonly reading: 'public' | 'private';
  /** Scrypt hash of the operator's password (`salt:hash`, hex), or `null` where nobody can log in. */
  readonly password: string | null;
}

/** Everything that the pages are given. */
export interface WebPorts {
  readonly store: Store;
  /** As of today: trees may be added while the server runs. */
  readonly trees: () => Trees;
  readonly clock: Clock;
  readonly log: Log;
  /** Random bytes, for sessions and form marks. */
  readonly random: (bytes: number) => Buffer;
  /** Name of the list. */
  readonly list: string;
  readonly access: Access;
  /** Files of `assets/`, by name. */
  readonly assets: ReadonlyMap<string, { readonly type: string; readonly body: Buffer; readonly tag: string }>;
  /** Who gets digests: their links lead here. */
  readonly post?: PostBook;
  /** Where the server is found from outside, for links in mails and feeds: `https://heddle.example.org`. */
  readonly origin: string;
  /** Where the public archive has a mail: this, its id, and a slash. */
  readonly archive?: string | undefined;
  /** What the operator says of the release that is being made. */
  readonly release?: ReleaseSetting;
  /** Where the source of a project is read on the web, by project: `{version}`, `{file}`, `{line}` and `{function}` are filled in. */
  readonly sources?: Readonly<Record<string, string>>;
  /** What was spent on a model today, and what may be; where one is asked. */
  readonly budget?: () => ModelBudget;
  /** The address of a reader is told by a proxy in front (the last one in X-Forwarded-For). */
  readonly behindProxy?: boolean;
}

/** What may be asked of a model in a day, and what was. */
export interface ModelBudget {
  readonly model: string;
  readonly requests: { readonly spent: number; readonly most: number };
  readonly tokens: { readonly spent: number; readonly most: number };
}

/** What pages are given: the ports, and what this server remembers. */
export interface PagePorts extends WebPorts {
  readonly memory: Memory;
}
