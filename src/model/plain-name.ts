/** Names longer than this are noise; nobody's pattern has to look at them. */
const MAX_NAME = 200;

/** What compilers put behind a name: `.isra.0`, `.constprop.5`, `.part.3`, `.cold`, `.llvm.123`. */
const COMPILER_SUFFIX = /(?:\.[a-z_]{1,30}|\.\d{1,30})+$/;

/** The function as the source calls it: without a file (`x.c#name`) and without what the compiler added. */
export function toPlainName(name: string): string {
  const hash = name.lastIndexOf('#');
  return (hash < 0 ? name : name.slice(hash + 1)).slice(0, MAX_NAME).replace(COMPILER_SUFFIX, '');
}
