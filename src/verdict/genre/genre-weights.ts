/**
 * How much a signal speaks for a report, a question or a discussion among mails that people wrote by hand. `first` is
 * counted once, `more` for each further one up to `most`. Set by reading the development corpus; a thread is a report
 * when it reaches the threshold and no other genre has more.
 */
export interface Weight {
  readonly signal: RegExp;
  readonly first: number;
  readonly more?: number;
  readonly most?: number;
}

export const REPORT_WEIGHTS: readonly Weight[] = [
  { signal: /^subject:bug$/, first: 5 },
  { signal: /^subject:regression$/, first: 3 },
  { signal: /^subject:failure:(?:crash|hang|boot|build|data)$/, first: 3 },
  { signal: /^subject:failure:(?:performance|warning|other)$/, first: 2 },
  { signal: /^trace$/, first: 4 },
  { signal: /^build-error$/, first: 3 },
  { signal: /^log$/, first: 1 },
  { signal: /^failure:(?:crash|hang|boot|build|data)$/, first: 1.5, more: 0.5, most: 1 },
  { signal: /^failure:(?:performance|warning|other)$/, first: 1, more: 0.5, most: 1 },
  { signal: /^reporter-voice$/, first: 1, more: 0.25, most: 0.5 },
  { signal: /^reproduces$/, first: 1 },
  { signal: /^asks-whether-known$/, first: 1 },
  { signal: /^attached-log$/, first: 1 },
  { signal: /^blames-change$/, first: 1.5 },
  { signal: /^claim$/, first: 2 },
  { signal: /^facts$/, first: 1 },
  { signal: /^subject:observed:(?:nothing|not|gone|verb|message)$/, first: 1.5 },
  { signal: /^subject:observed:(?:before|elsewhere|expected|figures)$/, first: 1 },
  { signal: /^observed:(?:nothing|not|gone|verb|message)$/, first: 1, more: 0.25, most: 0.5 },
  { signal: /^observed:(?:before|elsewhere|figures)$/, first: 1, more: 0.25, most: 0.5 },
  { signal: /^observed:expected$/, first: 0.5 },
  { signal: /^printed$/, first: 0.5 },
  { signal: /^opens-plainly$/, first: 2 },
  { signal: /^proposes$/, first: -1.5 },
  { signal: /^subject:rfc$/, first: -4 },
];

export const QUESTION_WEIGHTS: readonly Weight[] = [
  { signal: /^subject:question$/, first: 2.5 },
  { signal: /^asks-how$/, first: 1.5, more: 1, most: 2 },
  { signal: /^asks-question$/, first: 1.5, more: 0.25, most: 0.5 },
  { signal: /^asks-whether-known$/, first: 0.5 },
];

export const DISCUSSION_WEIGHTS: readonly Weight[] = [
  { signal: /^subject:rfc$/, first: 4 },
  { signal: /^proposes$/, first: 2, more: 0.5, most: 1 },
  { signal: /^own-words$/, first: 1 },
];

/** A reply is a report within another thread only where its author tells a failure, and shows or blames. */
export const EMBEDDED_WEIGHTS: readonly Weight[] = [
  { signal: /^trace$/, first: 4 },
  { signal: /^build-error$/, first: 5 },
  { signal: /^blames-change$/, first: 3 },
  { signal: /^claim$/, first: 1.5 },
  { signal: /^log$/, first: 1.5 },
  { signal: /^failure:(?:crash|hang|boot|build|data)$/, first: 1.5, more: 0.5, most: 0.5 },
  { signal: /^failure:(?:performance|warning|other)$/, first: 1, more: 0.5, most: 0.5 },
  { signal: /^reporter-voice$/, first: 1 },
  { signal: /^attached-log$/, first: 1 },
  { signal: /^reproduces$/, first: 0.5 },
  { signal: /^printed$/, first: 0.5 },
  { signal: /^diff$/, first: -2 },
];

/** What a reply must reach to be a report. */
export const EMBEDDED_THRESHOLD = 5;

/** What a report must reach. */
export const REPORT_THRESHOLD = 3;

/** The weight of all the names together, and the names that counted, heaviest first. */
export function weigh(
  weights: readonly Weight[],
  names: readonly string[],
): { readonly sum: number; readonly decided: readonly string[] } {
  let sum = 0;
  const decided: { name: string; weight: number }[] = [];
  for (const { signal, first, more = 0, most = 0 } of weights) {
    const hits = names.filter((name) => signal.test(name));
    if (hits.length === 0) continue;
    const weight = first + Math.min(most, more * (hits.length - 1));
    sum += weight;
    decided.push({ name: hits[0] ?? '', weight });
  }
  decided.sort((a, b) => b.weight - a.weight);
  return { sum, decided: decided.map(({ name }) => name) };
}
