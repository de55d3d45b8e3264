import type { DigestSource } from '../model/digest.ts';
import { toSafeLine } from '../lib/safe-text.ts';

/** What a digest could not see, a sentence each: one that hides it is not trusted. */
export function findBlindSpots({ counts, blindSpots = [] }: DigestSource): string[] {
  const { failures, nearMisses } = counts;
  return [
    ...blindSpots.map((one) => toSafeLine(one, 300)),
    ...(failures > 0 ? [`${failures} ${failures === 1 ? 'mail' : 'mails'} could be read only in part.`] : []),
    ...(nearMisses > 0
      ? [
          `${nearMisses} ${nearMisses === 1 ? 'mail holds' : 'mails hold'} what looks like a crash log of a kind that heddle does not know.`,
        ]
      : []),
  ];
}
