/** A line that starts a definition at column 0: type words, the name, an opening parenthesis. */
const C_START = /^(?:[A-Za-z_][\w \t*]*[\s*])?(?<name>[A-Za-z_]\w*)\s*\(/;
const ASM_ENTRY = /^(?:ENTRY|FUNC|FUNC_LOCAL|SYM_(?:INNER_)?(?:FUNC|CODE)_START(?:_\w+)?|GLOBAL)\(\s*(?<name>\w+)\s*\)/;
const ASM_LABEL = /^(?<name>[A-Za-z_]\w{3,}):/;
const PYTHON = /^\s{0,8}def (?<name>\w+)\(/;
const OCAML = /^\s{0,4}let (?:rec )?(?<name>[a-z_][\w']*) [^=]/;
/** Words that stand before a parenthesis at column 0 and define nothing. */
const NOT_A_NAME = new Set([
  'if',
  'for',
  'while',
  'switch',
  'return',
  'sizeof',
  'defined',
  'typedef',
  'extern',
  'struct',
  'union',
  'enum',
]);
const LONGEST_LINE = 400;

/**
 * The names of the functions that a source file defines, each once. `read` gives its text and is asked only where
 * the name of the file says that it is C, assembly, OCaml or Python. A C definition counts where its head at column 0
 * is followed by a brace before a semicolon, within a few lines.
 */
export function findFunctions(path: string, read: () => string): string[] {
  if (/\.[ch]$/.test(path)) return [...new Set(findInC(read().split('\n')))];
  if (path.endsWith('.S')) return findAll(read(), [ASM_ENTRY, ASM_LABEL]);
  if (path.endsWith('.py')) return findAll(read(), [PYTHON]);
  return path.endsWith('.ml') ? findAll(read(), [OCAML]) : [];
}

function findAll(text: string, patterns: readonly RegExp[]): string[] {
  const names = new Set<string>();
  for (const line of text.split('\n')) {
    for (const pattern of patterns) {
      const name = pattern.exec(line.slice(0, LONGEST_LINE))?.groups?.['name'];
      if (name !== undefined) names.add(name);
    }
  }
  return [...names];
}

function* findInC(lines: readonly string[]): Iterable<string> {
  for (const [index, line] of lines.entries()) {
    const name = C_START.exec(line.slice(0, LONGEST_LINE))?.groups?.['name'];
    if (name === undefined || NOT_A_NAME.has(name) || line.startsWith('#')) continue;
    if (opensBody(lines, index)) yield name;
  }
}

/** Does a brace open before the declaration ends. */
function opensBody(lines: readonly string[], start: number): boolean {
  for (let index = start; index < Math.min(start + 12, lines.length); index += 1) {
    const line = lines[index] ?? '';
    const brace = line.indexOf('{');
    const end = line.indexOf(';');
    if (end >= 0 && (brace < 0 || end < brace)) return false;
    if (brace >= 0) return true;
  }
  return false;
}
