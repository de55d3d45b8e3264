import { gunzipSync } from 'node:zlib';
import { toLimits, type ArchivePorts } from './archive-ports.ts';
import { ArchiveTrouble } from './archive-trouble.ts';
import type { PoliteClient } from './polite-client.ts';

/** A git repository of an archive: the whole archive (v1), or one of its epochs (v2). */
export interface RemoteEpoch {
  readonly number: number;
  /** Address for git, redirections followed. */
  readonly remote: string;
  /** What its branches point at, in one line: where it is the same as before, there is nothing to fetch. */
  readonly tips: string;
  /** Of its newest commit, ISO 8601 in UTC, where the manifest tells. */
  readonly modified: string | null;
}

export interface EpochSearch {
  readonly client: PoliteClient;
  readonly ports: ArchivePorts;
  readonly signal: AbortSignal;
}

const ADVERTISEMENT = 'info/refs?service=git-upload-pack';
/** Epochs are a gigabyte each: the largest archive has about twenty. */
const MAX_EPOCHS = 1_000;

/**
 * The git repositories of a public-inbox at `base` (with its last slash), oldest first, from `first` on. Its manifest says
 * which there are and is believed for old ones; without a manifest, one after the other is looked for.
 * Throws {@link ArchiveTrouble}; of kind `no-archive` where there is no repository.
 */
export async function findRemoteEpochs(
  base: string,
  first: number,
  since: string | null,
  search: EpochSearch,
): Promise<RemoteEpoch[]> {
  const listed = await readManifest(base, search);
  const found: RemoteEpoch[] = [];
  const wanted = (listed ?? []).filter(({ number }) => number >= first && number < MAX_EPOCHS);
  const newest = wanted.at(-1)?.number ?? -1;
  for (const { number, modified } of wanted) {
    if (number !== newest && since !== null && modified !== null && modified < since) continue;
    const epoch = await look(base, number, modified, search);
    if (epoch) found.push(epoch);
  }
  // One that the manifest does not know yet is found all the same.
  for (let number = Math.max(first, newest + 1); number < MAX_EPOCHS; number += 1) {
    const epoch = await look(base, number, null, search);
    if (epoch === null) break;
    found.push(epoch);
  }
  if (found.length > 0) return found;
  const single = await lookAt(base, 0, null, search);
  if (single === null) throw new ArchiveTrouble('no-archive', `${base}: has no git repository of mail (nor ${base}0)`);
  return [single];
}

async function look(
  base: string,
  number: number,
  modified: string | null,
  search: EpochSearch,
): Promise<RemoteEpoch | null> {
  return lookAt(`${base}${number}`, number, modified, search);
}

async function lookAt(
  address: string,
  number: number,
  modified: string | null,
  { client, ports, signal }: EpochSearch,
): Promise<RemoteEpoch | null> {
  const { pageBytes, answerMs } = toLimits(ports);
  const url = `${address.replace(/\/$/, '')}/${ADVERTISEMENT}`;
  const answer = await client.read({ url, maxBytes: pageBytes, answerMs }, signal).catch(noSuchPage);
  if (answer === null) return null;
  const tips = readTips(answer.body.toString('latin1'));
  if (tips === null || !answer.url.endsWith(`/${ADVERTISEMENT}`)) return null;
  return { number, remote: answer.url.slice(0, -ADVERTISEMENT.length - 1), tips, modified };
}

/** The branches that a git server announces, smart or dumb; `null` where the text is no announcement. */
function readTips(text: string): string | null {
  if (!/^(?:[0-9a-f]{4}# service=git-upload-pack|[0-9a-f]{40,64}\t|$)/.test(text)) return null;
  const tips = text.match(/[0-9a-f]{40,64}[ \t]refs\/heads\/[^\s\0]{1,200}/g) ?? [];
  return text === '' ? null : tips.toSorted().join(' ');
}

function noSuchPage(error: unknown): null {
  if (error instanceof ArchiveTrouble && (error.kind === 'not-found' || error.kind === 'refused')) return null;
  throw error;
}

interface Listed {
  readonly number: number;
  readonly modified: string | null;
}

/** The epochs that `manifest.js.gz` (as grokmirror reads it) names, oldest first; `null` where there is no such file. */
async function readManifest(base: string, { client, ports, signal }: EpochSearch): Promise<Listed[] | null> {
  const { pageBytes, answerMs } = toLimits(ports);
  const asked = { url: `${base}manifest.js.gz`, maxBytes: pageBytes, answerMs };
  const answer = await client.read(asked, signal).catch(noSuchPage);
  if (answer === null) return null;
  const manifest = parseManifest(answer.body, pageBytes);
  return manifest === null
    ? null
    : Object.entries(manifest)
        .flatMap(([path, about]) => toListed(path, about))
        .toSorted((a, b) => a.number - b.number);
}

function parseManifest(body: Buffer, maxOutputLength: number): object | null {
  try {
    const plain = body[0] === 0x1f ? gunzipSync(body, { maxOutputLength }) : body;
    const json: unknown = JSON.parse(plain.toString('utf8'));
    return typeof json === 'object' ? json : null;
  } catch {
    return null;
  }
}

function toListed(path: string, about: unknown): Listed[] {
  const number = /\/(?:git\/)?(?<number>\d{1,6})(?:\.git)?$/.exec(path)?.groups?.['number'];
  if (number === undefined) return [];
  const seconds: unknown = typeof about === 'object' && about !== null && 'modified' in about ? about.modified : null;
  const isTime = typeof seconds === 'number' && seconds > 0 && seconds < 1e11;
  return [{ number: Number(number), modified: isTime ? new Date(seconds * 1000).toISOString() : null }];
}
