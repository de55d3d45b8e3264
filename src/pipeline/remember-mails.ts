import type { DigestStore } from './digest-of.ts';

/** Threads whose mails are kept at once: what a busy month touches, in some hundred megabytes at most. */
const MOST_MAILS = 5000;

/**
 * A store for reading many days in one go: the mails of a thread are read once. Nothing may be written meanwhile. What was
 * read longest ago is forgotten where more than a few thousand mails are held.
 */
export function rememberMails(store: DigestStore): DigestStore {
  const mails = new Map<string, Awaited<ReturnType<DigestStore['mails']>>>();
  let held = 0;
  const readMails = async (id: string) => {
    const known = mails.get(id);
    if (known !== undefined) return known;
    const read = (await store.mails(id)).map(({ message, evidence }) => ({
      message: { ...message, parts: [] },
      evidence,
    }));
    held += read.length;
    for (const [oldest, forgotten] of mails) {
      if (held <= MOST_MAILS) break;
      mails.delete(oldest);
      held -= forgotten.length;
    }
    mails.set(id, read);
    return read;
  };
  return {
    mails: readMails,
    threads: (filter) => store.threads(filter),
    thread: (id) => store.thread(id),
    corrections: (id) => store.corrections(id),
    search: (words, limit) => store.search(words, limit),
  };
}
