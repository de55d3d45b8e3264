/** What `JSON.stringify` lets through and a terminal or a script would obey. */

const LOUD = /[\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** JSON with two blanks of indent that loses nothing and does nothing to a terminal: odd characters as `\uXXXX`. */
export function writeSafeJson(value: unknown): string {
  return quiet(JSON.stringify(value, null, 2));
}

/** The same on one line, for records that are read line by line. */
export function writeSafeJsonLine(value: unknown): string {
  return quiet(JSON.stringify(value));
}

function quiet(json: string): string {
  return json.replace(LOUD, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
