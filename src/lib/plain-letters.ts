/** Letters that are written in two ways; the right side stands for both. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ä/g, 'ae'],
  [/ö/g, 'oe'],
  [/ü/g, 'ue'],
  [/ß/g, 'ss'],
  [/ø/g, 'oe'],
  [/å/g, 'aa'],
  [/ł/g, 'l'],
];

/** Lower case, umlauts and their kin spelled out, other accents taken off: for comparing names, never for showing them. */
export function toPlainLetters(text: string): string {
  let plain = text.normalize('NFC').toLowerCase();
  for (const [letter, spelling] of SPELLINGS) plain = plain.replace(letter, spelling);
  return plain.normalize('NFD').replace(/\p{M}/gu, '');
}
