import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { writeSafeJson } from '../lib/safe-json.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Style } from '../digest/style.ts';
import { SECRETS, SETTINGS } from '../config.ts';
import { isDatabaseUrl, toShownPlace } from '../edges/store/store-place.ts';
import type { NearMiss, Store, StoreCounts } from '../ports.ts';
import type { Context } from './context.ts';
import { EXIT } from './failure.ts';
import type { Finding } from './finding.ts';
import { lookAtMail } from './look-at-mail.ts';
import { loadTrees, treeFolder } from './load-trees.ts';
import { storeFile, withStore, type StoreOption } from './with-store.ts';

/** Mails with near misses that are named, the newest first. */
const NAMED_MISSES = 5;

/** Programs that some inputs need, and what for. */
const PROGRAMS = [{ name: 'git', what: 'public-inbox archives', args: ['--version'] }] as const;

const MARKS: Readonly<Record<Finding['state'], (style: Style) => string>> = {
  good: (style) => style.green('ok     '),
  absent: (style) => style.dim('absent '),
  bad: (style) => style.red('BAD    '),
};

/** `heddle doctor`: what is configured, reachable and installed; 1 where something that is needed does not work. */
export async function runDoctor(
  _args: readonly [],
  option: StoreOption & { readonly json?: true },
  context: Context,
): Promise<number> {
  const findings = [
    { what: 'node', state: 'good', text: process.version } as const,
    ...SETTINGS.map((name) => lookAtSetting(name, context)),
    ...(await lookAtStore(option, context)),
    lookAtTrees(context),
    ...PROGRAMS.map(lookAtProgram),
  ];
  if (option.json === true) await context.stdout.write(`${writeSafeJson({ findings })}\n`);
  else {
    for (const { what, state, text, details = [] } of findings) {
      await context.stdout.write(`${MARKS[state](context.style)} ${what.padEnd(16)} ${text}\n`);
      for (const detail of details) await context.stdout.write(`${' '.repeat(25)}${context.style.dim(detail)}\n`);
    }
  }
  return findings.some(({ state }) => state === 'bad') ? EXIT.unreadable : EXIT.ok;
}

function lookAtSetting(name: string, { env }: Context): Finding {
  const value = env[name];
  return value === undefined || value === ''
    ? { what: name, state: 'absent', text: 'not set, the default holds' }
    : { what: name, state: 'good', text: SECRETS.has(name) ? 'set (not shown)' : toShownPlace(value) };
}

async function lookAtStore(option: StoreOption, context: Context): Promise<Finding[]> {
  const file = storeFile(option, context);
  if (!isDatabaseUrl(file) && !existsSync(file))
    return [{ what: 'store', state: 'absent', text: `${file} is not there yet: heddle import makes it` }];
  try {
    return await withStore({ option, context, must: 'exist' }, async (store) => [
      ...lookAtCounts(await store.counts(), file),
      await lookAtDrift(store),
      ...(await lookAtMail(store, context)),
    ]);
  } catch (error) {
    return [{ what: 'store', state: 'bad', text: error instanceof Error ? error.message : String(error) }];
  }
}

function lookAtCounts({ mails, threads, pending, problems, schema }: StoreCounts, file: string): Finding[] {
  const size = isDatabaseUrl(file) ? 'PostgreSQL' : `${(statSync(file).size / 1024 / 1024).toFixed(1)} MB`;
  return [
    { what: 'store', state: 'good', text: `${toShownPlace(file)}, ${size}, schema ${schema}` },
    { what: 'mail', state: 'good', text: `${mails} mails in ${threads} threads, ${problems} read only in part` },
    pending === 0
      ? { what: 'waiting', state: 'good', text: 'no thread waits to be judged' }
      : { what: 'waiting', state: 'bad', text: `${pending} threads wait to be judged: run heddle import again` },
  ];
}

/** Formats of logs change; what looks like a log and cannot be read is named, so that somebody can teach heddle. */
async function lookAtDrift(store: Store): Promise<Finding> {
  const { nearMisses } = await store.counts();
  const text = `${nearMisses} lines look like frames of a log that heddle cannot read`;
  const mails = await store.nearMisses(NAMED_MISSES);
  return { what: 'format drift', state: 'good', text, details: mails.map(writeNearMiss) };
}

function writeNearMiss({ message, subject, date, lines }: NearMiss): string {
  const day = date?.slice(0, 10) ?? 'undated   ';
  return `${day}  ${toSafeLine(subject, 80)}  ${lines} line${lines === 1 ? '' : 's'} in ${toSafeLine(message, 200)}`;
}

function lookAtTrees(context: Context): Finding {
  try {
    const added = treeFolder(context).list();
    loadTrees(context, null);
    const text = `the bundled trees can be read, and ${added.length} that ${added.length === 1 ? 'was' : 'were'} added`;
    return { what: 'source trees', state: 'good', text };
  } catch (error) {
    return { what: 'source trees', state: 'bad', text: error instanceof Error ? error.message : String(error) };
  }
}

function lookAtProgram({ name, what, args }: (typeof PROGRAMS)[number]): Finding {
  const ran = spawnSync(name, [...args], { encoding: 'utf8', timeout: 5000 });
  return ran.status === 0
    ? { what: name, state: 'good', text: `${ran.stdout.trim()} (for ${what})` }
    : { what: name, state: 'absent', text: `not found: ${what} cannot be read` };
}
