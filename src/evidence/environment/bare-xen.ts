import type { Sentence } from '../prose/read-prose.ts';
import { toStatements } from '../prose/to-statements.ts';
import { findVersions } from '../regression/find-versions.ts';
import { type FactDraft, toValue } from './fact-draft.ts';
import { placeOf } from './place-of.ts';
import { stanceAt, toClauses } from './to-clauses.ts';

/** Numbers that releases of Xen have and that no kernel in use has: from 4.6 on, patch levels of one digit. */
const XEN_LIKE =
  /^4\.(?:[6-9]|[12]\d)(?:\.(?:\d|x))?(?:-(?:rc\d{1,2}|unstable|pre)|\.0-rc\d{1,2}|[-+~_][\d][\w.+~-]{0,40}|-r\d)?$/;
/** Where a number is a target, a date, or belongs to what is named in front of it. */
const NOT_RUN =
  /\b(?:for|before|since|until|till|in|from|after|prior to|than|by|of|target\w*|gcc|clang|kernels?|linux|python|ocaml|version of \w+)(?: the)? ?$|\bversion: ?$/i;
const MOST = 2;

/**
 * Versions of Xen that stand without its name (`4.19.1, Alpine 3.21 as dom0`, `This is 4.20-rc3`), for mails that name
 * it nowhere else: on this list a number alone is that of the hypervisor. Only own words count.
 */
export function findBareXen(sentences: readonly Sentence[]): FactDraft[] {
  const drafts: FactDraft[] = [];
  for (const sentence of sentences) {
    if (sentence.depth > 0 || !sentence.text.includes('4.') || sentence.text.endsWith('?')) continue;
    for (const clause of toStatements(sentence).flatMap((statement) => toClauses(statement))) {
      for (const { version, component, foreign, start, end } of findVersions(clause.text)) {
        if (foreign || (component !== null && component !== 'xen') || !XEN_LIKE.test(version)) continue;
        if (NOT_RUN.test(clause.text.slice(Math.max(0, start - 24), start)) || drafts.length >= MOST) continue;
        if (stanceAt(clause, start, end) !== 'has') continue;
        drafts.push({ key: 'xen-version', value: toValue(version), role: 'host', ...placeOf(clause, start, end) });
      }
    }
  }
  return drafts;
}
