import { HELPS } from './range-words.ts';

/** Prose that names the commit at fault. The id may stand in one of the next sentences ("this commit: …"). */
const SHA = '\\b(?<sha>[0-9a-f]{7,40})\\b';
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
    pattern: new RegExp(`\\brevert(?:ing|ed)?\\b.{0,30}?\\b${SHA}.{0,120}?\\b${HELPS}`, 'i'),
    next: false,
  },
  {
    name: 'revert-helps',
    pattern: new RegExp(`${SHA}.{0,80}? (?:reverted|backed out|removed|taken out|dropped)\\b.{0,80}?\\b${HELPS}`, 'i'),
    next: false,
  },
  {
    name: 'revert-helps',
    pattern: new RegExp(
      `\\b(?:back(?:ing|ed)? out|dropping|without|removing|taking out|undoing) (?:[\\w-]+ ){0,3}${SHA}.{0,120}?\\b${HELPS}`,
      'i',
    ),
    next: false,
  },
  {
    name: 'blamed',
    pattern: new RegExp(
      `\\b(?:culprit|offender|offending (?:commit|change)|guilty (?:commit|change)|breaking (?:commit|change)|first (?:commit|change|changeset) (?:that|which|to|with|where) (?:[\\w'-]+ ){1,6}?)\\b.{0,60}?\\b(?:is|was|be|seems|=|:) .{0,30}?${SHA}`,
      'i',
    ),
    next: false,
  },
  {
    name: 'blamed',
    pattern: new RegExp(
      `\\b(?:regression (?:from|in|by|since|caused by|introduced (?:by|in|with))|(?:(?:caused|broken|triggered|started|regressed)|(?:this|it|issue|bug|problem|crash|hang|failure|behaviou?r|error|warning|which)(?: \\w+){0,2} introduced) (?:by|in|with|since|from)|(?:only |ever )?since)(?: upstream| linux| xen| the| a)? ?(?:commit |c/s |changeset )?${SHA}`,
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
  {
    name: 'blamed',
    pattern: new RegExp(
      `\\b(?:committed|merged|landed|applied|pushed|upstreamed)(?: \\w+)? (?:as|in|under) ${SHA}.{0,80}?\\b(?:breaks|broke|causes|caused|crashes|kills|prevents|regressed|makes)\\b`,
      'i',
    ),
    next: false,
  },
  {
    name: 'blamed',
    pattern: /\b(?:caused|broken|triggered|introduced|exposed) by (?:the |this )?(?:commit|change|c\/s|patch) ?:?$/i,
    next: true,
  },
  {
    name: 'blamed',
    pattern: new RegExp(
      `\\b(?:narrow|track|trac|pin|isolat)\\w* (?:it|this|that|the \\w+) (?:down|back)?(?: to| the| commit){0,3} ?.{0,20}?${SHA}`,
      'i',
    ),
    next: false,
  },
  {
    name: 'blamed',
    pattern: new RegExp(
      `\\b${SHA}.{0,100}?\\bthat (?:caused|causes|broke|breaks|introduced|triggers|triggered)\\b`,
      'i',
    ),
    next: false,
  },
];
const UNSURE =
  /\b(?:not|n't|haven't|can't|cannot|couldn't|will|going to|try to|please|could you|can you|if|would|should|might|don't suppose|help (?:with )?|impossible|difficult|hard to|need)\b.{0,40}\bbisect|\bbisectab|breaks bisect|\bbisection of\b|\bto bisect\b|\b(?:if|whether|please|could you|can you|would you|try(?:ing)? to|try|should we|shall we|let's|need to|plan to|going to) (?:[\w']+ ){0,3}revert/i;
const COMMIT_LINE = /^(?:commit )?(?<sha>[0-9a-f]{12,40})\b/;
const DECIMAL = /^\d+$/;

/**
 * The commit that a sentence blames.
 * @param texts the sentence, and those that follow it
 */
export function findBlamed(texts: readonly string[]): { readonly commit: string | null; readonly rule: string } | null {
  const text = (texts[0] ?? '').slice(0, 700);
  if (!/bisect|revert|[0-9a-f]{7}/i.test(text) || UNSURE.test(text) || text.endsWith('?')) return null;
  for (const { name, pattern, next } of RULES) {
    const hit = pattern.exec(text);
    if (!hit) continue;
    const own = hit.groups?.['sha'];
    if (own !== undefined && !DECIMAL.test(own)) return { commit: own.toLowerCase(), rule: name };
    if (next) return { commit: findNext(texts.slice(1)), rule: name };
  }
  return null;
}

/** The commit that is printed below the sentence. */
function findNext(texts: readonly string[]): string | null {
  for (const text of texts) {
    const sha = COMMIT_LINE.exec(text)?.groups?.['sha'];
    if (sha !== undefined && !DECIMAL.test(sha)) return sha;
  }
  return null;
}
