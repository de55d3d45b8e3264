import type { Address } from '../../model/message.ts';
import type { ThreadView } from '../../model/view.ts';
import { isSamePerson } from './person-key.ts';

/** What a thread shows of one person. */
export interface ThreadPerson {
  readonly name: string | null;
  /** The address that they write from here, else the one they are written to at. */
  readonly address: string;
  /** Mails of theirs that answer somebody else. */
  readonly answers: number;
  /** In To or Cc of the first mail. */
  readonly askedFirst: boolean;
  /** Who put them into To or Cc later, other than the reporter. */
  readonly addedBy: string | null;
  readonly isReporter: boolean;
  /** What they do about it: an offered patch, a named cause or fix. */
  readonly helps: boolean;
}

interface Draft {
  name: string | null;
  address: string;
  writes: boolean;
  answers: number;
  askedFirst: boolean;
  addedBy: string | null;
  isReporter: boolean;
  helps: boolean;
}

const HELP = new Set(['patch-offered', 'patch-coming', 'known-cause', 'fixed-by', 'fixed-in', 'reproduced', 'diff']);

/** Everybody who writes in a thread or is written to, one entry a person, lists included. */
export function findThreadPeople(view: ThreadView): readonly ThreadPerson[] {
  const drafts: Draft[] = [];
  const [root] = view.thread.messages;
  for (const { message } of view.thread.messages) {
    const isRoot = message === root?.message;
    const from = message.from ? draftOf(message.from, drafts) : null;
    for (const address of [...message.to, ...message.cc]) {
      const isNew = !drafts.some((draft) => isSamePerson(draft, address));
      const draft = draftOf(address, drafts);
      if (isRoot) draft.askedFirst = true;
      else if (isNew && from && !from.isReporter && root)
        draft.addedBy = message.from?.name ?? message.from?.address ?? null;
    }
    if (!from || !message.from) continue;
    if (isRoot) from.isReporter = true;
    else if (!from.isReporter) from.answers += 1;
    from.writes = true;
    from.address = message.from.address;
    from.helps ||= (view.evidence.get(message.id)?.signals ?? []).some(
      ({ name, depth }) => depth === 0 && HELP.has(name),
    );
  }
  return drafts;
}

function draftOf(address: Address, drafts: Draft[]): Draft {
  const known = drafts.find((draft) => isSamePerson(draft, address));
  if (known) {
    known.name ??= address.name;
    return known;
  }
  const draft: Draft = {
    name: address.name,
    address: address.address,
    writes: false,
    answers: 0,
    askedFirst: false,
    addedBy: null,
    isReporter: false,
    helps: false,
  };
  drafts.push(draft);
  return draft;
}
