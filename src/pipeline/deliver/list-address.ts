/** Which lists are known, and which of them may get digests all the same. */
export interface KnownLists {
  /** List-Ids of mails in the store: `xen-devel.lists.xenproject.org`. */
  readonly seen: readonly string[];
  /** Addresses that the operator names. */
  readonly allowed: readonly string[];
}

/** Hosts that are there for lists, by the first words of their names, and by their whole names. */
const LIST_HOST =
  /^(?:lists?|mailman|listserv|groups|googlegroups|vger|lore|sympa|ml)\.|^(?:nongnu\.org|googlegroups\.com|groups\.io|freelists\.org|lists\.sr\.ht|yahoogroups\.com)$/;

/** What lists are called; people are not. */
const LIST_NAME =
  /(?:^|[-_.])(?:devel|developers|announce|announcements?|users|commits|patches|discuss|maintainers|list|mailinglist|changelog|security|all|everyone|request|bounces|owner|subscribe|join|leave|confirm)$|^(?:linux|qemu|xen|kernel|kvm|netdev|stable|lkml|libvir|grub|seabios)(?:-[a-z0-9]{1,30}){0,3}$/;

/** Addresses behind which nobody reads, or everybody. */
const NOBODY = /^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|abuse|root|daemon)$/;

/**
 * Why an address is no person's, in one line, or `null`. A digest that goes to a list by mistake is one that thousands read: what
 * looks like a list is refused unless the operator allows it by its name.
 */
export function findListFault(address: string, { seen, allowed }: KnownLists): string | null {
  const [name = '', host = ''] = address.toLowerCase().split('@');
  if (allowed.some((one) => one.toLowerCase() === `${name}@${host}`)) return null;
  const hint = 'HEDDLE_ALLOW_LISTS names those that may get digests';
  if (seen.some((id) => id === `${name}.${host}`)) return `${address} is a list that heddle reads; ${hint}`;
  if (LIST_HOST.test(host)) return `${address} is at a host of lists; ${hint}`;
  if (NOBODY.test(name)) return `nobody reads ${address}`;
  return LIST_NAME.test(name) ? `${address} is called like a list; ${hint}` : null;
}
