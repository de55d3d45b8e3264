import { writeExplanation } from '../digest/explanation.ts';
import { writeThreadCard } from '../digest/thread-card.ts';
import { writeDraft } from '../digest/write-draft.ts';
import type { TriageThread } from '../model/triage.ts';
import { toReadPart } from '../pipeline.ts';
import { draftQuestion } from '../verdict/missing/find-missing.ts';
import type { Context } from './context.ts';
import { EXIT } from './failure.ts';
import { findThread } from './find-thread.ts';
import { withStore, type StoreOption } from './with-store.ts';
import { writeDocument } from './write-document.ts';

interface Options extends StoreOption {
  readonly json?: true;
  readonly explain?: true;
  readonly ask?: true;
}

/** `heddle show THREAD`: the card of one thread, `--explain` with the words and rules it rests on, `--ask` a draft for what is missing. */
export async function runShow([wanted]: readonly [string], options: Options, context: Context): Promise<number> {
  return withStore({ option: options, context, must: 'exist' }, async (store) => {
    const thread = await findThread(store, wanted);
    if (options.ask === true) {
      await context.stdout.write(writeQuestion(thread));
      return EXIT.ok;
    }
    if (options.json === true) await writeDocument([thread], context.stdout);
    else await context.stdout.write(writeThreadCard(thread, context.style));
    if (options.explain === true && options.json !== true) {
      const mails = await store.mails(thread.id);
      const read = mails.map(({ message, evidence }) => ({ message, evidence, parts: message.parts.map(toReadPart) }));
      await context.stdout.write(`\n${writeExplanation(read, context.style)}`);
    }
    return EXIT.ok;
  });
}

/** A draft mail that asks for what is missing: on standard output, for a person to send. */
function writeQuestion(thread: TriageThread): string {
  const body = draftQuestion(thread.missing, thread.messages[0]?.from.name ?? null);
  return body === '' ? 'Nothing is missing that maintainers use to ask for.\n' : writeDraft(thread, body);
}
