/** A test's own hand in a mailbox: what people and programs do there while heddle reads. */
import { createHash } from 'node:crypto';
import { ImapFlow } from 'imapflow';
import { DOVECOT_PASSWORD, DOVECOT_USER, type Dovecot } from './dovecot.ts';

/** A mail of a folder: the digest of its bytes, and its flags. */
export interface FoundMail {
  readonly uid: number;
  readonly digest: string;
  readonly flags: string;
}

export class ImapMailbox {
  readonly #client: ImapFlow;

  private constructor(client: ImapFlow) {
    this.#client = client;
  }

  static async open({ port }: Pick<Dovecot, 'port'>): Promise<ImapMailbox> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      doSTARTTLS: false,
      auth: { user: DOVECOT_USER, pass: DOVECOT_PASSWORD },
      logger: false,
      disableAutoIdle: true,
    });
    client.on('error', () => undefined);
    await client.connect();
    return new ImapMailbox(client);
  }

  async append(folder: string, mail: Buffer, flags: readonly string[] = []): Promise<number> {
    const appended = await this.#client.append(folder, mail, [...flags]);
    if (appended === false || appended.uid === undefined) throw new Error('the mail was not taken');
    return appended.uid;
  }

  async create(folder: string): Promise<void> {
    await this.#client.mailboxCreate(folder);
  }

  async delete(folder: string): Promise<void> {
    await this.#client.mailboxDelete(folder);
  }

  /** Every mail of a folder, looked at read-only. */
  async look(folder: string): Promise<{ readonly uidValidity: string; readonly mails: readonly FoundMail[] }> {
    const { uidValidity } = await this.#client.mailboxOpen(folder, { readOnly: true });
    const mails: FoundMail[] = [];
    for await (const { uid, source, flags } of this.#client.fetch('1:*', { uid: true, source: true, flags: true })) {
      mails.push({ uid, digest: toHash(source ?? Buffer.alloc(0)), flags: writeFlags(flags) });
    }
    await this.#client.mailboxClose();
    return { uidValidity: String(uidValidity), mails };
  }

  async expunge(folder: string, uids: readonly number[]): Promise<void> {
    await this.#client.mailboxOpen(folder);
    await this.#client.messageDelete(uids.join(','), { uid: true });
    await this.#client.mailboxClose();
  }

  /** Makes a folder anew with the mails it had, as a move to another server does: same mails and flags, other UIDs. */
  async makeAnew(folder: string): Promise<void> {
    const aside = `${folder}-aside`;
    await this.#client.mailboxRename(folder, aside);
    await this.#client.mailboxCreate(folder);
    await this.#client.mailboxOpen(aside);
    await this.#client.messageCopy('1:*', folder);
    await this.#client.mailboxClose();
    await this.#client.mailboxDelete(aside);
  }

  /** How many mails a folder holds. */
  async count(folder: string): Promise<number> {
    const status = await this.#client.status(folder, { messages: true });
    return status === false ? 0 : (status.messages ?? 0);
  }

  async close(): Promise<void> {
    await this.#client.logout().catch(() => undefined);
    this.#client.close();
  }
}

/** `\\Recent` is left out: it belongs to the session that looks. */
function writeFlags(flags: ReadonlySet<string> | undefined): string {
  return [...(flags ?? [])]
    .filter((flag) => flag !== '\\Recent')
    .sort()
    .join(' ');
}

export function toHash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
