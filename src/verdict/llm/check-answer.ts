import { toSafeText } from '../../lib/safe-text.ts';
import type { HeardTestimony } from '../../model/testimony.ts';
import type { TriageThread } from '../../model/triage.ts';
import type { Status } from '../../model/verdict.ts';
import { Answer } from './answer.ts';
import type { MailText } from './mail-text.ts';
import { findQuote } from './find-quote.ts';
import { findAppeal } from './speaks-to-model.ts';

/** What an answer is held against. */
export interface Offered {
  readonly thread: Pick<TriageThread, 'routing' | 'status' | 'subject'>;
  /** The mails as the model was shown them. */
  readonly texts: readonly MailText[];
}

/** What may be believed of an answer, or the first reason why nothing is. */
export type Checked =
  | ({ readonly kind: 'held' } & Pick<HeardTestimony, 'genre' | 'component' | 'summary' | 'quote' | 'named'>)
  | { readonly kind: 'dropped'; readonly why: string };

const MAX_SUMMARY = 400;
const MAX_QUOTE = 300;
const MIN_QUOTE = 12;
const MOST_SENTENCES = 2;
const MOST_NAMED = 5;

const ADDRESS = /[^\s@<>]{1,64}@[^\s@<>]{1,100}/;
const LINK =
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/|\bwww\.|\b[a-z0-9-]{1,63}\.(?:com|org|net|io|dev|info|biz|ru|cn|me|co|xyz|top|app|site|link|click)\b/i;
/** Whether a report concerns security is for people to say, and never for a digest. */
const SECURITY = /vulnerab|exploit|\bcve\b|\bxsa\b|privilege.escalation|zero.day|\b0.?day\b|malicious|attack/i;
const MARKUP = /<[/!]?[a-z]|[{}`]|\]\(|\*\*/i;

/** That something is settled is for the rules of the status, which know who said so. */
const SETTLED =
  /\b(?:(?:is|are|was|were|been|got|already|now) (?:\w+ )?(?:fixed|resolved|solved|closed|settled|harmless|obsolete)|not a bug|no (?:bug|action)\b|nothing to (?:do|see|fix)|(?:can|may|should) be ignored|false alarm)\b/i;
const SETTLED_STATUS: ReadonlySet<Status> = new Set(['fixed', 'duplicate', 'not-a-bug']);

/** Rows of what a summary may not hold. */
const SUMMARY_RULES: readonly { readonly why: string; readonly test: (summary: string) => boolean }[] = [
  { why: 'its summary is empty', test: (text) => text.trim() === '' },
  { why: `its summary is longer than ${String(MAX_SUMMARY)} characters`, test: (text) => text.length > MAX_SUMMARY },
  { why: 'its summary has more than two sentences', test: (text) => countSentences(text) > MOST_SENTENCES },
  { why: 'its summary has several lines', test: (text) => /[\n\r\t]/.test(text) },
  { why: 'its summary holds an address', test: (text) => ADDRESS.test(text) },
  { why: 'its summary holds a link', test: (text) => LINK.test(text) },
  { why: 'its summary holds markup', test: (text) => MARKUP.test(text) },
  { why: 'its summary speaks of security', test: (text) => SECURITY.test(text) },
  { why: 'its summary speaks to a reader who is a model', test: (text) => findAppeal([text]) !== null },
];

/**
 * Holds an answer against what the model was shown: the form, a quotation that stands in a mail, an entry and addresses that
 * routing had found, a summary that is one. One thing wrong, and nothing of it is believed: who invents an address may have
 * invented the rest. Never throws.
 */
export function checkAnswer(json: unknown, { thread, texts }: Offered): Checked {
  const read = Answer.safeParse(json);
  if (!read.success) return dropped('it does not have the form that was asked for');
  const { genre, summary, quote: words, suggestions, component: title } = read.data;
  const all = [summary, words, title ?? '', ...suggestions];
  if (all.some((text) => toSafeText(text) !== text)) return dropped('it holds control characters');
  const wrong = SUMMARY_RULES.find(({ test }) => test(summary));
  if (wrong) return dropped(wrong.why);
  if (words.length > MAX_QUOTE || words.trim().length < MIN_QUOTE)
    return dropped('its quotation is too short or too long');
  if (SETTLED.test(summary) && !SETTLED_STATUS.has(thread.status))
    return dropped('its summary calls settled what is not');
  const invented = findInvented(summary, [thread.subject, ...texts.flatMap(toWords)].join('\n'));
  if (invented !== null) return dropped(`its summary tells of ${invented}, which no mail does`);
  const quote = findQuote(words, texts);
  if (quote === null) return dropped('its quotation stands in no mail of the thread');
  const offered = toOffered(thread);
  const component = title === null || title.trim() === '' ? null : offered.components.get(toKey(title));
  if (component === undefined) return dropped('it names a component that was not offered');
  const named = suggestions.map((address) => offered.addresses.get(toKey(address)));
  if (named.includes(undefined)) return dropped('it names an address that was not offered');
  const people = [...new Set(named.flatMap((address) => address ?? []))].slice(0, MOST_NAMED);
  return { kind: 'held', genre, component, summary: summary.trim(), quote, named: people };
}

function dropped(why: string): Checked {
  return { kind: 'dropped', why };
}

function toKey(text: string): string {
  return text.trim().toLowerCase();
}

interface Choices {
  readonly components: ReadonlyMap<string, string>;
  readonly addresses: ReadonlyMap<string, string>;
}

/** The closed choice: what routing found, and nothing else. */
export function toOffered({ routing }: Pick<TriageThread, 'routing'>): Choices {
  return {
    components: new Map(
      routing.flatMap(({ section }) => (section === null ? [] : [[toKey(section), section] as const])),
    ),
    addresses: new Map(routing.map(({ address }) => [toKey(address), address] as const)),
  };
}

function toWords({ from, lines }: MailText): string[] {
  return [from, ...lines.map(({ text }) => text)];
}

/** Versions, commits, addresses, model numbers: words with a digit. */
const EXACT = /[\p{L}\d][\p{L}\d._+/:-]*/gu;

/** The first exact word of a summary that stands nowhere in the mails, or `null`. */
function findInvented(summary: string, mails: string): string | null {
  const known = mails.toLowerCase();
  for (const [word] of summary.matchAll(EXACT)) {
    const exact = word.toLowerCase().replace(/^v(?=\d)|[._:/-]+$/g, '');
    if (exact.length > 1 && /\d/.test(exact) && !known.includes(exact)) return exact.slice(0, 40);
  }
  return null;
}

/** Dots inside of versions and file names end no sentence. */
function countSentences(text: string): number {
  return text.split(/[.!?…。]+(?=\s|$)/).filter((sentence) => sentence.trim() !== '').length;
}
