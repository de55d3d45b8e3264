/**
 * The store cannot be used; the message is one line for a person: which file, what is wrong, what to do. The driver's own
 * error is its `cause`.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
