import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A short mail of our own making, with the genre that a reader gives it. */
export interface ProseMail {
  readonly genre: string;
  readonly subject: string;
  readonly body: string;
}

/** The mails of a file: each begins with `### [genre |] subject`; without a genre it is a report. */
export function readProseMails(file: string): ProseMail[] {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8');
  return text
    .split(/^### /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n');
      const head = block.slice(0, end);
      const cut = head.indexOf(' | ');
      return {
        genre: cut < 0 ? 'report' : head.slice(0, cut),
        subject: cut < 0 ? head : head.slice(cut + 3),
        body: block.slice(end + 1).trim(),
      };
    });
}
