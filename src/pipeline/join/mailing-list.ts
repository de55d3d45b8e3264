/** A list that can be joined by mail. */
export interface MailingList {
  /** `xen-devel`, and the host that its addresses are at. */
  readonly name: string;
  readonly host: string;
}

/**
 * Lists by the name that people use, where the host of the addresses is known: lists.xenproject.org/mailman/listinfo and
 * lists.nongnu.org/mailman/listinfo (Mailman 2), lists.libvirt.org (Mailman 3).
 */
const LISTS: readonly MailingList[] = [
  { name: 'xen-devel', host: 'lists.xenproject.org' },
  { name: 'xen-users', host: 'lists.xenproject.org' },
  { name: 'xen-announce', host: 'lists.xenproject.org' },
  { name: 'qemu-devel', host: 'nongnu.org' },
  { name: 'qemu-block', host: 'nongnu.org' },
];

const ADDRESS = /^(?<name>[a-z0-9][a-z0-9._-]{0,63})@(?<host>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})$/;

/** A list by its name (where it is known) or by its address; `null` for anything else. */
export function findList(text: string): MailingList | null {
  const wanted = text.trim().toLowerCase();
  const known = LISTS.find(({ name }) => name === wanted);
  if (known) return known;
  const { name, host } = ADDRESS.exec(wanted)?.groups ?? {};
  return name !== undefined && host !== undefined ? { name, host } : null;
}

/** Where a list takes requests: the one address that heddle ever writes to. Mailman 2 and 3 both have it, and never hand on what comes there. */
export function toRequestAddress({ name, host }: MailingList): string {
  return `${name}-request@${host}`;
}

/** What the mails of a list name it by (RFC 2919). */
export function toListId({ name, host }: MailingList): string {
  return `${name}.${host}`;
}
