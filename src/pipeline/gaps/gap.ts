/** Something that heddle ought to have seen and has not. */
export interface Gap {
  readonly kind: 'silent-list' | 'missing-mails' | 'missing-numbers' | 'failing' | 'unheard' | 'never-read';
  /** What it is about: the name of a mailbox, the List-Id of a list. */
  readonly subject: string;
  /** One sentence for a person, the same wherever it is told. */
  readonly text: string;
}
