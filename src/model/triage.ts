/** The triage document, schema heddle.triage/1: what `heddle triage --json` writes and the store keeps for each thread. */
import type { Address } from './message.ts';
import type { EnvironmentKey, Frame, Note, Project, Role, TraceKind } from './evidence.ts';
import type { Genre, Regression, Status, Symptom } from './verdict.ts';
import type { Suggestion } from './routing.ts';
import type { Testimony } from './testimony.ts';

export const TRIAGE_SCHEMA = 'heddle.triage/1';

export interface TriageMessage {
  readonly id: string;
  readonly parent: string | null;
  readonly from: Address;
  readonly date: string | null;
  readonly subject: string;
  readonly url: string | null;
}

export interface TriageTrace {
  readonly message: string;
  readonly lines: readonly [number, number];
  readonly part: string;
  readonly project: Project;
  readonly kind: TraceKind;
  readonly title: string;
  readonly headline: string;
  readonly cpu: number | null;
  readonly pid: number | null;
  readonly comm: string | null;
  readonly version: string | null;
  readonly tainted: string | null;
  readonly frames: readonly Frame[];
  readonly fingerprint: string;
  readonly notes: readonly Note[];
  /** Beyond the contract: the function the crash is about, and why the trace is not whole. */
  readonly culprit: string | null;
  readonly damage: string | null;
}

export interface TriageFact {
  readonly key: EnvironmentKey;
  readonly value: string;
  readonly role: Role;
  readonly message: string;
  readonly line: number;
  readonly quote: string;
}

export interface TriageAsked {
  readonly name: string;
  readonly address: string | null;
  readonly by: string;
  readonly message: string;
  readonly quote: string;
  readonly reached: boolean;
}

/** The last mail of somebody who looks after a part of the system that the thread is about; the reporter's own do not count. */
export interface TriageLastWord extends Address {
  readonly role: 'maintainer' | 'reviewer';
  readonly project: string;
  readonly section: string;
  readonly message: string;
  readonly date: string | null;
}

export interface TriagePeople {
  readonly participants: readonly (Address & { readonly messages: number })[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly asked: readonly TriageAsked[];
  readonly dropped: readonly { readonly address: string; readonly message: string }[];
  /** Beyond the contract: who of those whom routing names for a section spoke last; missing where none did. */
  readonly lastMaintainer?: TriageLastWord;
}

/** A patch of another thread that belongs to a report, and the words that say so. */
export interface TriageFix {
  /** The thread of the patch, and how far it is. */
  readonly thread: string;
  readonly status: Status;
  /** A link to the report, a `Fixes:` of the commit that the report blames, or the reporter's name with a shared function. */
  readonly by: 'link' | 'commit' | 'reporter';
  readonly message: string;
  readonly date: string | null;
  readonly line: number;
  readonly quote: string;
}

export interface TriageThread {
  readonly id: string;
  readonly subject: string;
  readonly startedAt: string | null;
  readonly lastActivityAt: string | null;
  readonly messages: readonly TriageMessage[];
  readonly genre: Genre;
  readonly symptoms: readonly Symptom[];
  readonly regression: Regression | null;
  readonly status: Status;
  readonly fixedBy: string | null;
  readonly duplicateOf: string | null;
  readonly summary: string;
  readonly classifiedBy: string;
  readonly traces: readonly TriageTrace[];
  readonly environment: readonly TriageFact[];
  readonly people: TriagePeople;
  readonly routing: readonly Suggestion[];
  /** Beyond the contract: what orders a digest, and what a maintainer would ask for. */
  readonly severity: number;
  readonly missing: readonly string[];
  /** The part of the system that the thread is about, where a person or a model has named it. */
  readonly component?: string;
  /** What a model said, where one was asked. */
  readonly testimony?: Testimony;
  /** Patches for it in other threads, the oldest first, where there are any. */
  readonly fixes?: readonly TriageFix[];
}

export interface TriageDocument {
  readonly schema: typeof TRIAGE_SCHEMA;
  readonly threads: readonly TriageThread[];
}
