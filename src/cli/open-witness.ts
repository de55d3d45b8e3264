import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LlmConfig } from '../config.ts';
import { openFolderCache, toCachedLlm } from '../edges/llm/cached-llm.ts';
import { openBudget, openFolderLedger } from '../edges/llm/daily-budget.ts';
import type { Witness } from '../pipeline/ask-witness.ts';
import type { Clock, Llm } from '../ports.ts';
import { loadPrompt } from '../verdict/llm/load-prompt.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';

/** The model that is configured, or `undefined`: then nothing is asked. Its client is loaded when it is first asked. */
export function openWitness({ config, now }: Context): Witness | undefined {
  if (config.llm === null) return undefined;
  const llm = openLlm(config.llm, { now: () => now });
  return { llm, prompt: loadPrompt('classify'), summaries: config.llm.summaries };
}

function openLlm({ url, model, key, keyFile, limits, timeoutMs, folder }: LlmConfig, clock: Clock): Llm {
  const settings = { url, model, key: key ?? readKey(keyFile), timeoutMs };
  const budget = openBudget(limits, openFolderLedger(folder), clock);
  const ports = { budget, clock, wait: async (ms: number) => void (await wait(ms)) };
  let client: Llm | undefined;
  const lazy: Llm = {
    name: model,
    ask: async (request) => {
      client ??= new (await import('../edges/llm/openai-llm.ts')).OpenAiLlm(settings, ports);
      return client.ask(request);
    },
  };
  return toCachedLlm(lazy, openFolderCache(join(folder, 'answers')));
}

/** The first line of the key file. */
function readKey(file: string | null): string {
  if (file === null) return '';
  try {
    return readFileSync(file, 'utf8').split('\n')[0]?.trim() ?? '';
  } catch (error) {
    throw new CommandFailure(`HEDDLE_LLM_KEY_FILE cannot be read: ${file}`, EXIT.usage, error);
  }
}
