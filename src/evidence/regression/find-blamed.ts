/** Prose that names the commit at fault. The id may stand in one of the next sentences ("this commit: …"). */
const SHA = '(?<sha>[0-9a-f]{7,40})\\b';
const RULES: readonly { readonly name: string; readonly pattern: RegExp; readonly next: boolean }[] = [
  {
    name: 'bisect-said',
    pattern: new RegExp(`\\bbisect(?:ed|ing|ion|s)?\\b.{0,160}?\\b(?:commit )?${SHA}`, 'i'),
    next: false,
  },
  {
    name: 'bisect-said',
    pattern:
      /\bbisect(?:ed|ing|ion|s)?\b.{0,60}\b(?:to|down|point\w*|land\w*|show\w*|found|identif\w*|led|lead\w*|blame\w*|result\w*)\b/i,
    next: true,
  },
  {
    name: 'revert-helps',
    pattern: new RegExp(
      `\\brevert(?:ing|ed)?\\b.{0,30}?\\b${SHA}.{0,120}?\\b(?:fix|help|solve|resolve|work|cure|gone|make|boot|ok)`,
      'i',
    ),
    next: false,
  },
  {
    name: 'blamed',
    pattern: new RegExp(
      `\\b(?:regression (?:from|in|by|since|caused by|introduced (?:by|in|with))|(?:caused|introduced|broken|triggered|started|regressed) (?:by|in|with|since|from)|(?:only |ever )?since)(?: upstream| linux| xen| the| a)? ?(?:commit |c/s |changeset )?${SHA}`,
      'i',
    ),
    next: false,
  },
  {
    name: 'blamed',
    pattern: new RegExp(
      `\\b(?:commit|c/s|changeset) ${SHA}.{0,100}?\\b(?:breaks|broke|causes|caused|introduced (?:the|this|a) (?:bug|issue|problem|regression)|regressed|is (?:the )?(?:culprit|to blame|at fault))`,
      'i',
    ),
    next: false,
  },
];
const UNSURE =
  /\b(?:not|n't|haven't|can't|cannot|couldn't|will|going to|try to|please|could you|can you|if|would|should|might|don't suppose|help (?:with )?|impossible|difficult|hard to|need)\b.{0,40}\bbisect|\bbisectab|breaks bisect|\bbisection of\b|\bto bisect\b/i;
const COMMIT_LINE = /^(?:commit )?(?<sha>[0-9a-f]{12,40})\b/;
const DECIMAL = /^\d+$/;

/**
 * The commit that a sentence blames.
 * @param texts the sentence, and those that follow it
 */
export function findBlamed(texts: readonly string[]): { readonly commit: string | null; readonly rule: string } | null {
  const text = (texts[0] ?? '').slice(0, 700);
  if (!/bisect|revert|[0-9a-f]{7}/.test(text) || UNSURE.test(text) || text.endsWith('?')) return null;
  for (const { name, pattern, next } of RULES) {
    const hit = pattern.exec(text);
    if (!hit) continue;
    const own = hit.groups?.['sha'];
    if (own !== undefined && !DECIMAL.test(own)) return { commit: own.toLowerCase(), rule: name };
    if (!next) continue;
    for (const later of texts.slice(1)) {
      const sha = COMMIT_LINE.exec(later)?.groups?.['sha'];
      if (sha !== undefined && !DECIMAL.test(sha)) return { commit: sha, rule: name };
    }
    return { commit: null, rule: name };
  }
  return null;
}
