/** A mail with its size in bytes, as the server says. */
export interface SizedMail {
  readonly uid: number;
  readonly size: number;
}

/**
 * Parts mails into groups that are fetched at once: of at most `most` mails and `bytes` bytes, a longer mail and one that has to
 * be alone by themselves. `mails` ascend; with `downward` the groups go from the highest to the lowest, each ascending in itself.
 */
export function toChunks(
  mails: readonly SizedMail[],
  {
    downward,
    most,
    bytes,
    isAlone,
  }: {
    readonly downward: boolean;
    readonly most: number;
    readonly bytes: number;
    readonly isAlone: (uid: number) => boolean;
  },
): SizedMail[][] {
  const chunks: SizedMail[][] = [];
  let chunk: SizedMail[] = [];
  let held = 0;
  const close = (): void => {
    if (chunk.length > 0) chunks.push(downward ? chunk.toReversed() : chunk);
    chunk = [];
    held = 0;
  };
  for (const mail of downward ? mails.toReversed() : mails) {
    const alone = isAlone(mail.uid);
    if (alone || chunk.length >= most || held + mail.size > bytes) close();
    chunk.push(mail);
    held += mail.size;
    if (alone) close();
  }
  close();
  return chunks;
}
