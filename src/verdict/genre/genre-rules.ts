import type { Signal } from '../../model/evidence.ts';
import type { Genre } from '../../model/verdict.ts';
import type { ThreadView } from '../../model/view.ts';
import { hasSignal, isSame, type Opening } from '../opening.ts';

/** A row of the genre table: the first that holds decides. */
export interface GenreRule {
  readonly name: string;
  readonly genre: Genre;
  /** The signal that made it hold, `true` where it is the shape of the thread, or `null`. */
  readonly test: (opening: Opening, view: ThreadView) => Signal | true | null;
}

const header =
  (name: string) =>
  (opening: Opening): Signal | null =>
    findInHeader(opening, name);

/** The subject of the opening mail is that of the thread, even where the mail is a reply. */
function findInHeader(opening: Opening, name: string): Signal | null {
  return (
    opening.signals.find(
      (signal) => signal.message === opening.mail.message.id && signal.part === 'header' && signal.name === name,
    ) ?? null
  );
}

/**
 * Mails of a fixed form, in order: what a program wrote or what says in its subject what it is. Whatever passes all
 * rows was written by a person about something, and is weighed.
 */
export const GENRE_RULES: readonly GenreRule[] = [
  { name: 'xsa', genre: 'security', test: header('machine:xsa') },
  ...['osstest', 'gitlab-ci', 'coverity', 'lkp', 'syzbot', 'patchew', 'kernelci', 'buildbot', 'linux-next'].map(
    (name): GenreRule => ({ name, genre: 'ci', test: (opening) => findRobot(opening, `machine:${name}`) }),
  ),
  ...['stable-queue', 'autosel', 'tip-bot'].map((name): GenreRule => ({
    name,
    genre: 'patch',
    test: header(`machine:${name}`),
  })),
  { name: 'spam', genre: 'spam', test: isSpam },
  {
    name: 'pull',
    genre: 'pull-request',
    test: (opening) => findInHeader(opening, 'subject:pull') ?? findOwn(opening, 'pull-request'),
  },
  { name: 'patch-subject', genre: 'patch', test: isPatch },
  { name: 'series', genre: 'patch', test: isSeries },
  { name: 'signed-diff', genre: 'patch', test: isSignedDiff },
  { name: 'announce', genre: 'announcement', test: header('subject:announce') },
  { name: 'announcement', genre: 'announcement', test: isAnnouncement },
];

/** A robot that answers a patch which is not at hand says nothing about the thread. */
function findRobot(opening: Opening, name: string): Signal | null {
  const answers =
    opening.missing &&
    findInHeader(opening, 'subject:patch') !== null &&
    findInHeader(opening, 'subject:reply') !== null;
  return answers ? null : findInHeader(opening, name);
}

function findOwn(opening: Opening, name: string): Signal | null {
  return (
    opening.signals.find(
      (signal) => signal.name === name && (opening.missing ? signal.depth > 0 : signal.depth === 0),
    ) ?? null
  );
}

function isPatch(opening: Opening): Signal | null {
  const signal = findInHeader(opening, 'subject:patch');
  // A bracket of a bug beside that of a patch means "about this patch".
  return signal && !findInHeader(opening, 'subject:bug') ? signal : null;
}

/** A cover letter without a tag: its author answers it with the pieces of a series. */
function isSeries(opening: Opening, view: ThreadView): true | null {
  const { message } = opening.mail;
  const pieces = view.thread.messages.filter(
    ({ message: { id, from, subject, inReplyTo, references } }) =>
      isSame(from, message.from) &&
      (inReplyTo[0] === message.id || references.at(-1) === message.id || inReplyTo[0] === view.thread.id) &&
      !/^re:/i.test(subject) &&
      hasSignal(view.evidence.get(id)?.signals ?? [], 'subject:patch'),
  );
  return pieces.length >= 2 || (pieces.length === 1 && hasSignal(opening.signals, 'diff')) ? true : null;
}

function isSignedDiff(opening: Opening): Signal | null {
  if (opening.missing) return null;
  const diff = findOwn(opening, 'diff');
  const signed = findOwn(opening, 'tag:signed-off-by');
  return diff && signed && signed.line < diff.line && !findInHeader(opening, 'subject:bug') ? signed : null;
}

function isAnnouncement(opening: Opening): Signal | null {
  if (findInHeader(opening, 'subject:bug') || opening.signals.some(({ name }) => name.startsWith('subject:failure:')))
    return null;
  return opening.traces.length === 0 ? findInHeader(opening, 'subject:announcement') : null;
}

/** So many of its words outweigh a subject that begins like an answer. */
const SURE_SPAM = 3;

function isSpam(opening: Opening): Signal | null {
  const signal = findOwn(opening, 'spam-words');
  if (!signal || opening.missing || opening.traces.length > 0) return null;
  const known = opening.signals.some(
    ({ name }) =>
      name === 'log' ||
      name === 'diff' ||
      name === 'subject:patch' ||
      (name === 'subject:reply' && Number(signal.value) < SURE_SPAM),
  );
  return known || opening.facts.length > 1 ? null : signal;
}
