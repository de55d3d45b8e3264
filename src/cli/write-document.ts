import { TRIAGE_SCHEMA, type TriageThread } from '../model/triage.ts';
import { writeSafeJson } from '../lib/safe-json.ts';
import type { Output } from './output.ts';

/** Writes the triage document thread by thread: a large archive is longer than a string may be. */
export async function writeDocument(threads: Iterable<TriageThread>, stdout: Output): Promise<void> {
  await stdout.write(`{\n"schema": "${TRIAGE_SCHEMA}",\n"threads": [`);
  let between = '\n';
  for (const thread of threads) {
    await stdout.write(`${between}${writeSafeJson(thread)}`);
    between = ',\n';
  }
  await stdout.write(']\n}\n');
}
