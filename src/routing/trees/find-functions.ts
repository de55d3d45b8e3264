import { scanC } from './scan-c.ts';

/** How functions begin in each language beside C; every pattern is one line's. */
const ASSEMBLY: readonly RegExp[] = [
  /^(?:ENTRY|ENTRY_ALIGN|FUNC|FUNC_LOCAL|SYM_(?:INNER_|TYPED_)?(?:FUNC|CODE)_(?:START|ALIAS)(?:_\w+)?|GLOBAL|WEAK)\(\s*(?<name>\w+)\s*[,)]/,
  /^(?<name>[A-Za-z_]\w{3,}):/,
];
const PYTHON: readonly RegExp[] = [/^\s{0,8}(?:async )?def (?<name>\w+)\(/];
const OCAML: readonly RegExp[] = [/^\s{0,4}(?:let (?:rec )?|and )(?<name>[a-z_][\w']*) [^=]/];
const LONGEST_LINE = 400;

const LANGUAGES: readonly { readonly files: RegExp; readonly find: (text: string) => readonly string[] }[] = [
  { files: /\.(?:c|h|cc|inc)$/, find: scanC },
  { files: /\.S$/, find: (text) => findLines(text, ASSEMBLY) },
  { files: /\.py$/, find: (text) => findLines(text, PYTHON) },
  { files: /\.ml$/, find: (text) => findLines(text, OCAML) },
];

/** Does the name of a file say that functions may be defined in it. */
export function holdsFunctions(path: string): boolean {
  return LANGUAGES.some(({ files }) => files.test(path));
}

/**
 * The names of the functions that a source file defines, each once. `read` gives its text and is asked only where the
 * name of the file says that it is C, assembly, OCaml or Python.
 */
export function findFunctions(path: string, read: () => string): string[] {
  const language = LANGUAGES.find(({ files }) => files.test(path));
  return language ? [...new Set(language.find(read()))] : [];
}

function findLines(text: string, patterns: readonly RegExp[]): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const start = line.slice(0, LONGEST_LINE);
    for (const pattern of patterns) {
      const name = pattern.exec(start)?.groups?.['name'];
      if (name !== undefined) return [name];
    }
    return [];
  });
}
