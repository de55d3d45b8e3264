import { expect, it } from 'vitest';
import { findCommitPeople } from '../../../src/evidence/people/find-commit-people.ts';
import { makeMail, makeParts } from '../make-mail.ts';

const SHA = '1a2b3c4d5e6f708192a3b4c5d6e7f80912345678';

function people(body: string): string[] {
  const message = makeMail({ body });
  return findCommitPeople(message, makeParts(message)).map(({ name, value }) => `${name}: ${value ?? ''}`);
}

const AUTHOR = `commit-author: ${SHA} Ada Author <ada@example.org>`;

it.each<[string, string, string[]]>([
  [
    'what git bisect prints',
    `${SHA} is the first bad commit\ncommit ${SHA}\nAuthor: Ada Author <ada@example.org>\nDate:   today\n\n    x86: change\n\n    Reviewed-by: Rob Reviewer <rob@example.org>\n`,
    [AUTHOR, `commit-signer: ${SHA} Rob Reviewer <rob@example.org>`],
  ],
  ['a quoted one', `> commit ${SHA}\n> Author: Ada Author <ada@example.org>\n`, [AUTHOR]],
  ['an author far from any commit', `commit ${SHA}\n${'x\n'.repeat(10)}Author: Ada Author <ada@example.org>\n`, []],
  ['an author of something else', 'Author: Ada Author <ada@example.org>\n', []],
  ['no address', `commit ${SHA}\nAuthor: Ada Author\n`, []],
  ['reviews before the author', `commit ${SHA}\n    Reviewed-by: Rob Reviewer <rob@example.org>\n`, []],
])('%s', (_what, body, expected) => {
  expect(people(body)).toEqual(expected);
});
