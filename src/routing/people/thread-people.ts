import type { Address } from '../../model/message.ts';
import type { Head } from '../../model/thread.ts';
import type { ThreadView } from '../../model/view.ts';
import { threadEvidence } from '../thread-evidence.ts';
import { PersonIndex } from './person-key.ts';

/** What a thread shows of one person. */
export interface ThreadPerson {
  readonly name: string | null;
  /** The address that they write from here, else the one they are written to at; empty where only a name is known. */
  readonly address: string;
  /** Does a header carry them, or are they only spoken of. */
  readonly isAddressed: boolean;
  /** Mails of theirs that answer somebody else. */
  readonly answers: number;
  /** In To or Cc of the first mail. */
  readonly askedFirst: boolean;
  /** Who put them into To or Cc later, other than the reporter. */
  readonly addedBy: string | null;
  /** Who writes that they should see it. */
  readonly askedBy: string | null;
  readonly isReporter: boolean;
  /** What they do about it: an offered patch, a named cause or fix. */
  readonly helps: boolean;
}

type Draft = { -readonly [K in keyof ThreadPerson]: ThreadPerson[K] };

const HELP = new Set(['patch-offered', 'patch-coming', 'known-cause', 'fixed-by', 'fixed-in', 'reproduced', 'diff']);

/** Everybody who writes in a thread, is written to or asked for, one entry a person, lists included. */
export function findThreadPeople(view: ThreadView): readonly ThreadPerson[] {
  const drafts = new Drafts();
  for (const [index, { message }] of view.thread.messages.entries()) {
    const from = message.from ? drafts.of(message.from, true) : null;
    if (from && index === 0) from.isReporter = true;
    addRecipients(message, from, index === 0, drafts);
    if (from && message.from) addAuthor(from, message, view, drafts);
  }
  for (const { asked } of threadEvidence(view)) {
    for (const one of asked) {
      const person = drafts.of({ name: one.name, address: one.address ?? '' }, false);
      person.askedBy ??= writerOf(one.message, view);
    }
  }
  return drafts.all;
}

function addRecipients(message: Head, from: Draft | null, isRoot: boolean, drafts: Drafts): void {
  for (const address of [...message.to, ...message.cc]) {
    const isNew = !drafts.has(address);
    const draft = drafts.of(address, true);
    if (isRoot) draft.askedFirst = true;
    else if (isNew && from && !from.isReporter) draft.addedBy = message.from?.name ?? message.from?.address ?? null;
  }
}

function addAuthor(from: Draft, message: Head, view: ThreadView, drafts: Drafts): void {
  if (!from.isReporter) from.answers += 1;
  if (message.from?.address.includes('@') === true) drafts.writesFrom(from, message.from.address);
  const signals = view.evidence.get(message.id)?.signals ?? [];
  from.helps ||= signals.some(({ name, depth }) => depth === 0 && HELP.has(name));
}

function writerOf(id: string, view: ThreadView): string | null {
  const from = view.thread.messages.find(({ message }) => message.id === id)?.message.from;
  return from?.name ?? from?.address ?? null;
}

/** The people met so far, each found again by any address or name that was seen of them. */
class Drafts {
  readonly all: Draft[] = [];
  readonly #index = new PersonIndex<Draft>();

  has(address: Address): boolean {
    return this.#index.find(address) !== undefined;
  }

  of(address: Address, isAddressed: boolean): Draft {
    const known = this.#index.find(address);
    if (known) {
      known.name ??= address.name;
      known.isAddressed ||= isAddressed;
      this.#index.add(known, { name: known.name, address: known.address });
      return known;
    }
    const draft = toDraft(address, isAddressed);
    this.all.push(draft);
    this.#index.add(draft, address);
    return draft;
  }

  writesFrom(draft: Draft, address: string): void {
    draft.address = address;
    this.#index.add(draft, { name: draft.name, address });
  }
}

function toDraft({ name, address }: Address, isAddressed: boolean): Draft {
  return {
    name,
    address,
    isAddressed,
    answers: 0,
    askedFirst: false,
    addedBy: null,
    askedBy: null,
    isReporter: false,
    helps: false,
  };
}
