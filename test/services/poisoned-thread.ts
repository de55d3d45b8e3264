/** Reads mails as the program does, but for two: one that hangs, one that throws. */
import { ingest } from '../../src/pipeline.ts';
import { answerMails } from '../../workers/thread-reader.ts';

answerMails((mail) => {
  const text = mail.bytes.toString();
  while (text.includes('X-Test: hang')) continue;
  if (text.includes('X-Test: throw')) throw new Error('no sense in it');
  return ingest(mail);
});
