/** A server that asks for more is asked again after a day. */
const MOST_MS = 24 * 60 * 60_000;

/** What `Retry-After` asks for, seconds or a date, in milliseconds from `now`; `null` where it says nothing that can be read. */
export function readRetryAfter(value: string | null, now: Date): number | null {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Math.min(MOST_MS, Number(text) * 1000);
  const date = Date.parse(text);
  if (!/^[A-Z][a-z]{2}/.test(text) || Number.isNaN(date)) return null;
  return Math.min(MOST_MS, Math.max(0, date - now.getTime()));
}
