import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openMail } from '../../src/mailbox/open-mail.ts';
import type { Thread } from '../../src/model/thread.ts';
import { judgeThread, lastActivity } from '../../src/pipeline.ts';
import { collectMail } from '../../src/pipeline/triage-mail.ts';
import { PersonIndex } from '../../src/routing/people/person-key.ts';
import type { Trees } from '../../src/routing/trees/trees.ts';
import { Tally, type Score } from './score.ts';

interface Labels {
  readonly id: string;
  readonly routing: readonly { readonly address: string | null; readonly name?: string | null }[];
}

/**
 * Routing of `corpus/xen-devel` from the first mail of each thread alone, as a report is met that nobody has answered: right
 * is whom the labels name for the whole thread.
 */
export async function scoreFirstMails(folder: string, knowledge: { readonly trees: Trees }): Promise<Score[]> {
  const at = [1, 3, 5].map((k) => ({ k, tally: new Tally(`routing of first mails alone hit@${k}`, `first@${k}`) }));
  for (const name of readdirSync(folder).sort()) {
    const labels = JSON.parse(readFileSync(join(folder, name, 'labels.json'), 'utf8')) as Labels;
    if (labels.routing.length === 0) continue;
    const { threads, evidence } = await collectMail([openMail(join(folder, name))]);
    const thread = threads.find(({ id }) => id === labels.id) ?? threads[0];
    const first = thread?.messages[0];
    if (!thread || !first) continue;
    const alone: Thread = { ...thread, messages: [first], ghosts: [] };
    const asOf = lastActivity(thread) ?? new Date();
    const { routing } = judgeThread(alone, evidence, { ...knowledge, asOf });
    const right = new PersonIndex<true>();
    // Addresses change; whoever is known by another one is the same person.
    for (const { address, name } of labels.routing) right.add(true, { name: name ?? null, address: address ?? '' });
    for (const { k, tally } of at) {
      const told = routing.slice(0, k);
      const miss = `[${told.map(({ address }) => address).join(' ')}] not in [${labels.routing.map(({ address }) => address).join(' ')}]`;
      tally.add(
        told.some((one) => right.find(one) === true),
        `${name}: ${miss}`,
      );
    }
  }
  return at.map(({ tally }) => tally.score());
}
