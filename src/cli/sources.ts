import { openMail } from '../mailbox/open-mail.ts';
import type { MailSource } from '../ports.ts';
import type { Context } from './context.ts';

/** A source for each path; `-` is standard input. What a path holds is found out when it is read. */
export function openPaths(paths: readonly string[], { stdin }: Context): MailSource[] {
  return paths.map((path) => openMail(path, { stdin }));
}
