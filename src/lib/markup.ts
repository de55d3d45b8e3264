import { toSafeText } from './safe-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML or XML, as content or between quotes: safe text (`toSafeText`) with the five characters escaped. */
export function escapeMarkup(text: string): string {
  return toSafeText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** The address as it may stand in a link, or `null` for everything that is not plain http(s). */
export function toLink(address: string | null): string | null {
  if (address === null || address.length > 2000 || !/^https?:\/\//i.test(address)) return null;
  try {
    return new URL(address).href;
  } catch {
    return null;
  }
}
