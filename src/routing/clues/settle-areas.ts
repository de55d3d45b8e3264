import type { Clue } from './clue.ts';
import type { AreaClue } from './find-word-clues.ts';

/** A trace says where it happened: words of a configuration that stand beside it are hardly about it. */
const PLAIN = 0.5;
const BESIDE = 0.4;
/** `PVH` beside `OVMF` says in which kind of guest. */
const WIDE = 0.4;
const SPECIAL = 0.1;
/** What broke with another version of Linux or QEMU happens under Xen, and is not Xen's for that. */
const ELSEWHERE = 0.4;

interface Around {
  /** Clues of the thread's traces. */
  readonly traces: readonly Clue[];
  /** Do the mails say that another version of another project broke it. */
  readonly isElsewhere: boolean;
}

/** Words that name parts, each weighed by what else the thread says: words alone count whole. */
export function settleAreas(areas: readonly AreaClue[], { traces, isElsewhere }: Around): Clue[] {
  const isTraced = traces.some(({ weight, of }) => of === 'files' && weight >= PLAIN);
  const isSpecial = areas.some(({ isWide, weight }) => !isWide && weight >= SPECIAL);
  return areas.map((area) => {
    const beside = isTraced && !area.isFirm ? BESIDE : 1;
    const wide = area.isWide && isSpecial ? WIDE : 1;
    const elsewhere = isElsewhere && area.project === 'xen' ? ELSEWHERE : 1;
    return { ...area, weight: area.weight * beside * wide * elsewhere };
  });
}
