import type { Message } from '../../model/message.ts';

/**
 * How much of a mail is believed to speak of what its writer runs.
 *
 * `report`: a first mail in a person's words; `answer`: a reply; `review`: a reply under a patch; `none`: patches,
 * pull requests and the mails of machines, whose versions are those of the code.
 */
export type MailKind = 'report' | 'answer' | 'review' | 'none';

const MACHINES =
  /^(?:osstest[\w-]*|scan-admin|noreply|no-reply|do-not-reply|nobody|gitlab|lkp|oliver\.sang|tip-bot2?|patchew|patchwork-bot\S*|security|bot|autobuild|xen-security\S*|sfr|syzbot\S*|kernel-test-robot|rosbot|ci_notify|cip-bot|kernelci\S*|bot\+\S*|bugzilla-daemon|builds?|coverity\S*|github\S*)@|@(?:syzkaller|gitlab|kernelci)\./;
const PATCH = /^\s*(?:\[[^\]]{0,40}\]\s*){0,3}\[[^\]]{0,60}\b(?:PATCH|PULL|RFC|GIT PULL)\b[^\]]{0,60}\]/i;
const STABLE =
  /^(?:Patch "|FAILED: patch|\[(?:linux-|xen-|qemu-|ovmf|seabios|libvirt|xtf|examine)[^\]]{0,60}(?:test|bisection)\]|linux-next: |\[tip: |\[linux-next)/i;
/** Releases, and what is announced. */
const ANNOUNCED =
  /^\[?ANNOUNCE|^(?:Xen|Linux|QEMU) v?\d\.\d+(?:\.\d+)*(?:[ -]rc\d+)?(?: (?:is )?(?:now )?(?:released|available|out))?\.?$/i;
const REPLY = /^\s*(?:(?:re|aw|antw|sv|r|ref|fwd?|wg)(?:\[\d\])?\s?:\s*)+/i;

/** Which of the four it is, by its header alone. */
export function mailKindOf(message: Message): MailKind {
  if (message.from && MACHINES.test(message.from.address)) return 'none';
  const reply = REPLY.test(message.subject);
  const subject = message.subject.replace(REPLY, '');
  if (ANNOUNCED.test(subject)) return 'none';
  if (STABLE.test(subject)) return reply ? 'review' : 'none';
  if (PATCH.test(subject)) return reply ? 'review' : 'none';
  return reply || message.inReplyTo.length > 0 ? 'answer' : 'report';
}
