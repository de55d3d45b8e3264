/**
 * Makes a K or N value, a Perl regular expression under the flags `x` (white space and `#` comments do not count),
 * into one of ours. Inline `(?i)` and `(?i:…)` are undone by writing both cases of each letter.
 * `null` where it still is no valid expression here: such a keyword never matches.
 */
export function toKeyword(value: string): RegExp | null {
  try {
    return new RegExp(translate(value));
  } catch {
    return null;
  }
}

/** As {@link toKeyword}, for the lines of a patch's diff: the prefix binds to the first alternative only. */
export function toPatchKeyword(value: string): RegExp | null {
  try {
    return new RegExp(`^[+-].*${translate(value)}`);
  } catch {
    return null;
  }
}

interface State {
  out: string;
  at: number;
  /** Case does not count: for the innermost open group. */
  readonly folds: boolean[];
  inClass: boolean;
}

function translate(value: string): string {
  const state: State = { out: '', at: 0, folds: [false], inClass: false };
  while (state.at < value.length) step(value, state);
  return state.out;
}

function step(value: string, state: State): void {
  const char = value[state.at] ?? '';
  if (char === '\\') {
    state.out += value.slice(state.at, state.at + 2);
    state.at += 2;
  } else if (state.inClass) {
    if (char === ']') state.inClass = false;
    state.out += folded(char, state, false);
    state.at += 1;
  } else if (/\s/.test(char)) {
    state.at += 1;
  } else if (char === '#') {
    state.at = value.length;
  } else if (char === '(') {
    openGroup(value, state);
  } else {
    if (char === ')' && state.folds.length > 1) state.folds.pop();
    if (char === '[') state.inClass = true;
    state.out += folded(char, state, true);
    state.at += 1;
  }
}

function openGroup(value: string, state: State): void {
  const flag = /^\(\?i(?<scope>[:)])/.exec(value.slice(state.at, state.at + 4));
  if (flag?.groups?.['scope'] === ')') {
    state.folds[state.folds.length - 1] = true;
    state.at += 4;
    return;
  }
  state.folds.push(flag !== null || (state.folds.at(-1) ?? false));
  state.out += flag ? '(?:' : '(';
  state.at += flag ? 4 : 1;
  if (!flag && value[state.at] === '?') {
    state.out += value.slice(state.at, state.at + 2);
    state.at += 2;
  }
}

function folded(char: string, state: State, alone: boolean): string {
  if (!(state.folds.at(-1) ?? false) || !/[A-Za-z]/.test(char)) return char;
  const both = char.toLowerCase() + char.toUpperCase();
  return alone ? `[${both}]` : both;
}
