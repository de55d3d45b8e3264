import type { Digest, Fold } from './digest.ts';

/** What is folded, under one heading, ready to be laid out. */
export interface FoldBlock {
  readonly title: string;
  readonly count: number;
  readonly lines: readonly {
    readonly text: string;
    readonly url: string | null;
    /** `2 mails`, or `null` where a line stands for one thing. */
    readonly aside: string | null;
  }[];
}

const BLOCKS: readonly {
  readonly title: string;
  readonly counted: boolean;
  readonly read: (digest: Digest) => readonly Fold[];
}[] = [
  { title: 'Machine mail', counted: true, read: ({ ci }) => ci },
  { title: 'Mends a commit, asks for no backport', counted: false, read: ({ backports }) => backports },
  { title: 'Background', counted: true, read: ({ background }) => background },
];

/** The folded parts of a digest in the order of reading; those without a line are left out. */
export function toFoldBlocks(digest: Digest): FoldBlock[] {
  return BLOCKS.map(({ title, counted, read }) => {
    const folds = read(digest);
    return {
      title,
      count: folds.reduce((sum, { mails }) => sum + mails, 0),
      lines: folds.map(({ text, url, mails }) => ({
        text,
        url,
        aside: counted ? `${mails} ${mails === 1 ? 'mail' : 'mails'}` : null,
      })),
    };
  }).filter(({ lines }) => lines.length > 0);
}
