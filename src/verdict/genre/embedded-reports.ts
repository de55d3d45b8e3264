import type { Evidence, Signal } from '../../model/evidence.ts';
import type { MessageId } from '../../model/message.ts';
import type { ThreadMessage } from '../../model/thread.ts';
import type { ThreadView } from '../../model/view.ts';
import { isSame } from '../opening.ts';
import { isFirm } from './firm.ts';
import { EMBEDDED_THRESHOLD, EMBEDDED_WEIGHTS, weigh } from './genre-weights.ts';

/** A report that stands in a reply, most often under the patch that caused it. */
export interface EmbeddedReport {
  readonly mail: ThreadMessage;
  readonly decided: readonly string[];
  readonly where: Signal | null;
  /** Every mail of the thread that answers it, itself first: what is said of the report is said there. */
  readonly branch: readonly MessageId[];
}

/**
 * Reports within a thread of another kind: replies by people other than its author that tell in their own words, or show
 * in a log, that something fails because of what the thread is about. Quotations do not count: they repeat the patch.
 */
export function findEmbeddedReports(view: ThreadView): EmbeddedReport[] {
  const [root] = view.thread.messages;
  const author = root && root.message.id === view.thread.id ? root.message.from : null;
  const found: EmbeddedReport[] = [];
  for (const mail of view.thread.messages) {
    if (mail.message.id === view.thread.id || isSame(mail.message.from, author)) continue;
    const report = readReply(mail, view);
    if (report && !found.some(({ branch }) => branch.includes(mail.message.id))) found.push(report);
  }
  return found;
}

function readReply(mail: ThreadMessage, view: ThreadView): EmbeddedReport | null {
  const evidence = view.evidence.get(mail.message.id);
  if (!evidence) return null;
  const own = evidence.signals.filter(({ depth, part }) => depth === 0 && part !== 'header');
  if (evidence.signals.some(({ name }) => name.startsWith('machine:') || name === 'subject:pull')) return null;
  const isPiece =
    evidence.signals.some(({ name }) => name === 'subject:patch') &&
    !evidence.signals.some(({ name }) => name === 'subject:reply');
  if (isPiece) return null;
  const names = own.filter(({ name, value }) => name !== 'log' || Number(value) >= MIN_LOG).map(({ name }) => name);
  if (evidence.traces.some(({ depth }) => depth === 0)) names.push('trace');
  if (evidence.regressions.some((claim) => claim.depth === 0 && claim.part !== 'header' && isFirm(claim)))
    names.push('claim');
  const { sum, decided } = weigh(EMBEDDED_WEIGHTS, names);
  const shows = names.some((name) => SHOWS.has(name));
  const fails = names.some((name) => FAILS.test(name)) || blamesCommit(evidence);
  if (sum < EMBEDDED_THRESHOLD || !shows || !fails) return null;
  return {
    mail,
    decided,
    where: own.find(({ name }) => name === 'blames-change' || name.startsWith('failure:')) ?? null,
    branch: toBranch(mail, view),
  };
}

const SHOWS: ReadonlySet<string> = new Set(['trace', 'log', 'build-error', 'blames-change', 'claim']);

/** Who names the commit that broke it tells a failure, in whatever words. */
function blamesCommit({ regressions, signals }: Evidence): boolean {
  return (
    regressions.some(({ depth, commit, denied }) => depth === 0 && commit !== null && !denied) &&
    signals.some(({ name, depth }) => depth === 0 && name === 'blames-change')
  );
}

const FAILS = /^(?:trace|build-error|failure:\w+)$/;

/** Fewer printed lines may be a quoted snippet of code. */
const MIN_LOG = 5;

function toBranch(mail: ThreadMessage, view: ThreadView): MessageId[] {
  const branch = new Set<MessageId>([mail.message.id]);
  // Parents stand before their children, so that one pass finds the whole branch.
  for (const { message, parent } of view.thread.messages)
    if (parent !== null && branch.has(parent)) branch.add(message.id);
  return [...branch];
}
