/** A person as a mail names him. */
export interface NamedPerson {
  readonly name: string;
  /** Where the mail writes it beside the name, or instead of one. */
  readonly address: string | null;
}

/** Names that a text begins with, and how much of it they took. */
export interface NameList {
  readonly people: readonly NamedPerson[];
  /** What follows the names. */
  readonly rest: string;
}

const WORD = String.raw`(?:\p{Lu}[\p{L}'’]{1,20}(?:-\p{Lu}?[\p{L}'’]{1,20})?|\p{Lu}\.)`;
const NAME = new RegExp(
  String.raw`^(?:@?(?<name>${WORD}(?: (?:(?:van|von|de|der|den|di|da|le|la|du) ){0,2}${WORD}){0,3})(?:['’]s)?)(?=$|[^\p{L}\d@_]|_)`,
  'u',
);
const BEHIND = /^\s?[<(](?<address>[\w.+-]{1,64}@[\w.-]{3,80})[>)]/;
const ADDRESS = /^<?(?<address>[\w.+-]{1,64}@[\w-]{1,60}\.[\w.-]{2,60})>?/;
const JOINT = /^\s{0,2}(?:,? and |,? & |\s?\/\s?|\s?\+\s?|, ?|; ?)(?:also |again )?/;
/** "the Arm folks": what was read is the name of a group. */
const GROUP_BEHIND =
  /^[ -](?:maintainers?|folks|people|guys|developers?|team|list|lists|reviewers?|experts?|mailing|ML)\b/i;
const MAX_PEOPLE = 8;

/** Words with a capital that are no people. A list, since mail is full of them after "Adding". */
const NO_PERSON = new Set(
  `a acked acpi ah all also amd an and android apic arm as at be because boot both btw but can cc ccs ccing cpu debian doing dom dt efi even everyone
  everybody fedora fixes folks for from fwiw git gitlab github gpu guest he her here hi him hmm hello how hvm i if iirc imo in intel io iommu is it
  its kbuild kconfig kernel kvm let lgtm libxl linux list lists mailing maintainer maintainers makefile me microsoft misra more my new no not note now
  ok on one or others our ovmf patch patches pci perhaps please pv pvh qemu qubes ref release reply reported reviewed reviewers risc rtds sanity she
  signed since so some sorry stable support suggested suse tag tags tested thank thanks that the them then there they this those to ubuntu update us
  vcpu vpci vt we well what when which while who whole why will windows with xen xenstore yes yet you your zero monday tuesday wednesday thursday
  friday saturday sunday january february march april may june july august september october november december oracle citrix google amazon redhat
  novell device tree memory page host domain backport link closes cover letter version series code test tests`.split(
    /\s+/,
  ),
);

/** Local parts and domains of lists: those are not people. */
const LIST_ADDRESS =
  /^(?:[\w.+-]*(?:-devel|-users|-list|-kernel|-dev|maintainers?|-bugs|-announce)|stable|netdev|linux-\w[\w-]*|xen-\w[\w-]*|regressions|iommu|kvm|lkml|qemu-\w+|x86)@|@(?:lists?|vger|googlegroups|nongnu|redhat-list)\b/i;

/** Whether an address is that of a mailing list, by its form. */
export function isListAddress(address: string): boolean {
  return LIST_ADDRESS.test(address);
}

/**
 * The people that a text begins with: "Juergen and Boris because …" gives two, and "because …" as the rest.
 *
 * Names as people write them to each other: a given name, or several words with capitals; or an address. Names of
 * groups and lists ("the x86 maintainers", "xen-devel") are no people. At most 8.
 */
export function readNames(text: string): NameList {
  const people: NamedPerson[] = [];
  let rest = text.replace(/^\s+/, '');
  while (people.length < MAX_PEOPLE) {
    const found = readOne(rest);
    if (!found) break;
    people.push(found.person);
    rest = found.rest;
    const joint = JOINT.exec(rest);
    if (!joint || !readOne(rest.slice(joint[0].length))) break;
    rest = rest.slice(joint[0].length);
  }
  return { people, rest };
}

type One = { readonly person: NamedPerson; readonly rest: string } | null;

function readOne(text: string): One {
  return readBareAddress(text) ?? readName(text);
}

function readBareAddress(text: string): One {
  const address = ADDRESS.exec(text)?.groups?.['address'];
  if (address === undefined || isListAddress(address)) return null;
  const rest = text.slice(text.indexOf(address) + address.length).replace(/^>/, '');
  return { person: { name: address, address: address.toLowerCase() }, rest };
}

function readName(text: string): One {
  const match = NAME.exec(text);
  const name = match?.groups?.['name'];
  if (!match || name === undefined || !isName(name)) return null;
  const after = text.slice(match[0].length);
  if (GROUP_BEHIND.test(after) || /['’]s(?: |$)/.test(name)) return null;
  const behind = BEHIND.exec(after);
  const address = behind?.groups?.['address']?.toLowerCase() ?? null;
  if (address !== null && isListAddress(address)) return null;
  return { person: { name, address }, rest: behind ? after.slice(behind[0].length) : after };
}

/** A name has no word of the list above, and is not written in capitals throughout. */
function isName(name: string): boolean {
  const words = name.split(/[ -]/);
  return (
    words.every((word) => !NO_PERSON.has(word.replace(/['’]s?$/, '').toLowerCase())) &&
    !/^\p{Lu}{2,}$/u.test(words[0] ?? '')
  );
}
