/**
 * A plain reading of HTML for what is too large for a converter that builds a tree: one pass over the tags, no nesting, no
 * tables, no lists. The words stay, and lines end where a block or a row ends.
 */

const TAG = /<(?<close>\/?)(?<name>[a-zA-Z][a-zA-Z0-9]{0,30})[^<>]{0,5000}>|<!--|<[!?][^<>]{0,5000}>/g;

/** Elements after whose tags a line ends. */
const BLOCKS = new Set(
  'address article blockquote body br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);
const CELLS = new Set(['td', 'th']);
/** Elements whose content is not for people. */
const HIDDEN = new Set(['script', 'style', 'title', 'template', 'noscript']);

const ENTITY = /&(?:#(?<decimal>\d{1,7})|#[xX](?<hex>[0-9a-fA-F]{1,6})|(?<name>[a-zA-Z]{2,8}));/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The words of HTML in time that grows with its length alone. */
export function readHtmlWords(html: string): string {
  const pieces: string[] = [];
  let at = 0;
  let isPreformatted = false;
  const say = (text: string) => pieces.push(isPreformatted ? text : text.replace(/\s+/g, ' '));
  TAG.lastIndex = 0;
  for (let tag = TAG.exec(html); tag !== null; tag = TAG.exec(html)) {
    say(html.slice(at, tag.index));
    at = TAG.lastIndex;
    const written = tag.groups?.['name'] ?? '';
    const name = written.toLowerCase();
    const isOpening = tag.groups?.['close'] === '';
    if (name === 'pre') isPreformatted = isOpening;
    if (BLOCKS.has(name)) pieces.push('\n');
    if (CELLS.has(name)) pieces.push(' ');
    if (tag[0] === '<!--') at = endOf(html, '-->', at) + 3;
    if (isOpening && HIDDEN.has(name)) at = endOf(html, `</${written}`, at);
    TAG.lastIndex = at;
  }
  say(html.slice(at));
  const text = pieces.join('').replace(/[ \t]{1,200}\n/g, '\n');
  return decodeEntities(text.replace(/\n{3,}/g, '\n\n')).trim();
}

/** Where something ends; the end of the text where it never does, so that nothing is looked for twice. */
function endOf(html: string, mark: string, from: number): number {
  const end = html.indexOf(mark, from);
  return end < 0 ? html.length : end;
}

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (entity, ...groups: unknown[]) => {
    const { decimal, hex, name } = groups.at(-1) as Record<string, string | undefined>;
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
  });
}
