/**
 * What differs between the MAINTAINERS files of Xen, Linux and QEMU, and between the scripts that read them there.
 * One engine reads all three; a row here says how. The rows were checked against the scripts of Xen 4.17, Linux 6.1
 * and QEMU 7.2 (scripts/compare-maintainers.ts runs both and compares).
 */
export interface Dialect {
  readonly name: 'xen' | 'linux' | 'qemu';
  /** How the file and the answer are coded: most scripts work on bytes, the newer ones of Linux on UTF-8. */
  readonly encoding: 'latin1' | 'utf8';
  /** Property letters: capitals, or (QEMU) any character. */
  readonly anyLetter: boolean;
  /** Are lines that start with `#` comments. */
  readonly comments: boolean;
  /** Are `{a,b}` lists expanded in F and X. */
  readonly braces: boolean;
  /** Is N: (a regular expression on the path) known. */
  readonly nameRegexes: boolean;
  /** Does a P: line give the name for the M: or R: line behind it. */
  readonly namesFromP: boolean;
  /** A character that makes a name need quotes. */
  readonly mustQuote: RegExp;
  /** Longest title that is printed whole, in characters of the encoding; longer ones end in `...`. */
  readonly titleLimit: number;
  /** Does a reviewer's role carry the title. */
  readonly reviewerWithTitle: boolean;
  /** Does the L value go through the address parser (comments such as "moderated" are lost). */
  readonly listAsAddress: boolean;
  /** Is somebody who was named already (by name or address) left out. */
  readonly dropDuplicates: boolean;
  /** Are the people of THE REST left out where a more special entry has people. */
  readonly dropRest: boolean;
  /** The head of the project, who is never printed. */
  readonly chief: { readonly name: string; readonly address: string } | null;
  /** Does the history tell authors and the lines they changed, beside who signed; and are merges left out of it. */
  readonly countsLines: boolean;
  /** Do roles out of the history carry their figures, where nobody says otherwise. */
  readonly figures: boolean;
  /** When the history stands in for entries: for each file that none covers exactly, or where the entries name nobody. */
  readonly fallback: 'each-file' | 'each-file-but-maintainers' | 'nobody-found';
  /** Are addresses inside `.yaml` files people too. */
  readonly yamlAddresses: boolean;
  /** Which lines of a patch, beside `+++`, name files. */
  readonly richPatches: boolean;
  /** Does `/dev/null` in a patch count as the file `dev/null`. */
  readonly devNullIsFile: boolean;
  /** Must THE REST carry `V: xen-maintainers-...`. */
  readonly versionGate: boolean;
  /** Are paths cleaned of `./` and doubled slashes. */
  readonly cleanPaths: boolean;
  /** Is a `Fixes:` line of a patch read as a reference (and so not searched for keywords). */
  readonly fixesLines: boolean;
}

/** Takes no part in the answers of the scripts of Linux and Xen (which began as a copy). */
const LINUS = { name: 'Linus Torvalds', address: 'torvalds@linux-foundation.org' } as const;

export const XEN: Dialect = {
  name: 'xen',
  encoding: 'latin1',
  anyLetter: false,
  comments: false,
  braces: true,
  nameRegexes: true,
  namesFromP: false,
  mustQuote: /[^A-Za-z0-9_ -]/,
  titleLimit: 20,
  reviewerWithTitle: false,
  listAsAddress: true,
  dropDuplicates: false,
  dropRest: true,
  chief: LINUS,
  countsLines: false,
  figures: false,
  fallback: 'each-file',
  yamlAddresses: false,
  richPatches: true,
  devNullIsFile: false,
  versionGate: true,
  cleanPaths: false,
  fixesLines: false,
};

export const LINUX: Dialect = {
  name: 'linux',
  encoding: 'latin1',
  anyLetter: false,
  comments: true,
  braces: false,
  nameRegexes: true,
  namesFromP: false,
  mustQuote: /[^A-Za-z0-9_ -]/,
  titleLimit: 50,
  reviewerWithTitle: true,
  listAsAddress: false,
  dropDuplicates: true,
  dropRest: false,
  chief: LINUS,
  countsLines: true,
  figures: true,
  fallback: 'each-file-but-maintainers',
  yamlAddresses: true,
  richPatches: true,
  devNullIsFile: true,
  versionGate: false,
  cleanPaths: true,
  fixesLines: true,
};

/** Since v6.7 the script of Linux reads and writes UTF-8: letters with accents need no quotes. */
export const LINUX_UTF8: Dialect = {
  ...LINUX,
  encoding: 'utf8',
  mustQuote: /[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc} -]/u,
};

export const QEMU: Dialect = {
  name: 'qemu',
  encoding: 'latin1',
  anyLetter: true,
  comments: false,
  braces: false,
  nameRegexes: false,
  namesFromP: true,
  mustQuote: /[^A-Za-z0-9_ -]/,
  titleLimit: 20,
  reviewerWithTitle: true,
  listAsAddress: false,
  dropDuplicates: true,
  dropRest: false,
  chief: null,
  countsLines: false,
  figures: true,
  fallback: 'nobody-found',
  yamlAddresses: false,
  richPatches: false,
  devNullIsFile: true,
  versionGate: false,
  cleanPaths: false,
  fixesLines: false,
};

/**
 * The dialect that a tree speaks: Xen marks its MAINTAINERS, QEMU names itself in the first lines, and Linux is told
 * apart by what its script says of itself (where the script is at hand).
 */
export function recogniseDialect(maintainers: string, script = ''): Dialect {
  if (/^V:\s*xen-maintainers-/m.test(maintainers)) return XEN;
  if (maintainers.slice(0, 400).includes('QEMU')) return QEMU;
  return /^use open .*UTF-8/m.test(script) ? LINUX_UTF8 : LINUX;
}
