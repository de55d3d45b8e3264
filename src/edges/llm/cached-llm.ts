import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Llm, LlmRequest } from '../../ports/llm.ts';

/** Answers that were given before. A cache may lose what it was given, and fails never. */
export interface AnswerCache {
  /** JSON text, or `undefined`. */
  get(key: string): string | undefined;
  set(key: string, json: string): void;
}

/** Asks only what was not answered before: the same model, the same words, the same form. Failures are not kept. */
export function toCachedLlm(llm: Llm, cache: AnswerCache): Llm {
  return {
    name: llm.name,
    async ask(request) {
      const key = toCacheKey(llm.name, request);
      const known = parse(cache.get(key));
      if (known !== undefined) return { kind: 'answer', json: known };
      const answer = await llm.ask(request);
      if (answer.kind === 'answer') cache.set(key, JSON.stringify(answer.json));
      return answer;
    },
  };
}

/** sha256, hex, of everything that the answer depends on. */
function toCacheKey(model: string, { prompt, system, user, form }: LlmRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([model, prompt, system, user, form]))
    .digest('hex');
}

function parse(json: string | undefined): unknown {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** A cache of this process alone. */
export function openMemoryCache(): AnswerCache {
  const known = new Map<string, string>();
  return { get: (key) => known.get(key), set: (key, json) => void known.set(key, json) };
}

/** A cache in a folder, one file an answer. A file is whole or not there; a folder that cannot be written keeps nothing. */
export function openFolderCache(folder: string): AnswerCache {
  const fileOf = (key: string): string => join(folder, key.slice(0, 2), `${key}.json`);
  return {
    get(key) {
      try {
        return readFileSync(fileOf(key), 'utf8');
      } catch {
        return undefined;
      }
    },
    set(key, json) {
      try {
        mkdirSync(join(folder, key.slice(0, 2)), { recursive: true });
        writeFileSync(`${fileOf(key)}.new`, json);
        renameSync(`${fileOf(key)}.new`, fileOf(key));
      } catch {
        // It is asked again, that is all.
      }
    },
  };
}
