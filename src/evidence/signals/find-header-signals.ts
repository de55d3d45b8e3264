import type { Message } from '../../model/message.ts';
import type { Signal } from '../../model/evidence.ts';
import { ANNOUNCEMENTS, MACHINE_RULES, type MachineRule } from './machine-rules.ts';
import { readSubject, type Subject } from './read-subject.ts';
import { SUBJECT_RULES } from './subject-rules.ts';
import { FAILURE_PHRASES } from './failure-phrases.ts';
import { CONTRAST_PHRASES, OBSERVATION_PHRASES } from './observation-phrases.ts';

/** Subjects are told in failures and in what was seen. */
const TOLD = [...FAILURE_PHRASES, ...OBSERVATION_PHRASES, ...CONTRAST_PHRASES];

/** What sender, subject and Message-ID say. */
export function findHeaderSignals(message: Message): Signal[] {
  const subject = readSubject(message.subject);
  const found: Signal[] = [];
  const add = (name: string, value: string | null = null, quote = message.subject): void => {
    found.push({ message: message.id, part: 'header', line: 1, quote: quote.slice(0, 300), depth: 0, name, value });
  };
  const machine = MACHINE_RULES.find((rule) => isMachine(rule, message, subject));
  if (machine) add(`machine:${machine.name}`, machine.from ? 'sender' : null, message.subject);
  if (subject.reply) add('subject:reply');
  if (subject.forward) add('subject:forward');
  if (subject.patch) add('subject:patch', toPatchValue(subject.patch));
  for (const bracket of subject.brackets) add('subject:bracket', bracket);
  if (subject.patch) return found;
  for (const rule of SUBJECT_RULES) {
    if (rule.bracket ? subject.brackets.some((text) => rule.pattern.test(text)) : rule.pattern.test(subject.rest))
      add(`subject:${rule.name}`);
  }
  if (
    !/\b(?:notes|minutes|summary|recap|test report)\b/i.test(message.subject) &&
    ANNOUNCEMENTS.some((pattern) => pattern.test(subject.rest))
  )
    add('subject:announcement');
  for (const rule of TOLD) if (rule.pattern.test(subject.rest)) add(`subject:${rule.name}`);
  return found;
}

function toPatchValue(patch: NonNullable<Subject['patch']>): string {
  const version = `v${String(patch.version)}`;
  return patch.number === null ? version : `${version} ${String(patch.number)}/${String(patch.total ?? 0)}`;
}

function isMachine(rule: MachineRule, message: Message, subject: Subject): boolean {
  if (subject.reply && !rule.replies) return false;
  if (rule.id && !rule.id.test(message.id)) return false;
  if (rule.from && !rule.from.test(`${message.from?.name ?? ''} ${message.from?.address ?? ''}`)) return false;
  return !rule.subject || rule.subject.test(subject.rest) || rule.subject.test(message.subject.replace(/^re: /i, ''));
}
