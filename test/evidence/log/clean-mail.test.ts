import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { repairLog } from '../../../src/evidence/log/repair-log.ts';
import { toLines } from '../../../src/model/message.ts';
import { toPart } from './part.ts';

const MAIL = join(import.meta.dirname, '../../../../shared/corpus/xen-cross-posts.mbox.gz');
const WANTED = 5000;

/** What a log cannot do without, told apart from how heddle recognises one: a console's mark, a stamp, a frame, or a headline. */
const LOG =
  /\(XEN\)|\(d\d+\) |\[ *\d+\.\d{6}\]|\+0x[0-9a-f]+\/0x|\b\d\d:\d\d:\d\d \S+ kernel:|^#\d+ +0x|Unable to handle kernel/m;

/** Bodies of plain mails as they stand in the file: what encodings do is not what is looked at here. */
function* findBodies(mbox: string): Generator<string> {
  for (const mail of mbox.split(/^From (?=.*\d{4}$)/m)) {
    const end = mail.indexOf('\n\n');
    const head = mail.slice(0, end);
    if (
      end < 0 ||
      /^content-type: multipart/im.test(head) ||
      /^content-transfer-encoding: (?:base64|quoted)/im.test(head)
    )
      continue;
    yield mail.slice(end + 2);
  }
}

/** Near a word of a log, blanks of other kinds become plain ones in prose too: no word changes by it. */
function withPlainBlanks(text: string): string {
  return text.replace(/\u00a0|\u00c2\u00a0|\ufffd{1,2}/g, ' ');
}

describe.skipIf(!existsSync(MAIL))('mails without a log (needs ../shared)', () => {
  it('come out as they went in, but for quote marks and for the kind of their blanks', () => {
    let seen = 0;
    const changed: string[] = [];
    for (const body of findBodies(gunzipSync(readFileSync(MAIL)).toString('utf8'))) {
      if (LOG.test(body)) continue;
      seen += 1;
      const wanted = toLines(body).map(({ text }) => withPlainBlanks(text));
      const found = repairLog(toPart(body)).map(({ text }) => withPlainBlanks(text));
      const at = wanted.findIndex((line, index) => line !== found[index]);
      if (at >= 0 || wanted.length !== found.length) changed.push(`${wanted[at] ?? ''} -> ${found[at] ?? ''}`);
      if (seen >= WANTED) break;
    }
    expect(changed).toEqual([]);
    expect(seen).toBe(WANTED);
  }, 120_000);
});
