import type { Dialect } from './dialect.ts';

/** One F or X line, ready for matching. */
export interface Pattern {
  /** As written. */
  readonly source: string;
  /** Does a path start with what the pattern says; never, where it is no valid regular expression. */
  readonly startsPath: (path: string) => boolean;
  /** Ends in a slash: everything below counts. */
  readonly isDirectory: boolean;
  readonly slashes: number;
  /** What a match is worth: how deep the pattern goes; -1 for one that starts with a star. */
  readonly depth: number;
  /** The directory (with its slash, or empty) that every match lies in or below. */
  readonly prefix: string;
}

const SPECIAL = /[\\^$.|?*+()[\]{}]/;

/** Bash lists without nesting, `{a,b}` → `(a|b)`. A brace at the very start, or behind a backslash, stays. */
function expandBraces(value: string): string {
  let out = '';
  let at = 0;
  while (at < value.length) {
    const char = value[at] ?? '';
    const close = char === '{' && at > 0 && value[at - 1] !== '\\' ? findClose(value, at) : -1;
    const inner = value.slice(at + 1, close);
    const alternatives = close > 0 ? inner.replace(/(?<!\\),/g, '|') : inner;
    if (close < 0 || alternatives === inner) {
      out += char;
      at += 1;
      continue;
    }
    out += `(${alternatives})`;
    at = close + 1;
  }
  return out;
}

function findClose(value: string, open: number): number {
  let close = value.indexOf('}', open);
  while (close > 0 && value[close - 1] === '\\') close = value.indexOf('}', close + 1);
  return close;
}

export function countSlashes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) count += 1;
  return count;
}

/** The part of a converted pattern up to its first special character, `\.` standing for a dot. */
function literalStart(converted: string): string {
  let literal = '';
  for (let at = 0; at < converted.length; at += 1) {
    const char = converted[at] ?? '';
    if (char === '\\' && converted[at + 1] === '.') {
      literal += '.';
      at += 1;
    } else if (SPECIAL.test(char)) {
      break;
    } else {
      literal += char;
    }
  }
  return literal;
}

function hasTopLevelBar(converted: string): boolean {
  let depth = 0;
  for (const char of converted) {
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === '|' && depth === 0) return true;
  }
  return false;
}

/**
 * Makes an F or X value ready. Dots are literal, `*` is any run, `?` any character; other marks keep the meaning
 * they have in regular expressions. A directory without its slash gets one, where `isDirectory` knows it.
 */
export function toPattern(value: string, dialect: Dialect, isDirectory: (path: string) => boolean): Pattern {
  let converted = dialect.braces ? expandBraces(value) : value;
  converted = converted.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
  if (!converted.endsWith('/') && isDirectory(converted)) converted += '/';
  const slashes = countSlashes(converted);
  const endsInSlash = converted.endsWith('/');
  const literal = literalStart(converted);
  const isLiteral = literal.length === converted.replaceAll('\\.', '.').length;
  // An alternation at top level lifts the anchor: then nothing is certain about where matches lie.
  const prefix = hasTopLevelBar(converted) ? '' : literal.slice(0, literal.lastIndexOf('/') + 1);
  return {
    source: value,
    startsPath: isLiteral ? (path) => path.startsWith(literal) : lazily(converted),
    isDirectory: endsInSlash,
    slashes,
    depth: converted.startsWith('.*') ? -1 : slashes + (endsInSlash ? 0 : 1),
    prefix,
  };
}

/** Compiled when it is first asked: most patterns of a large tree never are. */
function lazily(converted: string): (path: string) => boolean {
  let regex: RegExp | undefined;
  return (path) => {
    regex ??= toRegex(`^${converted}`);
    return regex.test(path);
  };
}

function toRegex(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    return /(?!)/;
  }
}

/** Does the path lie under the pattern. The number of slashes must agree unless the pattern is a directory. */
export function matchesPattern(path: string, slashes: number, pattern: Pattern): boolean {
  if (!pattern.isDirectory && pattern.slashes !== slashes) return false;
  return path.startsWith(pattern.prefix) && pattern.startsPath(path);
}
