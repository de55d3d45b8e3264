import type { Status } from '../../model/verdict.ts';

/** Who speaks: the one who opened the thread, or somebody else. */
export type Speaker = 'reporter' | 'other';

/** A row of the status table: in which mails a signal moves a thread, and where to. */
export interface StatusRule {
  readonly signal: string;
  readonly by: Speaker | 'anybody';
  readonly to: Status;
  /** A signal beside it in the same mail that takes its meaning away. */
  readonly unless?: readonly string[];
  /** Only from these states. */
  readonly from?: readonly Status[];
}

/**
 * Read mail by mail in the order of dates, row by row within a mail: a later row wins within one mail. After the table
 * of `domain.md` 5. The opening mail moves nothing: a report is new, whatever it proposes.
 */
export const STATUS_RULES: readonly StatusRule[] = [
  { signal: 'mail', by: 'other', to: 'acknowledged', from: ['new', 'stale'] },
  // Who thanks for help was helped, though that mail may not be at hand; who writes a patch has seen the report.
  { signal: 'thanks-for-help', by: 'reporter', to: 'acknowledged', from: ['new'] },
  { signal: 'patch-coming', by: 'anybody', to: 'acknowledged', from: ['new'] },
  // An answer of the reporter gives the turn back.
  { signal: 'mail', by: 'reporter', to: 'acknowledged', from: ['needs-info'] },
  { signal: 'asks-info', by: 'other', to: 'needs-info', from: ['new', 'acknowledged', 'needs-info'] },
  {
    signal: 'asks-question',
    by: 'other',
    to: 'needs-info',
    from: ['new', 'acknowledged', 'needs-info'],
    unless: ['patch-offered', 'patch-coming', 'known-cause'],
  },
  { signal: 'asks-test', by: 'other', to: 'needs-info', from: ['new', 'acknowledged', 'needs-info'] },
  {
    signal: 'diff',
    by: 'anybody',
    to: 'patch-proposed',
    from: ['new', 'acknowledged', 'needs-info', 'patch-proposed'],
    unless: ['debug-patch'],
  },
  {
    signal: 'patch-offered',
    by: 'anybody',
    to: 'patch-proposed',
    from: ['new', 'acknowledged', 'needs-info', 'patch-proposed'],
    unless: ['debug-patch'],
  },
  {
    signal: 'verified',
    by: 'anybody',
    to: 'patch-proposed',
    from: ['acknowledged', 'needs-info', 'patch-proposed', 'new'],
  },
  {
    signal: 'tag:tested-by',
    by: 'anybody',
    to: 'patch-proposed',
    from: ['acknowledged', 'needs-info', 'patch-proposed'],
  },
  {
    signal: 'test-failed',
    by: 'anybody',
    to: 'acknowledged',
    from: ['patch-proposed', 'fixed'],
    unless: ['verified', 'diff', 'patch-offered'],
  },
  { signal: 'duplicate-of', by: 'other', to: 'duplicate', from: ['new', 'acknowledged', 'needs-info'] },
  { signal: 'not-a-bug', by: 'reporter', to: 'not-a-bug', from: ['new', 'acknowledged', 'needs-info'] },
  {
    signal: 'not-a-bug',
    by: 'other',
    to: 'not-a-bug',
    from: ['new', 'acknowledged', 'needs-info'],
    unless: ['asks-info', 'diff', 'patch-offered'],
  },
  { signal: 'fixed-in', by: 'anybody', to: 'fixed' },
  { signal: 'fixed-by', by: 'anybody', to: 'fixed' },
  { signal: 'verified-commit', by: 'anybody', to: 'fixed' },
  { signal: 'applied', by: 'other', to: 'fixed', from: ['patch-proposed'], unless: ['asks-question'] },
  {
    signal: 'reopened',
    by: 'anybody',
    to: 'acknowledged',
    from: ['fixed', 'not-a-bug', 'duplicate', 'patch-proposed'],
  },
];

/** A patch is proposed until somebody else takes it; what is said of bugs in its review says nothing about it. */
export const PATCH_STATUS_RULES: readonly StatusRule[] = [
  { signal: 'applied', by: 'anybody', to: 'fixed' },
  { signal: 'reopened', by: 'anybody', to: 'patch-proposed', from: ['fixed'] },
];

/** What a person or a machine tells everybody is answered or not; a question below it asks nothing of a reporter. */
export const NOTICE_STATUS_RULES: readonly StatusRule[] = [
  { signal: 'mail', by: 'other', to: 'acknowledged', from: ['new', 'stale'] },
];

/** After so many days without a mail a thread is stale; a settled one never is. From `domain.md` 5, generously. */
export const STALE_DAYS: Readonly<Partial<Record<Status, number>>> = {
  'needs-info': 45,
  new: 180,
  acknowledged: 180,
  'patch-proposed': 365,
};
