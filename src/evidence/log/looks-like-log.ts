/**
 * Words that stand in every log that is worth repairing, and hardly in prose: stamps, console prefixes, banners,
 * headlines of crashes, and the marks of user-space backtraces. One alternation, because one pass over the body is
 * cheaper than splitting it into lines.
 */
const HINTS: readonly string[] = [
  // kernels and hypervisors: frames, stamps, banners
  '\\+0x[0-9a-f]+\\/0x',
  '\\(XEN\\)',
  '\\(d\\d{1,5}\\) ',
  '\\[ {0,5}\\d{1,6}\\.\\d{6}\\]',
  '\\d\\d:\\d\\d:\\d\\d \\S{0,40} ?(?:kernel:|\\[kernel\\])',
  'call {1,3}\\d{1,4}(?:/\\d{1,4})?: op=',
  'Call [Tt]race',
  'x86_64 {1,3}debug=',
  'arm(?:32|64) {1,3}debug=',
  'Xen (?:BUG|WARN|call trace|version)',
  'Linux version ',
  '[Cc]ommand line:',
  'RIP:? {1,4}[0-9a-f]{4}:',
  'R[AI][XP]: {1,2}[0-9a-f]{16}',
  'rax: {1,2}[0-9a-f]{16}',
  // headlines
  'BUG:',
  'kernel BUG',
  'Kernel panic',
  'Oops:',
  'WARNING: (?:CPU|at |possible |suspicious |inconsistent |bad |held |kernel |[\\w./-]{1,80}\\.[ch]:\\d)',
  'INFO: (?:task |rcu|possible |trying |suspicious |inconsistent )',
  'Panic on CPU',
  'FATAL (?:TRAP|PAGE)',
  'Unable to handle',
  'unable to handle',
  'general protection',
  'blocked for more than',
  'unreferenced object 0x',
  'multicall\\(s\\) failed',
  'soft lockup',
  'page allocation failure',
  'UBSAN:',
  'Internal error:',
  'Unhandled fault:',
  'domain_crash',
  'segfault at',
  // user space
  'libxl:(?:\\s|$)',
  'xc: (?:error|info|warning)',
  '\\bxl: ',
  'xenstored(?:\\[\\d{1,8}\\])?: ',
  'qemu-system-\\w{1,20}(?:\\[\\d{1,8}\\])?:(?:\\s|$)',
  'received signal SIG',
  '#0 {1,2}(?:0x[0-9a-f]{6}|\\w{1,80} \\()',
  '==\\d{1,8}==',
  'Traceback \\(most',
  'Fatal error: exception',
  'Raised (?:at|by primitive)',
  'Called from ',
  "Assertion\\s['`\u2018]",
  '[Aa]ssertion (?:\\S{1,80} )?failed',
  'double free or corruption',
  'core dumped',
  'Backtrace:',
  'backtrace:',
];

const HINT = new RegExp(HINTS.join('|'));

/** Whether a body holds anything that repair and the trace formats should look at. Fast, and generous. */
export function looksLikeLog(text: string): boolean {
  return HINT.test(text);
}
