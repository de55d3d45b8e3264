import type { Statement } from '../prose/to-statements.ts';

/** What a clause says of the thing it names: is that what the reporter has, or something else? */
export type Stance =
  /** It is there, or it fails there. */
  | 'has'
  /** It works there, or worked before: not what the report is about. */
  | 'good'
  /** Said of somebody else, of the past or the future, asked for, or only supposed. */
  | 'other';

export interface Clause {
  readonly text: string;
  /** Where it starts in the statement. */
  readonly offset: number;
  readonly sentence: Statement;
  readonly stance: Stance;
  /** First person, or words of running and testing: the writer speaks of what is before him. */
  readonly personal: boolean;
}

const SPLIT = /;| \/ |,? (?:but|while|whereas|however|although|though|yet|whilst)\b,?/gi;

const BAD =
  /\b(?:does(?:n't| not)|do(?:n't| not)|did(?:n't| not)|no longer|never|not|stopped|won't|can(?:'t|not))\s(?:\w+\s){0,2}(?:work\w*|boot\w*|start\w*|build\w*|compil\w*|load\w*|succeed\w*)|\b(?:fail|crash|panic|hang|broken|breaks|broke|regress|freez|stuck|oops|bug|corrupt|reset|slow)\w*/i;
const GOOD =
  /\b(?:works?|worked|working|succeed(?:s|ed)|fine|(?<![-\w/])stable(?![-\w]| (?:branch|tree|kernel|update|release|series|version))|unaffected|(?:no|without(?: any)?) (?:problems?|issues?|complaints?)|not (?:affected|happen\w*|occur\w*|reproduc\w*|show|seen)|(?:doesn't|does not|didn't|did not|don't|do not|don’t|doesn’t) (?:happen|occur|show|reproduce|exhibit|see|have)|booted ok|last good|known good|switched back|went back|downgrad\w+|revert(?:ed|ing) (?:back )?to|used to|previous(?:ly)? (?:version|release|kernel)|old(?:er)? (?:version|kernel|release)s?)\b/i;
const OTHER =
  /\b(?:fixed|fix (?:is|went|in|landed)|introduced|introduction|added|removed|dropped|appeared|merged|backport\w*|released?|since|until|before|prior to|as of|starting (?:with|from|in)|support(?:s|ed)?|should|would|could|might|will|planned|target\w*|upcoming|or (?:newer|later|older|above|below)|and (?:newer|later|older|above|below)|onwards?|older than|newer than|at least|series|branch(?:es)?|window|deprecated|documented|e\.g|reporter|somebody else|other (?:user|people|person)s?|for (?:example|instance)|if|suggest\w*|recommend\w*|please|try|reported|vulnerable|going in|goes in)\b/i;
/** Somebody tells another what to do. */
const ADVICE =
  /\b(?:you (?:may|might|could|should|can|want|need)|may want to|consider|could you|can you|please|would recommend|I(?:'d| would) (?:suggest|recommend|try))\b/i;
/** Words of having it: they outweigh the doubts above. */
const HAVE =
  /\b(?:I(?:'m| am|'ve| have)|we(?:'re| are|'ve| have)|my|our|running|using|tested|testing|seeing|noticed|encountered|reproduced|installed|booting|booted|this is|system is|host is|happens|setup|built|builds?|version is|me too|same here|(?:xen|kernel|hypervisor|qemu|machine|box|dom0|this) is(?= (?:an? |the )?(?:v?\d|[A-Z])))\b/i;
const PERSONAL =
  /(?:^|[\s("'])(?:I|I'm|I've|I’m|I’ve|we|We|We're|we're|we've|We've|my|My|our|Our|mine)\b|\b(?:running|using|tested on|testing|this is|(?:system|machine|host|dom0|kernel|xen|hypervisor|server|laptop) is|box|[Mm]e too|[Ss]ame here)\b/;
const THIRD =
  /\b(?:reporter|referencing|(?:this|that) report|Bugzilla|launchpad|(?:he|she|they) (?:has|had|have|runs?|is|was)|another (?:user|report\w*))\b/i;

/** Cuts a sentence at the words that turn it ("but", "while", ";") and says of each piece where it stands. */
export function toClauses(sentence: Statement): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  for (const match of sentence.text.matchAll(SPLIT)) {
    if (match.index - start < 12) continue;
    clauses.push(toClause(sentence, start, match.index));
    start = match.index;
  }
  clauses.push(toClause(sentence, start, sentence.text.length));
  return clauses;
}

function toClause(sentence: Statement, start: number, end: number): Clause {
  const text = sentence.text.slice(start, end);
  return {
    text,
    offset: start,
    sentence,
    stance: stanceOf(text, sentence.text),
    personal: PERSONAL.test(sentence.text),
  };
}

function stanceOf(text: string, whole: string): Stance {
  if (whole.endsWith('?')) return 'other';
  return ownStance(text) ?? 'has';
}

/** What the words themselves say, or `null` where none of them speaks of it. */
function ownStance(text: string): Stance | null {
  if (THIRD.test(text) || ADVICE.test(text)) return 'other';
  if (BAD.test(text)) return 'has';
  if (GOOD.test(text)) return 'good';
  if (HAVE.test(text)) return 'has';
  return OTHER.test(text) ? 'other' : null;
}

/**
 * The stance towards what stands at `start`..`end` of the clause: that of its own piece between commas or in brackets
 * where this says anything, else that of the whole clause. An aside in brackets tells what there is.
 */
export function stanceAt(clause: Clause, start: number, end: number): Stance {
  if (clause.stance === 'other' && THIRD.test(clause.text)) return 'other';
  const piece = pieceAt(clause.text, start, end);
  const own = ownStance(piece.text);
  if (own) return own;
  return piece.bracketed && clause.stance === 'other' && !clause.sentence.text.endsWith('?') ? 'has' : clause.stance;
}

/** The piece of a clause between commas or brackets that holds `start`..`end`. */
export function pieceAt(text: string, start: number, end: number): { text: string; bracketed: boolean } {
  const before = text.slice(0, start);
  const comma = before.lastIndexOf(', ') + 1;
  const bracket = before.lastIndexOf('(') + 1;
  const closed = before.lastIndexOf(')') + 1;
  const open = bracket > closed;
  const from = Math.max(comma, open ? bracket : 0);
  const after = text.slice(end);
  const stop = after.search(open ? /, |\)/ : /, | \(/);
  return { text: text.slice(from, stop < 0 ? text.length : end + stop), bracketed: open };
}
