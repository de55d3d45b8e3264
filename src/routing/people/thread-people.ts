import type { Address } from '../../model/message.ts';
import type { Head } from '../../model/thread.ts';
import type { ThreadView } from '../../model/view.ts';
import { threadEvidence } from '../thread-evidence.ts';
import { isSamePerson } from './person-key.ts';

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
  const drafts: Draft[] = [];
  for (const [index, { message }] of view.thread.messages.entries()) {
    const from = message.from ? draftOf(message.from, drafts, true) : null;
    if (from && index === 0) from.isReporter = true;
    addRecipients(message, from, index === 0, drafts);
    if (from && message.from) addAuthor(from, message, view);
  }
  for (const { asked } of threadEvidence(view)) {
    for (const one of asked) {
      const person = draftOf({ name: one.name, address: one.address ?? '' }, drafts, false);
      person.askedBy ??= writerOf(one.message, view);
    }
  }
  return drafts;
}

function addRecipients(message: Head, from: Draft | null, isRoot: boolean, drafts: Draft[]): void {
  for (const address of [...message.to, ...message.cc]) {
    const isNew = !drafts.some((draft) => isSamePerson(draft, address));
    const draft = draftOf(address, drafts, true);
    if (isRoot) draft.askedFirst = true;
    else if (isNew && from && !from.isReporter) draft.addedBy = message.from?.name ?? message.from?.address ?? null;
  }
}

function addAuthor(from: Draft, message: Head, view: ThreadView): void {
  if (!from.isReporter) from.answers += 1;
  if (message.from?.address.includes('@') === true) from.address = message.from.address;
  const signals = view.evidence.get(message.id)?.signals ?? [];
  from.helps ||= signals.some(({ name, depth }) => depth === 0 && HELP.has(name));
}

function writerOf(id: string, view: ThreadView): string | null {
  const from = view.thread.messages.find(({ message }) => message.id === id)?.message.from;
  return from?.name ?? from?.address ?? null;
}

function draftOf(address: Address, drafts: Draft[], isAddressed: boolean): Draft {
  const known = drafts.find((draft) => isSamePerson(draft, address));
  if (known) {
    known.name ??= address.name;
    known.isAddressed ||= isAddressed;
    return known;
  }
  const draft: Draft = {
    name: address.name,
    address: address.address,
    isAddressed,
    answers: 0,
    askedFirst: false,
    addedBy: null,
    askedBy: null,
    isReporter: false,
    helps: false,
  };
  drafts.push(draft);
  return draft;
}
