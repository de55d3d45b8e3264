import { sayIs, type NoteRule } from './note-rule.ts';
import { lookUp } from './tables.ts';

/** Who was running, on which build, and what a maintainer would say to the reporter about the log. */
export const MACHINE_RULES: readonly NoteRule[] = [
  {
    name: 'release-build',
    pattern: /-{3,4}\[ Xen-\S{1,60} .{0,60}debug=n\b/,
    say: (_, { trace }) =>
      trace.frames.some((frame) => !frame.reliable)
        ? ['a release build (debug=n): frames marked S were found by scanning the stack and are guesses']
        : [],
  },
  {
    name: 'selector',
    pattern: /\b[RE]IP: {0,8}(?<selector>e0[0-9a-f]{2}):/,
    say: ({ selector }) => (selector === 'e008' ? [] : sayIs(selector ?? '', lookUp('selectors', selector ?? ''))),
  },
  {
    name: 'domid-hex',
    pattern: /\bdom(?:id|ain)?[ =:]{1,2}(?:0x)?(?<domid>7ff[0-5f])\b/i,
    say: ({ domid }) => sayIs(`domid ${domid ?? ''}`, lookUp('domids', (domid ?? '').toLowerCase())),
  },
  {
    name: 'domid',
    pattern: /\b(?:d|dom|domid|domain)[ =:]{0,2}(?<domid>327(?:5[2-7]|67))\b/i,
    say: ({ domid }) => sayIs(`domain ${domid ?? ''}`, lookUp('domids', Number(domid).toString(16))),
  },
  {
    name: 'oops-count',
    pattern: /\bOops: .{0,40}\[#(?<count>\d{1,4})\]/,
    say: ({ count }) =>
      Number(count) > 1 ? [`the oops with the number ${count ?? ''} since boot: the first one tells more`] : [],
  },
  {
    name: 'workqueue',
    pattern: /^\s{0,8}Workqueue: (?<queue>[^\s]{1,60}) (?<work>[\w.]{1,100})(?: \[[\w-]{1,60}\])?\s*$/,
    say: ({ queue, work }) => [`the work is ${work ?? ''}, on the workqueue ${queue ?? ''}`],
  },
  {
    name: 'page-table-refused',
    pattern:
      /\b(?:Bad L[1-4] flags|Error getting mfn|Bad type \(saw|Attempt to create linear p\.t\.|Error (?:-?\d{1,3} )?while (?:pinning|unpinning) mfn|(?:Non-privileged|non-priv) .{0,40}attempt to map I\/O space|Could not get page ref for)/,
    say: () => ['Xen refused an update of the page tables of a PV guest: the multicall of that guest fails with this'],
  },
  {
    name: 'suppressed',
    pattern: /\bprintk: (?<count>\d{1,9}) messages suppressed/,
    say: ({ count }) => [`${count ?? ''} messages were suppressed here: the log has a gap`],
  },
  {
    name: 'dom0-crashed',
    pattern: /\b(?:Hardware Dom|Domain )0 crashed: /,
    say: (_, { trace }) =>
      / crashed: /.test(trace.headline)
        ? ["dom0 took itself down: the cause stands on dom0's console, not on Xen's"]
        : [],
  },
];
