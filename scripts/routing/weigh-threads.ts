/** Everybody whom routing would suggest for the threads of labelled and of other mail, and who of them was right. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openMail } from '../../src/mailbox/open-mail.ts';
import type { Address } from '../../src/model/message.ts';
import type { Thread } from '../../src/model/thread.ts';
import type { ThreadView } from '../../src/model/view.ts';
import type { Genre } from '../../src/model/verdict.ts';
import { judgeThread, lastActivity } from '../../src/pipeline.ts';
import { collectMail, type Collected } from '../../src/pipeline/triage-mail.ts';
import type { Candidate } from '../../src/routing/candidates.ts';
import { isCatchAllList } from '../../src/routing/people/section-people.ts';
import { PersonIndex } from '../../src/routing/people/person-key.ts';
import { findCandidates } from '../../src/routing/route.ts';
import { situationOf, type Situation } from '../../src/routing/score.ts';
import type { Trees } from '../../src/routing/trees/trees.ts';
import { gatherEnvironment } from '../../src/verdict/gather/gather-environment.ts';
import { gatherTraces } from '../../src/verdict/gather/gather-traces.ts';

/** One suggestion, and whether it was right. */
export interface Weighed {
  /** The thread, so that what is fitted on one of its suggestions is not tested on another. */
  readonly thread: string;
  readonly from: 'labels' | 'cross-posts';
  readonly genre: Genre;
  readonly situation: Situation;
  readonly candidate: Candidate;
  readonly isRight: boolean;
}

interface Weighing {
  readonly genre: Genre;
  readonly candidates: readonly Candidate[];
}

/** Suggestions of one thread, without catch-all lists. */
function weigh(thread: Thread, { evidence }: Collected, trees: Trees): Weighing {
  const asOf = lastActivity(thread) ?? new Date();
  const view: ThreadView = { thread, evidence, asOf };
  const { genre, symptoms } = judgeThread(thread, evidence, { trees, asOf });
  const judged = { genre, symptoms, traces: gatherTraces(view), facts: gatherEnvironment(view) };
  const candidates = findCandidates(view, judged, trees).filter(({ address }) => !isCatchAllList(address));
  return { genre, candidates };
}

interface Labels {
  readonly id: string;
  readonly routing: readonly { readonly address: string | null }[];
}

function readLabels(folder: string): Labels {
  return JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8')) as Labels;
}

/** The labelled threads, whole: right is whom the labels name. Threads whose labels name nobody are left out. */
export async function weighLabels(folder: string, trees: Trees): Promise<Weighed[]> {
  const all: Weighed[] = [];
  for (const name of readdirSync(folder).sort()) {
    const labels = readLabels(join(folder, name));
    if (labels.routing.length === 0) continue;
    const mail = await collectMail([openMail(join(folder, name))]);
    const thread = mail.threads.find(({ id }) => id === labels.id) ?? mail.threads[0];
    if (!thread) continue;
    const right = new Set(labels.routing.map(({ address }) => address?.toLowerCase()));
    const { genre, candidates } = weigh(thread, mail, trees);
    for (const candidate of candidates)
      all.push({
        thread: thread.id,
        from: 'labels',
        genre,
        situation: situationOf(candidate),
        candidate,
        isRight: right.has(candidate.address.toLowerCase()),
      });
  }
  return all;
}

/**
 * The first mail alone of each thread that has more: right is who answers later, or is added to To or Cc then, or stands
 * among `named`.
 */
export function weighFirstMails(
  mail: Collected,
  { from, named = [] }: { readonly from: Weighed['from']; readonly named?: readonly string[] },
  trees: Trees,
): Weighed[] {
  const all: Weighed[] = [];
  for (const thread of mail.threads) {
    const [root, ...later] = thread.messages;
    const isRoot = root?.parent === null && root.message.inReplyTo.length === 0;
    if (!root || !isRoot || later.length === 0) continue;
    const alone: Thread = { ...thread, messages: [root], ghosts: [] };
    const right = findLater(
      root.message,
      later.map(({ message }) => message),
    );
    for (const address of named) right.add(true, { name: null, address });
    const { genre, candidates } = weigh(alone, mail, trees);
    for (const candidate of candidates)
      all.push({
        thread: thread.id,
        from,
        genre,
        situation: situationOf(candidate),
        candidate,
        isRight: right.find(candidate) === true,
      });
  }
  return all;
}

interface Addressed {
  readonly from: Address | null;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
}

/** Whoever answers, and whoever is written to for the first time after the first mail; never the one who began. */
function findLater(root: Addressed, later: readonly Addressed[]): PersonIndex<true> {
  const right = new PersonIndex<true>();
  const known = new PersonIndex<true>();
  const reporter = new PersonIndex<true>();
  if (root.from) reporter.add(true, root.from);
  for (const address of [...root.to, ...root.cc]) known.add(true, address);
  for (const { from, to, cc } of later) {
    if (from && !reporter.find(from)) right.add(true, from);
    for (const address of [...to, ...cc]) if (!known.find(address) && !reporter.find(address)) right.add(true, address);
  }
  return right;
}

/** The first mails of the labelled threads and of the cross-posts. */
export async function weighAllFirstMails(shared: string, trees: Trees): Promise<Weighed[]> {
  const all: Weighed[] = [];
  const folder = join(shared, 'corpus/xen-devel');
  for (const name of readdirSync(folder).sort()) {
    const named = readLabels(join(folder, name)).routing.flatMap(({ address }) => address ?? []);
    const mail = await collectMail([openMail(join(folder, name))]);
    all.push(...weighFirstMails(mail, { from: 'labels', named }, trees));
  }
  const mail = await collectMail([openMail(join(shared, 'corpus/xen-cross-posts.mbox.gz'))]);
  return [...all, ...weighFirstMails(mail, { from: 'cross-posts' }, trees)];
}
