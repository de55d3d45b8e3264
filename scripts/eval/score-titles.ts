import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repairLog } from '../../src/evidence/log/repair-log.ts';
import { findTraces } from '../../src/evidence/trace/find-traces.ts';
import { Tally } from './score.ts';
import type { Score } from './score.ts';

/** Scores `bench/titles`: the first trace's title equals TITLE or an ALT; files without TITLE hold no crash. */
export async function scoreTitles(folder: string): Promise<Score[]> {
  const titles = new Tally('bench titles: title or ALT', 'titles');
  const quiet = new Tally('bench titles: no crash, none found');
  for (const name of readdirSync(folder).sort((a, b) => Number(a) - Number(b))) {
    const { wanted, log } = readCase(readFileSync(join(folder, name), 'latin1'));
    const part = { name: 'body', type: 'text/plain', text: log, flowed: false, delSp: false };
    const found = findTraces(repairLog(part)).traces;
    if (wanted.length === 0) {
      quiet.add(found.length === 0, `${name}: found ${JSON.stringify(found[0]?.title)}`);
      continue;
    }
    const said = [found[0]?.title ?? '', ...(found[0]?.otherTitles ?? [])];
    titles.add(
      said.some((title) => wanted.includes(title)),
      `${name}: ${JSON.stringify(said[0])}, not ${JSON.stringify(wanted)}`,
    );
  }
  return Promise.resolve([titles.score(), quiet.score()]);
}

function readCase(text: string): { wanted: string[]; log: string } {
  const end = text.indexOf('\n\n');
  const head = end < 0 ? '' : text.slice(0, end);
  const wanted = [...head.matchAll(/^(?:TITLE|ALT): (?<title>.*)$/gm)].map((match) => match.groups?.['title'] ?? '');
  const report = text.indexOf('\n\nREPORT:\n');
  return { wanted, log: text.slice(end < 0 ? 0 : end + 2, report < 0 ? undefined : report).replace(/\r/g, '') };
}
