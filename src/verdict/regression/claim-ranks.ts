/** How well the rule that read a claim tells the end of a range, lower is better; a rule that is not named tells nothing. */
export const PAIR_RANKS: Readonly<Record<string, number>> = {
  regzbot: 1,
  'regression-from-to': 1,
  between: 2,
  'broke-between': 2,
  'to-from': 2,
  'down-from-to': 2,
  'neither-nor': 2,
  'has-not-has': 2,
  table: 2,
  'instead-of': 3,
  'took-takes': 3,
  'from-to': 3,
  arrow: 4,
  'old-new': 3,
  compared: 3,
  range: 5,
  parallel: 6,
  figures: 5,
  'bisect-result': 4,
};

export const GOOD_RANKS: Readonly<Record<string, number>> = {
  'regression-against': 1,
  'last-good': 1,
  'neither-nor': 2,
  works: 2,
  'update-from': 3,
  downgrade: 3,
  pinned: 3,
  'up-to': 3,
  'not-yet-in': 4,
  'was-so': 4,
  contrast: 5,
  'bisect-result': 2,
};

export const BAD_RANKS: Readonly<Record<string, number>> = {
  regzbot: 1,
  'starting-with': 1,
  since: 1,
  'bisect-result': 2,
  'version-regression': 3,
  'and-later': 3,
  fails: 4,
  contrast: 4,
  'update-to': 5,
};

/** Rules after which it is certain that it worked before, though they name no working version. */
export const FIRM = ['regzbot', 'starting-with', 'since', 'and-later', 'version-regression', 'said', 'update-to'];

export const COMMIT_RANKS: Readonly<Record<string, number>> = {
  'bisect-result': 1,
  'osstest-bisect': 1,
  regzbot: 2,
  'bisect-said': 3,
  'revert-helps': 4,
  blamed: 5,
};
