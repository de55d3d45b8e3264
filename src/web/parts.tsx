import { daysBetween, writeDays } from '../lib/days.ts';

const TONES: Readonly<Record<string, string>> = {
  report: 'red',
  security: 'red',
  question: 'amber',
  patch: 'blue',
  'pull-request': 'blue',
  fixed: 'green',
  duplicate: 'green',
  'not-a-bug': 'green',
  'patch-proposed': 'blue',
  'needs-info': 'amber',
  new: 'amber',
};

/** What kind of thread it is, with its symptoms. */
export function GenreTag({ genre, symptoms }: { readonly genre: string; readonly symptoms: readonly string[] }) {
  return <span class={`tag ${TONES[genre] ?? ''}`}>{[genre, ...symptoms].join(' · ')}</span>;
}

export function StatusTag({ status }: { readonly status: string }) {
  return <span class={`tag ${TONES[status] ?? ''}`}>{status}</span>;
}

/** A day, and how long ago it was; the whole instant on hovering. */
export function Age({ at, now }: { readonly at: string | null; readonly now: string }) {
  if (at === null) return <>undated</>;
  const days = daysBetween(at, now);
  const ago = days === null ? '' : days <= 0 ? ', today' : `, ${writeDays(days)} ago`;
  return (
    <time datetime={at} title={at}>
      {at.slice(0, 10)}
      {ago}
    </time>
  );
}
