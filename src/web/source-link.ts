import type { Frame } from '../model/evidence.ts';
import { toLink } from '../lib/markup.ts';

/** What a tag is made of: `6.16.1-1.qubes` and `4.18.0` are read of 6.16.1 and 4.18.0. */
const TAG = /^v?(?<tag>\d{1,3}\.\d{1,4}(?:\.\d{1,4})?(?:-rc\d{1,2})?)/;

/**
 * Where the source of a frame is read on the web.
 *
 * @param template an address with `{version}`, `{file}`, `{line}` and `{function}`; `null` is answered where the log does not
 *   tell one that it wants.
 */
export function toSourceLink(template: string | undefined, version: string | null, frame: Frame): string | null {
  if (template === undefined) return null;
  const [file, line] = (frame.location ?? '').split(':');
  const known: Readonly<Record<string, string | undefined>> = {
    version: TAG.exec(version ?? '')?.groups?.['tag'],
    file: file === '' ? undefined : file,
    line,
    function: frame.function
      .replace(/\.(?:isra|part|constprop|cold|llvm)\b.*$/, '')
      .split('#')
      .at(-1),
  };
  let isKnown = true;
  const filled = template.replace(/\{(?<name>version|file|line|function)\}/g, (_all, name: string) => {
    const value = known[name];
    isKnown &&= value !== undefined;
    return name === 'file' ? encodeURI(value ?? '') : encodeURIComponent(value ?? '');
  });
  return isKnown ? toLink(filled) : null;
}
