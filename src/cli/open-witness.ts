import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LlmConfig } from '../config.ts';
import { openFolderCache, toCachedLlm } from '../edges/llm/cached-llm.ts';
import { openBudget, openFolderLedger } from '../edges/llm/daily-budget.ts';
import { toSafeLine } from '../lib/safe-text.ts';
import type { Witness } from '../pipeline/ask-witness.ts';
import type { Clock } from '../ports.ts';
import type { Llm } from '../ports/llm.ts';
import { loadPrompt } from '../verdict/llm/load-prompt.ts';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';

/** A model with an account of how often it did not answer. */
export interface OpenWitness extends Witness {
  /** One line on standard error where it did not: a wrong key must not look like a quiet day. */
  readonly tell: () => Promise<void>;
}

/** The model that is configured, or `undefined`: then nothing is asked. Its client is loaded when it is first asked. */
export function openWitness(
  { config, now, stderr }: Context,
  clock: Clock = { now: () => now },
): OpenWitness | undefined {
  if (config.llm === null) return undefined;
  const inner = openLlm(config.llm, clock);
  const failures: string[] = [];
  const llm: Llm = {
    name: inner.name,
    ask: async (request) => {
      const answer = await inner.ask(request);
      if (answer.kind === 'failure') failures.push(`${answer.why}: ${answer.detail}`);
      return answer;
    },
  };
  const tell = async (): Promise<void> => {
    const [first] = failures;
    if (first === undefined) return;
    const what = `the model ${inner.name} gave no answer ${String(failures.length)} times, the rules stand (${first})`;
    await stderr.write(`heddle: ${toSafeLine(what, 500)}\n`);
  };
  return { llm, prompt: loadPrompt('classify'), summaries: config.llm.summaries, tell };
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
