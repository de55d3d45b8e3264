import type { Message } from '../../model/message.ts';
import type { ReadPart, Signal } from '../../model/evidence.ts';

/** A pasted commit begins with one of these; git bisect prints the second first. */
const COMMIT = /^(?:commit )?(?<sha>[0-9a-f]{10,40})(?: is the first bad commit)?\s*$/;
const PERSON = String.raw`(?<person>[^<>]{1,100} <[^<>\s]{3,200}@[^<>\s]{1,200}>)`;
const AUTHOR = new RegExp(String.raw`^Author: {1,10}${PERSON}\s*$`);
const SIGNER = new RegExp(String.raw`^\s{1,12}(?:Reviewed|Acked|Signed-off)-by: ${PERSON}`);
/** The author stands so near to the name of the commit, and its message is no longer than this. */
const NEAR = 6;
const LONGEST_MESSAGE = 120;
const MOST_LINES = 20_000;
const MOST = 30;

/**
 * Who wrote and who signed a commit that somebody pastes, as `git bisect` and `git show` print it: signals `commit-author` and
 * `commit-signer`, each with the commit and the person as `1a2b3c… Name <address>`. Whether the commit is to blame is not
 * asked here.
 */
export function findCommitPeople(message: Message, parts: readonly ReadPart[]): Signal[] {
  const found: Signal[] = [];
  for (const { part, lines } of parts) {
    const watch = new CommitWatch();
    for (const { text, depth, number } of lines.slice(0, MOST_LINES)) {
      const said = watch.read(text.slice(0, 500), number);
      if (said === null || found.length >= MOST) continue;
      found.push({
        ...said,
        message: message.id,
        part: part.name,
        line: number,
        quote: text.slice(0, 500).trim(),
        depth,
      });
    }
  }
  return found;
}

/** Reads line after line, and knows which commit they are of. */
class CommitWatch {
  #sha: string | null = null;
  #began = 0;
  #hasAuthor = false;

  read(line: string, number: number): Pick<Signal, 'name' | 'value'> | null {
    const commit = COMMIT.exec(line)?.groups?.['sha'];
    if (commit !== undefined) {
      [this.#sha, this.#began, this.#hasAuthor] = [commit, number, false];
      return null;
    }
    if (this.#sha !== null && number - this.#began > (this.#hasAuthor ? LONGEST_MESSAGE : NEAR)) this.#sha = null;
    if (this.#sha === null) return null;
    const person = (this.#hasAuthor ? SIGNER : AUTHOR).exec(line)?.groups?.['person'];
    if (person === undefined) return null;
    const name = this.#hasAuthor ? 'commit-signer' : 'commit-author';
    this.#hasAuthor = true;
    return { name, value: `${this.#sha} ${person.trim()}` };
  }
}
