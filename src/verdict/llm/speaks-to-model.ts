/** Words by which a mail speaks to a program that reads it, and not to people. */
interface Row {
  readonly name: string;
  readonly pattern: RegExp;
}

const ROWS: readonly Row[] = [
  {
    name: 'orders to forget',
    pattern:
      /\b(?:ignore|disregard|forget|override|bypass)\s+(?:\w+\s+){0,4}(?:instruction|prompt|rule|guideline|direction|context|polic(?:y|ies))s?\b/,
  },
  {
    name: 'names a system prompt',
    pattern: /\b(?:system|developer|hidden|initial)\s+(?:prompt|message|instruction)s?\b/,
  },
  {
    name: 'marks of a chat',
    pattern: /<\|[a-z_]{2,20}\|>|\[\/?inst\]|<<\/?sys>>|<\/?(?:system|assistant|instructions?)>/,
  },
  { name: 'plays a part of the chat', pattern: /^\s*(?:#{1,4}\s*)?(?:system|assistant|developer)\s*:/ },
  {
    name: 'addresses a model',
    pattern:
      /\b(?:you are|you're|act as|pretend to be|as)\s+(?:now\s+)?(?:an?\s+)?(?:ai|a\.i\.|llm|language model|chatbot|assistant|classifier)\b/,
  },
  {
    name: 'tells a model how to answer',
    pattern:
      /\b(?:classify|label|categori[sz]e|mark|tag|treat|answer|respond|reply|output|return)\s+(?:\w+\s+){0,4}(?:as|with|only)\s+["'`]?(?:spam|json|genre|report|question|discussion|announcement|security|not-a-bug|\{)/,
  },
  { name: 'a ready answer', pattern: /["']?(?:genre|suggestions|classification)["']?\s*:\s*["'[]/ },
  {
    name: 'speaks to whatever reads mail',
    pattern:
      /\b(?:note|attention|message|dear|hey|hello)\s*(?:to|for)?\s*:?,?\s*(?:the\s+)?(?:ai|llm|language model|bot|classifier|triage (?:bot|tool|model))s?\b/,
  },
  { name: 'the end of the mails', pattern: /\bend of (?:the )?mails?\b/ },
];

const MAX_LINE = 400;
/** Nothing to see, and enough to keep a pattern from matching. */
const UNSEEN =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e0fff}]/gu;
/** Letters of other alphabets that look like ours. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a', с: 'c', е: 'e', о: 'o', р: 'p', х: 'x', у: 'y', і: 'i', ѕ: 's', ј: 'j', ԁ: 'd', һ: 'h', ո: 'n', т: 't', м: 'm', к: 'k', в: 'b', н: 'h',
  α: 'a', ο: 'o', ε: 'e', ι: 'i', ρ: 'p', ν: 'v', υ: 'u', κ: 'k', τ: 't',
}; // prettier-ignore

/**
 * Whether text speaks to a model, and how; `null` for a mail among people. A thread with such words is not shown to a model at all:
 * what it could gain from it is little. The table is no wall: what it lets through is met by the checks of the answer.
 */
export function findAppeal(lines: readonly string[]): string | null {
  let before = '';
  for (const line of lines) {
    const plain = toPlain(line);
    // Two lines together: an order may be wrapped.
    const both = `${before} ${plain}`;
    const row = ROWS.find(({ pattern }) => pattern.test(plain) || pattern.test(both));
    if (row) return row.name;
    before = plain;
  }
  return null;
}

function toPlain(line: string): string {
  const bare = line.slice(0, MAX_LINE).normalize('NFKC').replace(UNSEEN, '').toLowerCase();
  return [...bare]
    .map((character) => LOOKALIKES[character] ?? character)
    .join('')
    .replace(/\s+/g, ' ');
}
