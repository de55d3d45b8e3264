const MARKS =
  /^(?:(?:re|fwd?|aw|antw|sv)(?:\[\d+\])?: ?|\[(?:xen-devel|xen-users|oss-security|external|bug(?: ?report)?|regression|bisected)\] ?)+/i;
const MAX = 140;

/** A subject as a part of a sentence: without reply marks, list and bug tags, without a full stop, not too long. */
export function readSubjectLine(subject: string): string {
  const bare = subject
    .slice(0, 1000)
    .replace(MARKS, '')
    .replace(/[.\s]+$/, '')
    .trim();
  if (bare === '') return '(no subject)';
  if (bare.length <= MAX) return bare;
  const cut = bare.slice(0, MAX);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 40))}…`;
}
