import { GOOD, BAD, MOVE, IN_VAIN, WRONG, SUPPORTED, HELPS, type RangeRule } from './range-words.ts';

/** Ways from one version to another: up, down, and staying where one is. */
export const MOVE_RULES: readonly RangeRule[] = [
  {
    name: 'from-to',
    pattern: new RegExp(
      `\\bfrom (?:[\\w,'-]+ ){0,5}${GOOD}(?: \\([^)]{0,60}\\))?(?: [\\w,'-]+){0,5} (?:in)?to (?:[\\w,'-]+ ){0,5}\\(?${BAD}`,
      'i',
    ),
    needs: MOVE,
    unless: IN_VAIN,
  },
  {
    name: 'pinned',
    pattern: new RegExp(
      `\\b(?:pin\\w*|stay\\w*|stuck|remain\\w*|stick\\w*|keep\\w*|kept|held|hold\\w*) (?:[\\w'-]+ ){0,4}?(?:to|on|with|at|back|using) (?:[\\w'-]+ ){0,3}${GOOD}.{0,60}\\b(?:as|because|since|or|otherwise|for) .{0,30}‹\\d+›`,
      'i',
    ),
    needs: WRONG,
    unless: SUPPORTED,
  },
  {
    name: 'instead-of',
    pattern: new RegExp(
      `\\b(?:gone|fine|works?|worked|boots?|helps?|cures?|good|ok|okay|disappears?) .{0,50}?${GOOD}(?: \\w+){0,2} (?:instead of|rather than|in place of) (?:[\\w-]+ ){0,3}${BAD}`,
      'i',
    ),
    unless: /\b(?:not|n't|never)\b/i,
  },
  {
    name: 'update-from',
    pattern: new RegExp(
      `\\b(?:up(?:grad|dat)\\w+|mov(?:ed|ing)|switch\\w*|migrat\\w+|going|went|coming|came) (?:[\\w,'-]+ ){0,3}?(?:from|off) (?:[\\w,'-]+ ){0,4}${GOOD}`,
      'i',
    ),
    needs: MOVE,
    unless: IN_VAIN,
  },
  {
    name: 'update-to',
    pattern: new RegExp(
      `\\b(?:after|since|when|upon|following|with|by|before)\\b.{0,40}?\\bup(?:grad|dat)\\w+ (?:(?!from\\b).){0,40}?\\bto (?:[\\w,'-]+ ){0,5}${BAD}`,
      'i',
    ),
    needs: /upgrad|updat/i,
    unless: IN_VAIN,
  },
  {
    name: 'update-to',
    pattern: new RegExp(
      `\\b(?:when|since|after|once|with) (?:[\\w'-]+ ){0,3}(?:went|mov(?:ed|e|ing)|switch(?:ed|ing)?|migrat(?:ed|ion|ing)|chang(?:ed|e)|jump(?:ed)?) (?:[\\w'-]+ ){0,3}to (?:[\\w,'-]+ ){0,4}${BAD}`,
      'i',
    ),
    needs: /since|fail|crash|hang|broke|panic|problem|stopp|no longer|not |n't|slow|wrong|dead|lost/i,
    unless: new RegExp(`${IN_VAIN.source}|\\bback\\b`, 'i'),
  },
  {
    name: 'to-from',
    pattern: new RegExp(
      `\\bup(?:grad|dat)\\w+ (?:[\\w,'-]+ ){0,4}?to (?:[\\w,'-]+ ){0,4}${BAD} from (?:[\\w,'-]+ ){0,4}${GOOD}`,
      'i',
    ),
    unless: IN_VAIN,
  },
  {
    name: 'down-from-to',
    pattern: new RegExp(
      `\\b(?:downgrad\\w+|revert\\w*|going back|went back|go back|roll\\w* back|back) (?:[\\w,'-]+ ){0,3}?from (?:[\\w,'-]+ ){0,4}${BAD} (?:back )?to (?:[\\w,'-]+ ){0,4}${GOOD}`,
      'i',
    ),
    unless: IN_VAIN,
  },
  {
    name: 'downgrade',
    pattern: new RegExp(
      `\\b(?:downgrad\\w+|roll-?backs?|returns?|returning|revert(?:ed|ing)?|switch(?:ed|ing)?|went|going|go|rolled|rolling|fall(?:ing)?|move[d]?|moving) (?:\\w+ ){0,3}?(?:back )?to (?:[\\w'-]+ ){0,6}\\(?${GOOD}`,
      'i',
    ),
    needs: /downgrad|back\b|revert|work|fix|helps?\b|helped|solve|cure|ok\b|fine|problem/i,
    unless: new RegExp(`${IN_VAIN.source}|\\b(?:stopped|broke|since|no longer)\\b`, 'i'),
  },
  {
    name: 'down-from-to',
    pattern: new RegExp(
      `\\b(?:replac|swapp|exchang|substitut)\\w+ (?:[\\w'-]+ ){0,3}${BAD} (?:by|with|for) (?:[\\w'-]+ ){0,3}${GOOD}.{0,80}?\\b${HELPS}`,
      'i',
    ),
    unless: IN_VAIN,
  },
  {
    name: 'old-new',
    pattern: new RegExp(
      `\\b(?:previous|older|old|earlier|former|prior) (?:[\\w'-]+ ){0,2}\\(?${GOOD}.{0,120}?\\b(?:new|newer|newest|latest|current|updated) (?:[\\w'-]+ ){0,2}\\(?${BAD}`,
      'i',
    ),
    needs: WRONG,
    unless: IN_VAIN,
  },
  {
    name: 'old-new',
    pattern: new RegExp(
      `\\b(?:before|formerly|previously|earlier)[ (]{1,2}(?:[\\w'-]+ ){0,3}\\(?${GOOD}.{0,120}?\\b(?:now|today|currently|afterwards)[ (]{1,2}(?:[\\w'-]+ ){0,3}\\(?${BAD}`,
      'i',
    ),
    unless: IN_VAIN,
  },
  {
    name: 'to-from',
    pattern: new RegExp(
      `${BAD} \\((?:was|were|previously|formerly|before|coming from|up from|from|instead of)(?: that)?:? (?:[\\w'-]+ ){0,2}${GOOD}`,
      'i',
    ),
    unless: IN_VAIN,
  },
  {
    name: 'from-to',
    pattern: new RegExp(
      `\\b(?:after|since|when|once) .{0,60}?\\b(?:replac|swapp|exchang)\\w+ (?:[\\w'-]+ ){0,3}${GOOD} (?:by|with|for) (?:[\\w'-]+ ){0,3}${BAD}`,
      'i',
    ),
    needs: new RegExp(`${WRONG.source}|\\bno\\b`, 'i'),
    unless: new RegExp(`${IN_VAIN.source}|\\b${HELPS}`, 'i'),
  },
  {
    name: 'from-to',
    pattern: new RegExp(
      `\\b(?:after|since|when|once) (?:[\\w'-]+ ){0,3}${GOOD} (?:was|were|got|has been) (?:replaced|swapped|exchanged|superseded|upgraded|updated) (?:by|with|to|for) (?:[\\w'-]+ ){0,3}${BAD}`,
      'i',
    ),
    unless: IN_VAIN,
  },
  {
    name: 'to-from',
    pattern: new RegExp(
      `${BAD}[^‹.;]{0,40}, (?:and )?(?:previously|before(?: that)?|formerly|earlier)[,:]? (?:it was |it ran |(?:we|i) (?:had|ran|used|were on) |on |with )?(?:[\\w-]+ ){0,2}${GOOD}`,
      'i',
    ),
    needs: new RegExp(`${WRONG.source}|\\bwork(?:s|ed)\\b|\\buntil\\b`, 'i'),
    unless: IN_VAIN,
  },
];
