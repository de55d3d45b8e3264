/** Labelled mails of our own making (`test/verdict/fresh/*.json`): their shape, and how they become mails on the wire. */
import { z } from 'zod';
import { ENVIRONMENT_KEYS } from '../../src/model/evidence.ts';
import { GENRES, STATUSES, SYMPTOMS } from '../../src/model/verdict.ts';
import type { MailSource, RawMail } from '../../src/ports.ts';

const Mail = z.object({
  from: z.string(),
  to: z.string().default(''),
  cc: z.string().default(''),
  subject: z.string(),
  body: z.string(),
  /** An earlier mail of the same thread by its index; `missing`: a mail that is not at hand. */
  inReplyTo: z.union([z.number(), z.literal('missing'), z.null()]).default(null),
});

const Expect = z.object({
  genre: z.enum(GENRES),
  symptoms: z.array(z.enum(SYMPTOMS)),
  regression: z
    .object({ lastGood: z.string().nullable(), firstBad: z.string().nullable(), commit: z.string().nullable() })
    .nullable(),
  status: z.enum(STATUSES),
  environment: z.array(
    z.tuple([z.enum(ENVIRONMENT_KEYS), z.string(), z.enum(['host', 'dom0', 'domU', 'guest']).nullable()]),
  ),
  asked: z.array(z.tuple([z.string(), z.boolean()])),
  component: z.string().nullable(),
  sections: z.array(z.tuple([z.string(), z.string()])),
});

export const FreshThreads = z.array(z.object({ name: z.string(), mails: z.array(Mail).min(1), expect: Expect }));
export type FreshThread = z.infer<typeof FreshThreads>[number];

const HOUR = 3_600_000;
const START = Date.UTC(2025, 2, 3, 10);
/** The day for which the fresh mails are judged: that after the last of them. */
export const FRESH_AS_OF = new Date(START + 48 * HOUR);

/** A labelled thread as a source of mail; the message-ids are made of its name. */
export function toSource({ name, mails }: FreshThread): MailSource {
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous, memory is not
    async *read() {
      for (const [index, mail] of mails.entries()) yield { kind: 'mail', mail: toRaw(name, index, mail) } as const;
    },
  };
}

function toRaw(name: string, index: number, mail: z.infer<typeof Mail>): RawMail {
  const parent =
    mail.inReplyTo === null
      ? []
      : [
          `In-Reply-To: <${mail.inReplyTo === 'missing' ? `missing-${name}` : `${name}-${String(mail.inReplyTo)}`}@example.org>`,
        ];
  const head = [
    `From: ${mail.from}`,
    ...(mail.to === '' ? [] : [`To: ${mail.to}`]),
    ...(mail.cc === '' ? [] : [`Cc: ${mail.cc}`]),
    `Subject: ${mail.subject}`,
    `Date: ${new Date(START + index * HOUR).toUTCString()}`,
    `Message-ID: <${name}-${String(index)}@example.org>`,
    ...parent,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ];
  return { bytes: Buffer.from(`${head.join('\n')}\n\n${mail.body}`), origin: `${name}, mail ${String(index)}` };
}
