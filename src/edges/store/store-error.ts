/**
 * The store cannot be used; the message is one line for a person: which store, what is wrong, what to do. The driver's own
 * error is its `cause`.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  /** The work may succeed when it is simply done again: the line was lost, the server is starting. Nothing was left half done. */
  readonly isPassing: boolean;

  constructor(message: string, options: { readonly cause?: unknown; readonly isPassing?: boolean } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.isPassing = options.isPassing ?? false;
  }
}
