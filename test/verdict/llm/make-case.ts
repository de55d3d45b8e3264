import { makeMail, type MailSketch } from '../../evidence/make-mail.ts';
import type { Suggestion } from '../../../src/model/routing.ts';
import type { TriageThread } from '../../../src/model/triage.ts';
import type { MailText } from '../../../src/verdict/llm/mail-text.ts';
import { toMailText } from '../../../src/verdict/llm/mail-text.ts';
import { thread } from '../../digest/sample-threads.ts';

export const QUOTE = 'the second loom stops after an hour since the update to 4.19';

export const BODY = `Hello,

on my machine ${QUOTE}.
Nothing is printed. Does anybody else see this?

Robin
`;

/** What a model would say of {@link BODY}. */
export const ANSWER = {
  genre: 'report',
  component: 'LOOMS',
  summary: 'Robin Hale says that the second loom stops after an hour since 4.19. Nobody has answered.',
  quote: QUOTE,
  suggestions: ['jan@example.org'],
};

export function suggestion(address: string, section: string | null): Suggestion {
  return {
    address,
    name: 'Somebody',
    role: 'maintainer',
    project: 'xen',
    section,
    score: 0.8,
    addressed: false,
    reasons: ['a reason'],
  };
}

/** A thread that the rules take for a discussion and are unsure about, with its mails. */
export function makeCase(
  sketches: readonly MailSketch[] = [{ body: BODY, from: { name: 'Robin Hale', address: 'robin@example.org' } }],
): {
  readonly thread: TriageThread;
  readonly texts: readonly MailText[];
  readonly unsure: true;
} {
  const mails = sketches.map((sketch) => makeMail(sketch));
  return {
    thread: thread({
      id: mails[0]?.id ?? '1',
      subject: mails[0]?.subject ?? '',
      genre: 'discussion',
      summary: 'The words of the rules.',
      routing: [suggestion('jan@example.org', 'LOOMS'), suggestion('tove@example.org', 'SHUTTLES')],
    }),
    texts: mails.map(toMailText),
    unsure: true,
  };
}
