/** Words for a model, as a file of `prompts/` holds them. */
export interface Prompt {
  readonly name: string;
  readonly version: string;
  /** The longest answer that is asked for, in tokens. */
  readonly answerTokens: number;
  readonly system: string;
  readonly user: string;
}

/** What is said in a request: every slot filled. */
export interface RenderedPrompt {
  readonly system: string;
  readonly user: string;
}

const SLOT = /\{\{(?<name>[a-z][a-z-]{0,40})\}\}/g;
const FILE = /^---\n(?<head>[\s\S]*?)\n---\n[\s\S]*?^## system\n(?<system>[\s\S]*?)^## user\n(?<user>[\s\S]*)$/m;

/**
 * Reads a prompt file: `name`, `version` and `answer-tokens` between two lines `---`, then `## system` and `## user`.
 * Throws where one of them is missing: the file is ours.
 */
export function readPrompt(text: string): Prompt {
  const groups = FILE.exec(text.replaceAll('\r\n', '\n'))?.groups;
  const head = new Map(
    (groups?.['head'] ?? '').split('\n').map((line) => {
      const [key = '', ...value] = line.split(':');
      return [key.trim(), value.join(':').trim()] as const;
    }),
  );
  const [name, version, answerTokens] = [head.get('name'), head.get('version'), Number(head.get('answer-tokens'))];
  if (groups === undefined || name === undefined || version === undefined || !(answerTokens > 0)) {
    throw new Error('a prompt needs name, version and answer-tokens between two lines ---, then ## system and ## user');
  }
  return { name, version, answerTokens, system: trimmed(groups['system']), user: trimmed(groups['user']) };
}

function trimmed(text: string | undefined): string {
  return (text ?? '').trim();
}

/**
 * Fills every `{{slot}}` in one pass, so that what is filled in is never searched again: a mail cannot bring a slot.
 * Throws where a slot has no text, or a text has no slot.
 */
export function renderPrompt(prompt: Prompt, slots: Readonly<Record<string, string>>): RenderedPrompt {
  const used = new Set<string>();
  const fill = (template: string): string =>
    template.replace(SLOT, (_whole, name: string) => {
      const text = Object.hasOwn(slots, name) ? slots[name] : undefined;
      if (text === undefined) throw new Error(`prompt ${prompt.name}: nothing to fill {{${name}}} with`);
      used.add(name);
      return text;
    });
  const rendered = { system: fill(prompt.system), user: fill(prompt.user) };
  const unused = Object.keys(slots).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`prompt ${prompt.name}: there is no slot for ${unused.join(', ')}`);
  return rendered;
}
