import type { TriageThread } from '../model/triage.ts';
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

/** The judged thread that a person means, or a failure that says what to do. */
export async function findThread(store: Store, text: string): Promise<TriageThread> {
  const thread = await store.thread(toThreadId(text));
  if (thread) return thread;
  throw new CommandFailure(
    `no thread (or several) for ${text}: give more of its Message-ID; heddle search finds it by words`,
  );
}
