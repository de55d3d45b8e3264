import { generatedNames } from './generated-names.ts';

const TAB = 9;
const NEWLINE = 10;
const BLANK = 32;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const OPEN = 40;
const CLOSE = 41;
const STAR = 42;
const COMMA = 44;
const SLASH = 47;
const SEMICOLON = 59;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;

/** A definition whose head is longer than this is passed over. */
const LONGEST_HEAD = 4000;

/** Words with parentheses that stand in a head beside the name: attributes of compilers and of the three projects. */
const ATTRIBUTE =
  /^(?:__attribute__|__attribute|__declspec|__typeof__|typeof|__acquires|__releases|__must_hold\w*|__cond_acquires|__printf|__scanf|__section|__aligned|__alloc_size|__assume_aligned|__no_sanitize\w*|__counted_by|__format_arg|__nonnull|nonnull|__realloc_size|__releases_shared|__acquires_shared|__access|__alloc|__target|__cleanup|G_GNUC_\w+|GCC_FMT_ATTR|PRINTF_ATTRIBUTE|format|section|glue|xglue|_Pragma|__has_attribute|alignas|_Alignas|asm|__asm__)$/;
/** Words with parentheses at column 0 that define nothing. */
const NO_NAME = /^(?:if|for|while|switch|return|sizeof|defined|else|do|case|void|int|long|char|bool|unsigned|goto)$/;

interface Group {
  /** The word in front of the parenthesis, or empty. */
  readonly name: string;
  readonly open: number;
  readonly close: number;
}

/**
 * The names of the functions that a C text defines, in its order, some perhaps twice. A definition begins with a word
 * at column 0 and has a body: that is how Linux, Xen and QEMU are written. One pass, and what is read twice is bounded.
 */
export function scanC(text: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isWordStart(code)) at = nextLine(text, readHead(text, at, found));
    else if (code === HASH) at = skipDirective(text, at);
    else if (code === SLASH && text.charCodeAt(at + 1) === STAR) at = skipBlanks(text, skipComment(text, at));
    else at = nextLine(text, at);
  }
  return found;
}

function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isWord(code: number): boolean {
  return isWordStart(code) || (code >= 48 && code <= 57);
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Past a line that begins with `#`, and the lines that continue it. */
function skipDirective(text: string, start: number): number {
  let at = nextLine(text, start);
  while (at < text.length && text.charCodeAt(at - 2) === BACKSLASH) at = nextLine(text, at);
  return at;
}

function skipComment(text: string, at: number): number {
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? text.length : end + 2;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === BLANK || text.charCodeAt(at) === TAB) at += 1;
  return at;
}

/** Reads one head from a word at column 0; adds the names that it defines and says where to go on. */
function readHead(text: string, start: number, found: string[]): number {
  const end = Math.min(text.length, start + LONGEST_HEAD);
  let groups: Group[] = [];
  let word = '';
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (isWordStart(code)) {
      const stop = endOfWord(text, at);
      word = text.slice(at, stop);
      // A macro without a semicolon, and a head of its own on the next line.
      if (groups.length > 0 && text.charCodeAt(at - 1) === NEWLINE && !ATTRIBUTE.test(word)) groups = [];
      at = stop;
    } else if (code === OPEN) {
      const close = closeOf(text, at, end);
      if (text.charCodeAt(close) !== CLOSE) return close;
      groups.push({ name: word, open: at, close });
      word = '';
      at = close + 1;
    } else if (code === OPEN_BRACE) {
      found.push(...namesOf(groups, text));
      return text.charCodeAt(at - 1) === NEWLINE ? skipBody(text, at) : at;
    } else if (code === SLASH) {
      at = passComment(text, at);
    } else if (code === HASH) {
      at = skipDirective(text, at);
    } else if (passes(code)) {
      at += 1;
    } else {
      if (code === SEMICOLON) addDeclared(groups, text, found);
      return at;
    }
  }
  return at;
}

/** What may stand in a head between its words. */
function passes(code: number): boolean {
  if (code === BLANK || code === NEWLINE || code === TAB || code === STAR || code === 13 || code === COMMA) return true;
  return code === OPEN_BRACKET || code === CLOSE_BRACKET || (code >= 48 && code <= 57);
}

function endOfWord(text: string, start: number): number {
  let at = start + 1;
  while (isWord(text.charCodeAt(at))) at += 1;
  return at;
}

/** A body that opens at column 0 closes there, or on the same line; one that never does takes the rest of the file. */
function skipBody(text: string, at: number): number {
  if (text.slice(at, nextLine(text, at)).includes('}')) return at;
  const end = text.indexOf('\n}', at);
  return end < 0 ? text.length : end + 1;
}

/** Past a comment; a slash alone is passed too. */
function passComment(text: string, at: number): number {
  const next = text.charCodeAt(at + 1);
  if (next === STAR) return skipComment(text, at);
  return next === SLASH ? nextLine(text, at) - 1 : at + 1;
}

/** The parenthesis that closes the one at `open`, past comments and quoted text; else the place that shows that none does. */
function closeOf(text: string, open: number, end: number): number {
  let depth = 0;
  let at = open;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === OPEN) depth += 1;
    else if (code === CLOSE) {
      depth -= 1;
      if (depth === 0) return at;
    } else if (code === SEMICOLON || code === OPEN_BRACE) return at;
    if (code === QUOTE || code === APOSTROPHE) at = endOfQuoted(text, at, end);
    else at = code === SLASH ? passComment(text, at) : at + 1;
  }
  return Math.min(at, end);
}

function endOfQuoted(text: string, open: number, end: number): number {
  const mark = text.charCodeAt(open);
  let at = open + 1;
  while (at < end && text.charCodeAt(at) !== mark && text.charCodeAt(at) !== NEWLINE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}

/** What a head with a body defines: the last word with parentheses that is no attribute, or what a macro makes of it. */
function namesOf(groups: readonly Group[], text: string): readonly string[] {
  const named = groups.filter(({ name }) => name !== '' && !ATTRIBUTE.test(name));
  const plain = named.filter(({ name }) => /[a-z]/.test(name) && !NO_NAME.test(name)).at(-1);
  if (plain) return [plain.name];
  const [first] = named;
  if (!first) return [];
  if (NO_NAME.test(first.name)) return returnedPointer(first, text);
  return generatedNames(first.name, argumentOf(first, text), 'body');
}

/** `int (*name(int a))(int)`: a function that gives a pointer to one. */
function returnedPointer({ open, close }: Group, text: string): readonly string[] {
  const name = /^\(\s*\*+\s*(?<name>[A-Za-z_]\w*)\s*\(/.exec(text.slice(open, Math.min(close, open + 100)))?.groups?.[
    'name'
  ];
  return name === undefined ? [] : [name];
}

function argumentOf({ open, close }: Group, text: string): string {
  return /^\(\s*(?<first>\w*)/.exec(text.slice(open, Math.min(close, open + 200)))?.groups?.['first'] ?? '';
}

/** `module_pci_driver(name);` and its like define functions without a body. */
function addDeclared(groups: readonly Group[], text: string, found: string[]): void {
  const [only] = groups;
  if (only && groups.length === 1) found.push(...generatedNames(only.name, argumentOf(only, text), 'semicolon'));
}
