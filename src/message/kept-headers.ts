import { decodeWords } from './encoded-words.ts';
import type { Header } from './header-block.ts';

/**
 * Header fields that later steps look at, besides those with a place of their own in a message. A name that ends in `*`
 * stands for all that begin so.
 */
export const KEPT_HEADERS: readonly { readonly name: string; readonly why: string }[] = [
  { name: 'auto-submitted', why: 'RFC 3834: written by a program' },
  { name: 'precedence', why: 'bulk and list mail' },
  { name: 'x-auto-response-suppress', why: 'written by a program' },
  { name: 'list-id', why: 'which list this copy came through' },
  { name: 'list-archive', why: 'where the list keeps its mail' },
  { name: 'archived-at', why: 'RFC 5064: a link to this very mail' },
  { name: 'x-mailing-list', why: 'which list, where there is no List-Id' },
  { name: 'mailing-list', why: 'which list, as Google Groups names it' },
  { name: 'x-osstest-*', why: "Xen's test machinery names failures and versions here" },
  { name: 'x-mailer', why: 'git send-email tells a patch from a report' },
  { name: 'user-agent', why: 'b4, mutt or a mail client' },
  { name: 'x-git-*', why: 'commit notification scripts' },
  { name: 'x-patchwork*', why: 'patch tracking' },
  { name: 'x-stable*', why: 'stable kernel machinery' },
  { name: 'x-gitlab*', why: 'GitLab notifications' },
  { name: 'x-github*', why: 'GitHub notifications' },
  { name: 'x-coverity*', why: 'Coverity scans' },
  { name: 'x-kernelci*', why: 'KernelCI reports' },
  { name: 'x-bugzilla*', why: 'bug tracker notifications' },
  { name: 'x-debbugs*', why: 'bug tracker notifications' },
  { name: 'x-launchpad*', why: 'bug tracker notifications' },
  { name: 'x-pr-tracker*', why: 'pull request tracking' },
  { name: 'x-tip-commit-id', why: 'a commit that was applied' },
  { name: 'x-spam-flag', why: 'what a filter before us said' },
  { name: 'x-spam-status', why: 'what a filter before us said' },
  { name: 'content-type', why: 'encrypted, signed or a report of a mail server' },
  { name: 'reply-to', why: 'where answers go' },
  { name: 'sender', why: 'who really sent it, where From was rewritten' },
  { name: 'x-original-from', why: 'who wrote it, where From was rewritten' },
  { name: 'in-reply-to', why: 'as written: some name a date or a person instead of an id' },
  { name: 'importance', why: 'what the sender thinks of it' },
  { name: 'organization', why: 'whom a person works for' },
];

const EXACT = new Set(KEPT_HEADERS.filter(({ name }) => !name.endsWith('*')).map(({ name }) => name));
const PREFIXES = KEPT_HEADERS.filter(({ name }) => name.endsWith('*')).map(({ name }) => name.slice(0, -1));

const MAX_VALUES = 5;
const MAX_LENGTH = 1_000;
const MAX_KEPT = 60;

/** The kept fields, decoded, at most five values each and a thousand characters a value. */
export function keepHeaders(header: Header): Record<string, readonly string[]> {
  const kept: Record<string, readonly string[]> = {};
  let count = 0;
  for (const name of header.names()) {
    const isKept = EXACT.has(name) || (name.startsWith('x-') && PREFIXES.some((prefix) => name.startsWith(prefix)));
    if (!isKept || count >= MAX_KEPT) continue;
    count += 1;
    kept[name] = header
      .all(name)
      .slice(0, MAX_VALUES)
      .map((value) => decodeWords(value).slice(0, MAX_LENGTH));
  }
  return kept;
}
