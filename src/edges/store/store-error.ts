/** The store cannot be used; the message is one line for a person: which file, what is wrong, what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
