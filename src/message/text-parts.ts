import type { Gap, Message, Part, Problem } from '../model/message.ts';
import { isUnread, readAttachment } from './attachment.ts';
import { MAX_PART_TEXT, tidyBytes, tidyText, type Tidied } from './bounds.ts';
import { decodeText, isAsciiBased } from './charset.ts';
import { removeArmour } from './clear-signed.ts';
import { decodeWords } from './encoded-words.ts';
import { htmlToText } from './html-text.ts';
import type { Leaf } from './mime-leaves.ts';
import { decodeTransfer } from './transfer.ts';

/** All text of one mail together; parts beyond are named but not read. */
const MAX_MAIL_TEXT = 16 * 1024 * 1024;
/** Bytes of a text that are looked at where it cannot be cut line by line before it is decoded: HTML, and UTF-16. */
const MAX_UNCUT = 3 * MAX_PART_TEXT + 65_536;

type OtherPart = Message['otherParts'][number];

/** A part in the making. */
interface Draft {
  name: string;
  readonly type: string;
  text: string;
  readonly flowed: boolean;
  readonly delSp: boolean;
  gap?: Gap;
}

/** The text of a mail's leaves: the body first, then attachments in order; and the names of all that is no text. */
export function readParts(
  leaves: readonly Leaf[],
  problems: Problem[],
): { readonly parts: readonly Part[]; readonly otherParts: readonly OtherPart[] } {
  const bodies: Draft[] = [];
  const attachments: Draft[] = [];
  const otherParts: OtherPart[] = [];
  const plainAlternatives = findPlainAlternatives(leaves);
  let length = 0;
  leaves.forEach((leaf, index) => {
    // A mail that is one text is its body, even where a script gave it a file name.
    const name = leaves.length === 1 && isInline(leaf) ? null : nameOf(leaf);
    if (name === null && isOtherwiseSaid(leaf, plainAlternatives)) return;
    const label =
      name ??
      (leaf.forwarded ? `forwarded-${leaf.forwarded.number}` : isInline(leaf) ? 'body' : `attachment-${index + 1}`);
    const draft = length > MAX_MAIL_TEXT ? null : readLeaf(leaf, label, problems);
    if (draft === null) {
      otherParts.push({ name: label, type: leaf.type.value, bytes: decodedSize(leaf) });
      return;
    }
    length += draft.text.length;
    const isBody = name === null && isInline(leaf);
    addDraft(draft, isBody && !leaf.forwarded ? bodies : attachments, isBody);
  });
  return { parts: nameUniquely([...bodies, ...attachments]), otherParts };
}

/** Alternatives that have a text/plain part with something in it. */
function findPlainAlternatives(leaves: readonly Leaf[]): ReadonlySet<number> {
  const plain = new Set<number>();
  for (const { type, alternative, body } of leaves) {
    if (alternative !== null && type.value === 'text/plain' && /\S/.test(body.toString('latin1', 0, 4096))) {
      plain.add(alternative);
    }
  }
  return plain;
}

/** HTML beside the plain text of the same alternative, or a plain text that a mailer left blank. */
function isOtherwiseSaid({ alternative, type }: Leaf, plainAlternatives: ReadonlySet<number>): boolean {
  if (alternative === null) return false;
  const isPlain = plainAlternatives.has(alternative);
  return type.value === 'text/html' ? isPlain : type.value === 'text/plain' && !isPlain;
}

/** Unnamed texts in one flow (a body, a list's footer) are one part, as a reader sees them. */
function addDraft(draft: Draft, drafts: Draft[], joins: boolean): void {
  const last = drafts.at(-1);
  const fits = last && last.name === draft.name && (isFlowedAlike(last, draft) || !hasFlow(draft.text));
  if (!joins || !fits) {
    drafts.push(draft);
    return;
  }
  const before = last.text === '' || last.text.endsWith('\n') ? last.text : `${last.text}\n`;
  // Of two gaps the first one counts: behind the second, lines are numbered as they stand.
  if (!last.gap && draft.gap) {
    last.gap = { after: before.split('\n').length - 1 + draft.gap.after, lines: draft.gap.lines };
  }
  last.text = before + draft.text;
}

function isFlowedAlike(a: Draft, b: Draft): boolean {
  return a.flowed === b.flowed && a.delSp === b.delSp;
}

/** Whether undoing format=flowed would change the text; of a list's footer it does not. */
function hasFlow(text: string): boolean {
  return /^[ >]| $/m.test(text);
}

function isInline(leaf: Leaf): boolean {
  return (
    leaf.disposition.value !== 'attachment' && (leaf.type.value === 'text/plain' || leaf.type.value === 'text/html')
  );
}

function readLeaf(leaf: Leaf, label: string, problems: Problem[]): Draft | null {
  const type = leaf.type.value;
  if (isUnread(type)) return null;
  const encoding = leaf.header.first('content-transfer-encoding').trim().toLowerCase().replace(/^"|"$/g, '');
  const isText = type.startsWith('text/');
  const { bytes, problem } = decodeTransfer(leaf.body, encoding);
  if (problem !== null) problems.push({ kind: 'bad-encoding', text: `${label}: ${problem}` });
  const attachment =
    isText && isInline(leaf) ? { kind: 'text' as const, bytes } : readAttachment({ label, type, bytes }, problems);
  if (attachment.kind === 'other') return null;
  const params = leaf.type.params;
  const { text, gap } = toText({ leaf, label, bytes: attachment.bytes }, problems);
  return {
    name: label,
    type,
    text,
    flowed: params.get('format')?.toLowerCase() === 'flowed',
    delSp: params.get('delsp')?.toLowerCase() === 'yes',
    ...(gap === null ? {} : { gap }),
  };
}

/** Bytes of a part as text within the bounds. Large ones are cut before they are decoded, which is what costs. */
function toText(
  { leaf, label, bytes }: { readonly leaf: Leaf; readonly label: string; readonly bytes: Buffer },
  problems: Problem[],
): Tidied {
  const charset = leaf.type.params.get('charset') ?? null;
  const isHtml = leaf.type.value === 'text/html';
  let kept = bytes;
  let gap: Gap | null = null;
  if (bytes.length > MAX_PART_TEXT && !isHtml && isAsciiBased(bytes, charset)) {
    const cut = tidyBytes(bytes, label, problems);
    kept = Buffer.from(cut.text, 'latin1');
    ({ gap } = cut);
  } else if (bytes.length > MAX_UNCUT) {
    kept = bytes.subarray(0, MAX_UNCUT);
    problems.push({ kind: 'part-cut', text: `${label} is too long: only its first ${MAX_UNCUT} bytes were read` });
  }
  const decoded = decodeText(kept, charset);
  if (decoded.problem !== null) problems.push({ kind: 'bad-charset', text: `${label}: ${decoded.problem}` });
  const head = forwardedHead(leaf);
  const tidied = tidyText(head + removeArmour(isHtml ? htmlToText(decoded.text) : decoded.text), label, problems);
  if (gap === null) return tidied;
  return { text: tidied.text, gap: { after: gap.after + head.split('\n').length - 1, lines: gap.lines } };
}

const SHOWN_OF_FORWARDED = ['from', 'to', 'cc', 'date', 'subject', 'message-id'] as const;

/** A forwarded mail's text starts with the lines that say whose it is. */
function forwardedHead(leaf: Leaf): string {
  const header = leaf.forwarded?.header;
  if (!header || !isInline(leaf)) return '';
  const lines = SHOWN_OF_FORWARDED.flatMap((name) => {
    const value = decodeWords(header.first(name)).slice(0, 1_000);
    return value === '' ? [] : `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${value}\n`;
  });
  return lines.length === 0 ? '' : `${lines.join('')}\n`;
}

/** A file name without its folders and without anything that a terminal or a file system would obey. */
function nameOf(leaf: Leaf): string | null {
  const given = leaf.disposition.params.get('filename') ?? leaf.type.params.get('name') ?? '';
  const name = (given.split(/[/\\]/).at(-1) ?? '')
    .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .slice(0, 120);
  return name === '' || /^\.+$/.test(name) ? null : name;
}

function nameUniquely(drafts: readonly Draft[]): Part[] {
  const used = new Map<string, number>();
  return drafts.map((draft) => {
    const count = (used.get(draft.name) ?? 0) + 1;
    used.set(draft.name, count);
    let name = count === 1 ? draft.name : `${draft.name} (${count})`;
    while (count > 1 && used.has(name)) name += "'";
    if (count > 1) used.set(name, 1);
    return { ...draft, name };
  });
}

function decodedSize(leaf: Leaf): number {
  const isBase64 = /base64/i.test(leaf.header.first('content-transfer-encoding'));
  return isBase64 ? Math.floor(leaf.body.length * 0.74) : leaf.body.length;
}
