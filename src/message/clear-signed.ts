const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';
const END = '-----END PGP SIGNATURE-----';

/**
 * Takes the armour of clear-signed text (RFC 4880 7) off: its lines become empty, so that every other line keeps its number,
 * and `- ` before lines that begin with a dash is undone.
 */
export function removeArmour(text: string): string {
  if (!text.includes(BEGIN)) return text;
  let state: 'outside' | 'header' | 'signed' | 'signature' = 'outside';
  const lines = text.split('\n');
  return lines
    .map((line, index) => {
      const bare = line.trimEnd();
      switch (state) {
        case 'outside':
          if (bare !== BEGIN) return line;
          state = 'header';
          return '';
        case 'header':
          if (bare === '' || !/^[A-Z][A-Za-z]{1,20}: /.test(bare)) state = 'signed';
          return state === 'header' ? '' : undash(line);
        case 'signed':
          if (bare !== SIGNATURE) return undash(line);
          state = 'signature';
          return '';
        case 'signature':
          if (bare === END) state = 'outside';
          // A signature whose end is missing must not swallow the rest of the text.
          else if (!/^(?:[A-Za-z0-9+/=]{0,80}|[A-Z][A-Za-z]{1,20}: .{0,100})$/.test(bare)) {
            state = 'outside';
            return lines[index] ?? '';
          }
          return '';
      }
    })
    .join('\n');
}

function undash(line: string): string {
  return line.startsWith('- ') ? line.slice(2) : line;
}
