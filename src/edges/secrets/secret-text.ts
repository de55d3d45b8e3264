/** What was found where a secret is kept, or why there is none: one line for a person, which never holds any of it. */
export type SecretText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failure'; readonly reason: string; readonly retry: 'later' | 'never' };

/** Longer than any password, shorter than what a wrong file or a command that babbles would bring. */
export const MAX_SECRET = 64 * 1024;

/** The first line without its line end: a file that an editor wrote ends with one, `pass show` adds notes below. */
export function toFirstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').replace(/\r$/, '');
}
