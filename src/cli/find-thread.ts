import type { TriageThread } from '../model/triage.ts';
import { readReference, toReference } from '../digest/reference.ts';
import type { Store } from '../ports.ts';
import { CommandFailure } from './failure.ts';

/** A link of a public archive that ends in a Message-ID, perhaps with a slash behind it. */
const LINK = /^https?:\/\/[^/]{1,255}\/[^/]{1,255}\/(?<id>[^/?#]{3,500})/;

/** A Message-ID as people paste it: in angle brackets, with `id:` in front, or as a link of a public archive. */
export function toThreadId(text: string): string {
  const linked = LINK.exec(text)?.groups?.['id'];
  if (linked !== undefined) return decode(linked);
  return text.trim().replace(/^id:/, '').replace(/^</, '').replace(/>$/, '');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The judged thread that a person means (a digest's reference too), or a failure that says what to do. */
export async function findThread(store: Store, text: string): Promise<TriageThread> {
  const reference = readReference(text);
  const id = reference === null ? toThreadId(text) : ((await findReferred(store, reference)) ?? toThreadId(text));
  const thread = await store.thread(id);
  if (thread) return thread;
  throw new CommandFailure(
    `no thread (or several) for ${text}: give more of its Message-ID; heddle search finds it by words`,
  );
}

/** The thread with this short name. It is made of the id alone, so that all ids are looked through. */
async function findReferred(store: Store, reference: string): Promise<string | null> {
  for await (const { id } of store.grouping()) if (toReference(id) === reference) return id;
  return null;
}
