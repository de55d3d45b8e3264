/**
 * What changes from one crash to the next and must not be in a title, in the order in which it is taken out
 * (crash-reports.md, step 9: the rules of syzkaller's pkg/report).
 */
const REPLACEMENTS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/syz-executor\d+(?:[/:]\d+)?/g, 'syz-executor'],
  [/(?<before>[^a-zA-Z0-9])(?:0x)?[0-9a-f]{6,40}(?![a-zA-Z0-9])/g, '$<before>ADDR'],
  [/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g, 'IP'],
  [/(?<file>\.[a-zA-Z]{1,4}):\d+(?::\d+)?/g, '$<file>:LINE'],
  [/(?<fn>[a-zA-Z][a-zA-Z0-9_.]*)\+0x[0-9a-z]+\/0x[0-9a-z]+/g, '$<fn>'],
  [/CPU#\d+/g, 'CPU'],
  [/(?<before>^|[^\w.-])\d+(?=$|[^\w.-])/g, '$<before>NUM'],
  [/\d{7,}/g, 'NUM'],
];

const MAX_TITLE = 120;
const MAX_ROUNDS = 4;

/** A title that is the same for the same bug: without addresses, numbers, offsets; printable ASCII, at most 120 characters. */
export function cleanTitle(title: string): string {
  let clean = title.slice(0, 1000);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = clean;
    for (const [pattern, replacement] of REPLACEMENTS) clean = clean.replace(pattern, replacement);
    if (clean === before) break;
  }
  return clean
    .slice(0, MAX_TITLE)
    .replace(/[^\x20-\x7e\t]/g, '')
    .replace(/[\t ]+/g, ' ')
    .trim();
}
