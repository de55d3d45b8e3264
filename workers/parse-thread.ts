/** A thread that reads mails, one after the other: what hangs or eats all memory in it costs no more than the thread. */
import { answerMails } from './thread-reader.ts';
import { ingest } from '../src/pipeline.ts';

answerMails(ingest);
