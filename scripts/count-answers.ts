/**
 * Counts who answers: replies by the people of the entries about Xen, in a mailbox.
 *
 *   npx tsx scripts/count-answers.ts MAILBOX
 *
 * Its figures are the rows of src/routing/people/answer-habits.ts.
 */
import { loadBundledTrees } from '../src/routing/trees/load-bundled-trees.ts';
import { findListPeople } from '../src/routing/find-person.ts';
import { foldName } from '../src/routing/people/person-key.ts';
import { openMail } from '../src/mailbox/open-mail.ts';
import { readMessage } from '../src/message/read-message.ts';

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error('usage: count-answers.ts MAILBOX');
  process.exit(2);
}

const names = new Map<string, string>();
for (const tree of loadBundledTrees().all) {
  for (const { name } of findListPeople(tree)) names.set(foldName(name), name);
}
const counts = new Map<string, number>();
const source = openMail(path);
for await (const reading of source.read()) {
  if (reading.kind !== 'mail') continue;
  const { from, inReplyTo, subject } = readMessage(reading.mail);
  const name = names.get(foldName(from?.name ?? null));
  if (name === undefined || (inReplyTo.length === 0 && !/^re:/i.test(subject))) continue;
  if (/^re:/i.test(subject)) counts.set(name, (counts.get(name) ?? 0) + 1);
}
for (const [name, count] of [...counts].sort((a, b) => b[1] - a[1]))
  console.log(`${String(count).padStart(5)} ${name}`);
