import type { Provenance, Signal } from '../../model/evidence.ts';
import type { MessageId } from '../../model/message.ts';
import type { ThreadMessage } from '../../model/thread.ts';
import type { Because, Genre, Status } from '../../model/verdict.ts';
import type { ThreadView } from '../../model/view.ts';
import { byDate, isSame, toOpening } from '../opening.ts';
import { toLinkedId } from './linked-id.ts';
import {
  NOTICE_STATUS_RULES,
  PATCH_STATUS_RULES,
  STALE_DAYS,
  STATUS_RULES,
  type Speaker,
  type StatusRule,
} from './status-rules.ts';

export interface StatusVerdict {
  readonly status: Status;
  /** A commit that a mail names as the fix. */
  readonly fixedBy: string | null;
  /** The thread or mail that a mail names as the same report. */
  readonly duplicateOf: MessageId | null;
  readonly because: readonly Because[];
}

const DAY = 86_400_000;
/** Programs answer too; their mails move nothing. */
const ROBOT = /^machine:/;

/**
 * The state of a thread at its last mail, from the own words of those who wrote in it; quotations move nothing.
 * Staleness is counted from the last mail to `view.asOf`.
 */
export function toStatus(view: ThreadView, genre: Genre): StatusVerdict {
  const opening = toOpening(view);
  if (!opening) return { status: 'new', fixedBy: null, duplicateOf: null, because: [] };
  const state = toState(genre);
  for (const mail of byDate(view)) {
    if (mail.message.id === opening.mail.message.id && !opening.missing) continue;
    const signals = view.evidence.get(mail.message.id)?.signals ?? [];
    if (signals.some(({ name, value }) => ROBOT.test(name) && value === 'sender')) continue;
    const speaker: Speaker = isSame(mail.message.from, opening.reporter) ? 'reporter' : 'other';
    if (speaker === 'reporter' && answersUnknown(mail, view)) state.hear(mail);
    state.read(mail, withDerived(signals), speaker);
  }
  return state.finish(view);
}

function toState(genre: Genre): State {
  if (genre === 'patch' || genre === 'pull-request') return new State('patch-proposed', PATCH_STATUS_RULES);
  const isNotice = genre === 'announcement' || genre === 'security' || genre === 'spam';
  return new State('new', isNotice ? NOTICE_STATUS_RULES : STATUS_RULES);
}

class State {
  #status: Status;
  #because: Because | null = null;
  #fixedBy: string | null = null;
  #duplicateOf: MessageId | null = null;

  readonly #rules: readonly StatusRule[];

  constructor(start: Status, rules: readonly StatusRule[]) {
    this.#status = start;
    this.#rules = rules;
  }

  /** Somebody wrote a mail that is not at hand. */
  hear(mail: ThreadMessage): void {
    if (this.#status !== 'new') return;
    this.#status = 'acknowledged';
    this.#because = { field: 'status', rule: `${mail.message.id} answers a mail that is not at hand`, where: null };
  }

  read(mail: ThreadMessage, signals: readonly Signal[], speaker: Speaker): void {
    const own = signals.filter(({ depth }) => depth === 0);
    for (const rule of this.#rules) {
      if (rule.by !== 'anybody' && rule.by !== speaker) continue;
      if (rule.from && !rule.from.includes(this.#status)) continue;
      const hit = own.find(({ name }) => name === rule.signal);
      if (!hit && rule.signal !== 'mail') continue;
      if (rule.unless?.some((name) => own.some((signal) => signal.name === name))) continue;
      this.#move(rule, hit, mail);
    }
  }

  #move(rule: StatusRule, hit: Signal | undefined, mail: ThreadMessage): void {
    this.#status = rule.to;
    this.#because = hit
      ? { field: 'status', rule: rule.signal, where: toPlace(hit) }
      : { field: 'status', rule: `mail of ${toName(mail)}`, where: null };
    if (rule.signal === 'fixed-by' || rule.signal === 'verified-commit') this.#fixedBy = hit?.value ?? this.#fixedBy;
    if (rule.to === 'duplicate') this.#duplicateOf = toLinkedId(hit?.value ?? '');
    if (rule.signal === 'reopened') this.#fixedBy = null;
  }

  finish(view: ThreadView): StatusVerdict {
    const because = this.#because ? [this.#because] : [];
    const settled = {
      fixedBy: this.#status === 'fixed' ? this.#fixedBy : null,
      duplicateOf: this.#status === 'duplicate' ? this.#duplicateOf : null,
    };
    const days = STALE_DAYS[this.#status];
    const idle = idleDays(view);
    if (days !== undefined && idle > days) {
      return {
        status: 'stale',
        ...settled,
        because: [...because, { field: 'status', rule: `no mail for ${String(Math.floor(idle))} days`, where: null }],
      };
    }
    return { status: this.#status, ...settled, because };
  }
}

/** How many lines below "was fixed in 4.0" the commit may be named. */
const NEAR = 6;

/** "That commit fixes it" below a quotation that names the commit: the fix is the commit that was quoted last. */
function withDerived(signals: readonly Signal[]): readonly Signal[] {
  const fixed = signals.find(({ name, depth }) => name === 'fixed-in' && depth === 0);
  const behind =
    fixed &&
    signals.find(
      ({ name, depth, line }) =>
        name === 'names-commit' && depth === 0 && line >= fixed.line && line - fixed.line <= NEAR,
    );
  if (fixed && behind) return [...signals, { ...fixed, name: 'fixed-by', value: behind.value }];
  const verified = signals.find(
    ({ name, quote }) => name === 'verified' && /\bcommit|\bcherry|\bbackport|\b[0-9a-f]{10,40}\b/i.test(quote),
  );
  if (!verified) return signals;
  const named = signals
    .filter(({ name, line, part }) => name === 'names-commit' && part === verified.part && line <= verified.line)
    .at(-1);
  return named ? [...signals, { ...verified, name: 'verified-commit', value: named.value }] : signals;
}

/** The reporter answers: so somebody has written, though that mail is not at hand. */
function answersUnknown({ parent }: ThreadMessage, view: ThreadView): boolean {
  return parent !== null && parent !== view.thread.id && !view.evidence.has(parent);
}

function toPlace({ message, part, line, quote, depth }: Signal): Provenance {
  return { message, part, line, quote, depth };
}

function toName({ message }: ThreadMessage): string {
  return message.from?.name ?? message.from?.address ?? 'somebody';
}

function idleDays(view: ThreadView): number {
  const last = byDate(view).at(-1)?.message.date;
  return last ? (view.asOf.getTime() - Date.parse(last)) / DAY : 0;
}
