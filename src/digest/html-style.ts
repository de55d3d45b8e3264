import { escapeMarkup as escape } from '../lib/markup.ts';

/**
 * Colours that can be read on white and on black alike, since many mail programs ignore the style sheet below and
 * some turn colours around: text keeps the reader's own colour, and only marks are tinted.
 */
export const RED = '#c2410c';
export const BLUE = '#2f6fd0';
export const GREY = '#7a7f87';

/** Bars, in the order of `Digest.mix`: told apart by people who see few colours, and by the words beside them. */
export const TINTS: Readonly<Record<string, string>> = {
  reports: '#d9622b',
  questions: '#c9a227',
  patches: '#3f7fd6',
  machines: '#8a8f98',
  talk: '#4fa08b',
};

export const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif;font-size:15px;line-height:1.45';
export const MONO = 'font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px';

/** For programs that read it: dark mode, and one column on phones. Without it the page is whole all the same. */
export const SHEET = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  'body{background:#fff;color:#1b1f24}',
  '@media (prefers-color-scheme:dark){body{background:#14171b!important;color:#e4e7eb!important}',
  '.card{border-color:#363c44!important}.log{background:#1f242a!important}a{color:#7fb0ff!important}',
  '.warn{color:#ff9a6b!important}.soft{color:#9aa3ad!important}.rail{background:#2a3037!important}}',
  '@media (max-width:520px){.page{padding:12px!important}',
  '.label{display:block!important;width:auto!important;padding:6px 0 0!important}',
  '.text{display:block!important;width:auto!important}.count{padding-right:10px!important}.wait{width:44px!important}}',
].join('');

/** A table that only lays out: nothing between its cells, and no table for those who listen. */
export const TABLE = '<table role="presentation" border="0" cellpadding="0" cellspacing="0"';

/** Words beside others, said softly. */
export function soft(text: string, size = 13): string {
  return `<span class="soft" style="color:${GREY};font-size:${size}px">${escape(text)}</span>`;
}

/** Addresses were made safe when the digest was composed: `url` is http(s) or `null`. */
export function linked(text: string, url: string | null): string {
  return url === null ? escape(text) : `<a href="${escape(url)}" style="color:${BLUE}">${escape(text)}</a>`;
}

export function writeHeading(title: string, count: number): string {
  return `<h2 style="font-size:18px;line-height:1.3;margin:28px 0 8px">${escape(title)} ${soft(String(count), 16)}</h2>`;
}
