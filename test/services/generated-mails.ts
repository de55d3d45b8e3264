/** A mail of our own making, as bytes on a wire. */
export interface GeneratedMail {
  readonly id: string;
  readonly text: string;
}

/**
 * `count` mails in several threads: roots, replies to any earlier mail, some with References, some with In-Reply-To only,
 * some that answer a mail which is not there. The same seed gives the same mails.
 */
export function generateMails(count: number, seed: number): GeneratedMail[] {
  const random = fromSeed(seed);
  const mails: { id: string; references: readonly string[]; text: string }[] = [];
  for (let number = 0; number < count; number += 1) {
    const id = `${number}.${seed}@generated.example.org`;
    const parent = random() < 0.25 ? undefined : mails[Math.floor(random() * mails.length)];
    const ghost = parent === undefined && random() < 0.3 ? [`gone${number % 3}.${seed}@generated.example.org`] : [];
    const references = parent === undefined ? ghost : [...parent.references, parent.id];
    mails.push({ id, references, text: writeMail({ id, number, references, short: random() < 0.3 }) });
  }
  return mails.map(({ id, text }) => ({ id, text }));
}

interface Draft {
  readonly id: string;
  readonly number: number;
  readonly references: readonly string[];
  /** In-Reply-To alone, as some mailers do. */
  readonly short: boolean;
}

function writeMail({ id, number, references, short }: Draft): string {
  const parent = references.at(-1);
  const date = new Date(Date.UTC(2024, 0, 1, 0, number)).toUTCString().replace('GMT', '+0000');
  return [
    `From: Writer ${number % 7} <writer${number % 7}@example.org>`,
    'To: list@example.org',
    `Subject: ${parent === undefined ? '' : 'Re: '}the same subject everywhere`,
    `Date: ${date}`,
    `Message-ID: <${id}>`,
    ...(parent === undefined ? [] : [`In-Reply-To: <${parent}>`]),
    ...(parent === undefined || short ? [] : [`References: ${references.map((one) => `<${one}>`).join('\n ')}`]),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `This is mail ${number}.`,
    '',
  ].join('\n');
}

/** Numbers from 0 to 1 that look random and are always the same (mulberry32, public domain). */
function fromSeed(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
