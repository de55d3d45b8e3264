import type { Address } from '../../model/message.ts';

/** How heddle's mail presents itself. */
export interface PostSettings {
  /** The bot's own address, and what it is called. */
  readonly from: Address;
  /** Name of the list that digests are of. */
  readonly list: string;
  /** Where the web server is found from outside (`https://heddle.example.org`), or `null`. */
  readonly origin: string | null;
  /** Mail to `bot+anything@host` reaches the bot. */
  readonly hasSubaddresses: boolean;
  /** Letters wait for the operator's word. */
  readonly mustApprove: boolean;
}

export function toHost({ from }: Pick<PostSettings, 'from'>): string {
  return from.address.slice(from.address.lastIndexOf('@') + 1);
}
