import { existsSync } from 'node:fs';
import { simpleParser, type AddressObject } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { openMail } from '../../src/mailbox/open-mail.ts';
import type { Message } from '../../src/model/message.ts';
import { readMessage } from '../../src/message/read-message.ts';

/**
 * What mailparser makes of the same mails. It is the better-known reader; ours is the faster one and keeps quoted patches
 * whole. Known differences, which are left out of the comparison: format=flowed (it un-flows), clear-signed texts (it
 * keeps the armour), senders "via" a list (it keeps the list), several addresses of no valid form, missing and
 * encoded ids, parts of a forwarded mail, texts with a file name (all of them attachments to it).
 */
interface Seen {
  readonly id: string;
  readonly date: string | null;
  readonly subject: string;
  readonly references: readonly string[];
  readonly people: readonly string[];
  readonly text: string;
}

const SOURCES: readonly { path: string; every: number }[] = [
  { path: 'examples', every: 1 },
  { path: '../shared/corpus/xen-devel', every: 1 },
  { path: '../shared/corpus/xen-cross-posts.mbox.gz', every: 40 },
];

const fold = (text: string): string => text.replace(/[\s\u00a0\ufffd]+/g, ' ').trim();
const isAddress = (address: string): boolean => /^[^\s@"]+@[^\s@"]+$/.test(address);

async function theirs(bytes: Buffer): Promise<Seen> {
  const mail = await simpleParser(bytes, { skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true });
  const addresses = (field: AddressObject | AddressObject[] | undefined): string[] =>
    [field ?? []]
      .flat()
      .flatMap(({ value }) =>
        value.flatMap((one) => one.group ?? [one]).map(({ address = '' }) => address.toLowerCase()),
      );
  return {
    id: (mail.messageId ?? '').replace(/[<>]/g, ''),
    date: mail.date?.toISOString() ?? null,
    subject: fold(mail.subject ?? ''),
    references: [...new Set([mail.references ?? []].flat().map((id) => id.replace(/[<>]/g, '')))],
    people: [...new Set([...addresses(mail.to), ...addresses(mail.cc)])].filter(isAddress).sort(),
    text: fold(mail.text ?? ''),
  };
}

function ours(message: Message): Seen {
  return {
    id: message.id,
    date: message.date,
    subject: fold(message.subject),
    references: message.references,
    people: [...new Set([...message.to, ...message.cc].map(({ address }) => address))].filter(isAddress).sort(),
    text: fold(message.parts.find(({ name }) => name === 'body')?.text ?? ''),
  };
}

function isComparable(bytes: Buffer, message: Message): boolean {
  const raw = bytes.toString('latin1');
  const isKnownToDiffer = /^-----BEGIN PGP SIGNED|^Content-Type: message\/rfc822|^Message-Id: =\?/im.test(raw);
  return (
    !isKnownToDiffer &&
    message.problems.length === 0 &&
    message.parts.every(({ flowed, name }) => !flowed && name.startsWith('body'))
  );
}

describe('readMessage beside mailparser', () => {
  for (const { path, every } of SOURCES) {
    it.skipIf(!existsSync(path))(`says the same of the mails in ${path} (skipped where that is missing)`, async () => {
      let number = 0;
      let compared = 0;
      for await (const reading of openMail(path).read()) {
        if (reading.kind !== 'mail') continue;
        number += 1;
        if (number % every !== 0) continue;
        const message = readMessage(reading.mail);
        if (!isComparable(reading.mail.bytes, message)) continue;
        compared += 1;

        expect(ours(message), reading.mail.origin).toEqual(await theirs(reading.mail.bytes));
      }
      expect(compared).toBeGreaterThan(0);
    });
  }
});
