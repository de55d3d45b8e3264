import { createHash } from 'node:crypto';
import { toRequestAddress, type MailingList } from './mailing-list.ts';

/** What is written to a list's request address: a command in the subject, and nothing that could be taken for another. */
export interface RequestMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}

/** Ends the commands of a mail, so that a signature that some server adds is not taken for one (Mailman 2 and 3). */
const END = 'end\n';

/** Asks a list to subscribe an address. The same request of one day is the same mail, however often it is tried. */
export function writeJoinRequest(list: MailingList, address: string, day: string): RequestMail {
  return toMail(list, { address, subject: 'subscribe', mark: day });
}

/** Says that it was us who asked. It goes to the address that we wrote to, whatever the confirmation names. */
export function writeConfirmation(list: MailingList, address: string, token: string): RequestMail {
  return toMail(list, { address, subject: `confirm ${token}`, mark: token });
}

function toMail(
  list: MailingList,
  { address, subject, mark }: { readonly address: string; readonly subject: string; readonly mark: string },
): RequestMail {
  const to = toRequestAddress(list);
  const hash = createHash('sha256').update(`${address}\n${to}\n${subject}\n${mark}`).digest('hex').slice(0, 24);
  const host = address.slice(address.lastIndexOf('@') + 1);
  return { from: address, to, subject, text: END, messageId: `heddle.join.${hash}@${host}` };
}
