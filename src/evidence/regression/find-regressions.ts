import type { Message } from '../../model/message.ts';
import type { Component, Provenance, ReadPart, RegressionClaim } from '../../model/evidence.ts';
import { readProse, toLineNumber, type Sentence } from '../prose/read-prose.ts';
import { readSubject, type Subject } from '../signals/read-subject.ts';
import { findBisects } from './find-bisects.ts';
import { findBlamed } from './find-blamed.ts';
import type { BareClaim } from './bare-claim.ts';
import { readAcross, readClaims } from './read-claims.ts';

/** A sentence without a version, a commit or one of these words claims nothing about what worked before. */
const CUE =
  /\d\.\d|regress|bisect|any ?more|no longer|used to|stopped working|before|previous|until|till|up to|older|earlier|buster|bullseye|bookworm|trixie|xenial|update|upgrad|[0-9a-f]{7,40}|worked/i;
const HAS_VERSION = /\d\.\d/;
const MAX_SENTENCE = 700;
const MAX_CLAIMS = 60;

/**
 * Who says that it worked before, or since when it fails: one claim for each phrase, from the subject, the author's own
 * words and quotations (with their depth). Versions are as written, without a leading `v`, each with its component.
 * A denial ("this is not a regression") is a claim too, with `denied`. Nothing fails.
 */
export function findRegressions(message: Message, parts: readonly ReadPart[]): RegressionClaim[] {
  const claims: RegressionClaim[] = [];
  const subject = readSubject(message.subject);
  if (!subject.patch) {
    const where: Provenance = {
      message: message.id,
      part: 'header',
      line: 1,
      quote: message.subject.slice(0, 300),
      depth: 0,
    };
    for (const bare of readClaims(message.subject.slice(0, MAX_SENTENCE), true)) claims.push(toClaim(bare, where));
    const blamed = findBlamed([subject.rest]);
    if (blamed) claims.push(toBlame(blamed, where));
    if (
      isRegressionSubject(subject.brackets, subject.rest) &&
      !claims.some(({ denied, rule }) => denied || rule === 'said')
    ) {
      claims.push({
        ...where,
        component: null,
        lastGood: null,
        firstBad: null,
        commit: null,
        denied: false,
        rule: 'said',
      });
    }
  }
  for (const part of parts) {
    if (part.part.name !== 'body') continue;
    claims.push(...findBisects(message, part));
    claims.push(...readBody(message, part, subject));
  }
  return claims.slice(0, MAX_CLAIMS);
}

/** `[REGRESSION] …`, `Regression: …`, `…, regression in 6.1`; but not `regressions - FAIL` of a test machine. */
function isRegressionSubject(brackets: readonly string[], rest: string): boolean {
  if (brackets.some((text) => /\bregression|\bbisected/i.test(text))) return true;
  return (
    /\bregress(?:ion|ed|es)\b/i.test(rest) && !/\bregression (?:tests?|suite|tracking|report)|% regression/i.test(rest)
  );
}

function readBody(message: Message, part: ReadPart, { patch, reply }: Subject): RegressionClaim[] {
  // What a patch says of versions is about the code; a review quotes it.
  if (patch && !reply) return [];
  const { sentences } = readProse(part);
  const claims: RegressionClaim[] = [];
  sentences.forEach((sentence, index) => {
    if ((patch && sentence.depth > 0) || !CUE.test(sentence.text)) return;
    const text = sentence.text.length > MAX_SENTENCE ? sentence.text.slice(0, MAX_SENTENCE) : sentence.text;
    const blamed = findBlamed(sentences.slice(index, index + 5).map((next) => next.text));
    if (blamed) claims.push(toBlame(blamed, toPlace(message, part, sentence, 0)));
    for (const bare of readClaims(text)) claims.push(toClaim(bare, toPlace(message, part, sentence, bare.at)));
    const next = sentences[index + 1];
    if (next?.depth !== sentence.depth || !HAS_VERSION.test(next.text)) return;
    for (const bare of readAcross(sentence.text, next.text)) {
      const inNext = bare.at > sentence.text.length;
      claims.push(toClaim(bare, toPlace(message, part, inNext ? next : sentence, inNext ? 0 : bare.at)));
    }
  });
  return claims;
}

function toPlace(message: Message, part: ReadPart, sentence: Sentence, at: number): Provenance {
  return {
    message: message.id,
    part: part.part.name,
    line: toLineNumber(sentence, at),
    quote: sentence.text.slice(0, 300),
    depth: sentence.depth,
  };
}

function toClaim(bare: BareClaim, where: Provenance): RegressionClaim {
  const component: Component = bare.good?.component ?? bare.bad?.component ?? null;
  return {
    ...where,
    component,
    lastGood: bare.good?.version ?? null,
    firstBad: bare.bad?.version ?? null,
    commit: null,
    denied: bare.denied,
    rule: bare.rule,
  };
}

/** A commit that somebody blames, without any version. */
function toBlame({ commit, rule }: Pick<RegressionClaim, 'commit' | 'rule'>, where: Provenance): RegressionClaim {
  return { ...where, component: null, lastGood: null, firstBad: null, commit, denied: false, rule };
}
