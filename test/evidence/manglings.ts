import type { Family } from './trace/cases.ts';

/** What mail does to a log (domain.md 8.2 and 3.9); what it leaves must read the same. */
export interface Mangling {
  readonly name: string;
  readonly mangle: (lines: readonly string[], family: Family) => string[];
  /** The part is sent as format=flowed; nothing may come behind it. */
  readonly flowed?: true;
  /** Adds what stands in front of the lines: must come before what wraps or quotes them. */
  readonly inner?: true;
}

const SYSLOG: Readonly<Record<Family, string>> = {
  linux: 'dom0 kernel:',
  xen: 'dom0 hypervisor:',
  userspace: 'dom0 tool[4711]:',
};

/** Who says a line in the system log: the kernel, where it has the kernel's stamp. */
const tagOf = (line: string, family: Family): string => SYSLOG[/^\[ *\d+\.\d{6}\]/.test(line) ? 'linux' : family];

const each =
  (change: (line: string, family: Family) => string): Mangling['mangle'] =>
  (lines, family) =>
    lines.map((line) => change(line, family));

const wrapAt =
  (width: number): Mangling['mangle'] =>
  (lines) =>
    lines.flatMap((line) => wrap(line, width));

/** Breaks at blanks, never inside the indentation or behind a quote mark. */
export function wrap(line: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const indent = /^[>\s]*/.exec(rest)?.[0].length ?? 0;
    const before = rest.lastIndexOf(' ', width);
    const at = before > indent ? before : rest.indexOf(' ', Math.max(width, indent + 1));
    if (at < 0) break;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...pieces, rest];
}

/** What Xen prints behind its prefix with `console_timestamps=`. */
const stampXen = (stamp: string): Mangling['mangle'] =>
  each((line) =>
    line.startsWith('(XEN) ') && !/^\(XEN\) \[ *[\d.:a-f-]+[\] ]/.test(line) ? `(XEN) ${stamp} ${line.slice(6)}` : line,
  );

/** Prefixes that loggers, consoles and commit messages put in front of each line. */
export const PREFIXES: readonly Mangling[] = [
  { name: 'syslog', inner: true, mangle: each((line, family) => `Oct 17 22:52:07 ${tagOf(line, family)} ${line}`) },
  {
    name: 'journal in French',
    inner: true,
    mangle: each((line, family) => `janv. 16 09:25:02 ${tagOf(line, family).replace('dom0', 'serveur')} ${line}`),
  },
  { name: 'test lab', inner: true, mangle: each((line) => `Nov 18 01:55:18.633866 ${line}`) },
  { name: 'logger with dates', inner: true, mangle: each((line) => `[2022-09-10 21:50:26] ${line}`) },
  { name: 'console_timestamps=date', inner: true, mangle: stampXen('[2021-09-06 18:15:04]') },
  { name: 'console_timestamps=datems', inner: true, mangle: stampXen('[2021-09-06 18:15:04.090]') },
  { name: 'console_timestamps=boot', inner: true, mangle: stampXen('[   24.247302]') },
  { name: 'console_timestamps=raw', inner: true, mangle: stampXen('[0000000d2c23739a]') },
  {
    name: 'stamps without padding',
    inner: true,
    mangle: each((line) => line.replace(/^\[ +(?=\d)/, '[')),
  },
  { name: 'levels', inner: true, mangle: each((line) => (/^\[ *\d/.test(line) ? `<4>${line}` : line)) },
  { name: 'indented', inner: true, mangle: each((line) => `    ${line}`) },
];

/** What mailers and people do to the text. */
export const MAILERS: readonly Mangling[] = [
  { name: 'quoted', mangle: each((line) => `> ${line}`) },
  { name: 'quoted twice', mangle: each((line) => `>> ${line}`) },
  { name: 'quoted with blanks', mangle: each((line) => `> > ${line}`) },
  { name: 'wrapped at 65', mangle: wrapAt(65) },
  { name: 'wrapped at 72', mangle: wrapAt(72) },
  { name: 'wrapped at 76', mangle: wrapAt(76) },
  { name: 'wrapped at 78', mangle: wrapAt(78) },
  {
    name: 'wrapped after quoting',
    mangle: (lines) => lines.flatMap((line) => wrap(`> ${line}`, 76)),
  },
  {
    name: 'quoted after wrapping',
    mangle: (lines) => lines.flatMap((line) => wrap(line, 72)).map((line) => `> ${line}`),
  },
  { name: 'no-break spaces', mangle: each((line) => line.replace(/ {2}/g, '\u00a0 ')) },
  { name: 'only no-break spaces', mangle: each((line) => line.replace(/ /g, '\u00a0')) },
  { name: 'marks without width', mangle: each((line) => `\u200b${line}\u200b`) },
  { name: 'blank lines between', mangle: (lines) => lines.flatMap((line) => [line, '']) },
  { name: 'CRLF', mangle: each((line) => `${line}\r`) },
  { name: 'fenced', mangle: (lines) => ['```', ...lines, '```'] },
  {
    name: 'signed',
    mangle: (lines) => [
      '-----BEGIN PGP SIGNED MESSAGE-----',
      'Hash: SHA256',
      '',
      ...lines.map((line) => (line.startsWith('-') ? `- ${line}` : line)),
      '-----BEGIN PGP SIGNATURE-----',
      '',
      'iQIzBAEBCAAdFiEEexampleexampleexample',
      '-----END PGP SIGNATURE-----',
    ],
  },
  {
    name: 'under the head of an Outlook reply',
    mangle: (lines) => [
      'From: A Person <a.person@example.org>',
      'Sent: Monday, 6 May 2024 10:11',
      'To: list@example.org',
      'Subject: RE: crash',
      '',
      ...lines,
    ],
  },
  {
    name: 'above the foot of a list and a disclaimer',
    mangle: (lines) => [
      ...lines,
      '',
      'This message and its attachments are for the addressee only and may be',
      'confidential.',
      '_______________________________________________',
      'Example-devel mailing list',
      'devel@lists.example.org',
      'https://lists.example.org/devel',
    ],
  },
  {
    name: 'with links that a gateway rewrote',
    mangle: (lines) => [
      '[1] https://urldefense.example.org/v3/__https://example.org/log__;!!abc$ [example[.]org]',
      '',
      ...lines,
    ],
  },
  {
    name: 'flowed',
    mangle: (lines) =>
      lines.flatMap((line) =>
        wrap(line.trimEnd(), 70).map((piece, at, all) => (at < all.length - 1 ? `${piece} ` : piece)),
      ),
    flowed: true,
  },
];
