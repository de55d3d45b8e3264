import { openSecrets } from '../edges/secrets/open-secrets.ts';
import { writeTime } from '../lib/days.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import { probeImap } from '../mailbox/imap/probe-imap.ts';
import type { Mailbox, Standing } from '../model/mailbox.ts';
import type { Gap } from '../pipeline/gaps/gap.ts';
import { answeredOf, gapsOf } from '../pipeline/gaps/gaps-of.ts';
import { toListId } from '../pipeline/join/mailing-list.ts';
import { listPendingJoins } from '../pipeline/join/pending-joins.ts';
import type { Store } from '../ports.ts';
import type { Context } from './context.ts';
import type { Finding } from './finding.ts';
import { writeCount } from './finding-lines.ts';
import { toLookPorts, writeProbeFailure } from './look-ports.ts';

/** Kinds of gaps that are told beside their mailbox. */
const OF_MAILBOXES: ReadonlySet<Gap['kind']> = new Set(['failing', 'unheard', 'never-read']);

/**
 * How it stands with what is followed, and what ought to have come and has not; the same sentences as in the digest. A mailbox
 * that nobody reads is looked into, so that the reason is today's.
 */
export async function lookAtMail(store: Store, context: Context): Promise<Finding[]> {
  const mailboxes = await store.mailboxes();
  const standings = new Map((await store.standings()).map((one) => [one.mailbox, one]));
  const gaps = await gapsOf(context.now.toISOString(), store);
  const own = gaps.filter(({ kind }) => OF_MAILBOXES.has(kind));
  const findings = mailboxes.map((mailbox) => {
    const gap = own.find(({ subject }) => subject === mailbox.name);
    return lookAtMailbox(mailbox, { standing: standings.get(mailbox.name), gap, context });
  });
  return [
    ...(await Promise.all(findings)),
    ...gaps.filter(({ kind }) => !OF_MAILBOXES.has(kind)).map(toFinding),
    await lookAtAnswers(store, context),
    ...(await lookAtJoins(store)),
  ];
}

interface Looking {
  readonly standing: Standing | undefined;
  readonly gap: Gap | undefined;
  readonly context: Context;
}

async function lookAtMailbox(mailbox: Mailbox, { standing, gap, context }: Looking): Promise<Finding> {
  if (gap === undefined) {
    const when = standing === undefined ? 'just added' : `last heard of ${writeTime(standing.at)}`;
    return { what: 'mailbox', state: 'good', text: `${toSafeLine(mailbox.name, 100)}, ${when}` };
  }
  return {
    what: 'mailbox',
    state: gap.kind === 'never-read' ? 'absent' : 'bad',
    text: gap.text,
    details: await lookNow(mailbox, context),
  };
}

async function lookNow(mailbox: Mailbox, { env }: Context): Promise<string[]> {
  if (mailbox.kind !== 'imap') return [];
  const probe = await probeImap(mailbox, toLookPorts(openSecrets({ env, clock: { now: () => new Date() } })));
  return [
    probe.kind === 'found'
      ? `now it can be read: ${writeCount(probe.mails, 'mail')} in ${toSafeLine(probe.folder, 100)}`
      : `now: ${toSafeLine(writeProbeFailure(probe), 500)}`,
  ];
}

const NAMES: Partial<Record<Gap['kind'], string>> = {
  'silent-list': 'list',
  'missing-mails': 'missing mail',
  'missing-numbers': 'missing mail',
};

function toFinding({ kind, text }: Gap): Finding {
  return { what: NAMES[kind] ?? 'gap', state: 'bad', text };
}

/** Some answers are always to mails that were never sent to the list: the number is told, and is no fault by itself. */
async function lookAtAnswers(store: Store, { now }: Context): Promise<Finding> {
  const { answered, missing } = await answeredOf(now.toISOString(), store);
  const text = `${writeCount(answered, 'mail')} answered in the last 7 days, ${String(missing.length)} of them never came`;
  return { what: 'answered mail', state: 'good', text };
}

async function lookAtJoins(store: Store): Promise<Finding[]> {
  return (await listPendingJoins(store)).map((join) => ({
    what: 'joining',
    state: 'absent',
    text: `${join.address} asked to join ${toListId(join)} on ${join.askedAt.slice(0, 10)}: heddle join ${join.name}@${join.host} --confirm`,
  }));
}
