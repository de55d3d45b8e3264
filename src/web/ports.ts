import type { Trees } from '../routing/trees/trees.ts';
import type { Clock, Log, Store } from '../ports.ts';

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
  /** Where the server is found from outside, for links in mails and feeds: `https://heddle.example.org`. */
  readonly origin: string;
}
