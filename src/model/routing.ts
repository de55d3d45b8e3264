export type RoutingRole = 'maintainer' | 'reviewer' | 'list' | 'responder' | 'author';

/** Somebody who should see a thread, and why. */
export interface Suggestion {
  readonly address: string;
  readonly name: string;
  readonly role: RoutingRole;
  /** `linux`, `xen`, `qemu`, … */
  readonly project: string;
  /** Title of the MAINTAINERS entry, or `null`. */
  readonly section: string | null;
  /** 0 to 1. */
  readonly score: number;
  /** Is in To, Cc or From of the thread already. */
  readonly addressed: boolean;
  readonly reasons: readonly string[];
}
