import { sayIs, type NoteRule } from './note-rule.ts';
import { lookUp } from './tables.ts';

const LIBXL = /\blibxl(?: [\w -]{1,30})?: /;

/**
 * Error numbers. Two number spaces share them: libxl prints its own codes, everybody else the errno of Xen's public
 * header; which one it is, the line tells.
 */
export const ERROR_RULES: readonly NoteRule[] = [
  {
    name: 'libxl',
    pattern: /(?:\brc ?[=:]? ?|: )(?<code>-\d{1,2})\s*$|\brc ?= ?(?<inner>-\d{1,2})\b/,
    say: ({ code, inner }, { line }) => {
      const number = code ?? inner ?? '';
      return LIBXL.test(line.text) ? sayIs(`libxl ${number}`, lookUp('libxl-errors', number)) : [];
    },
  },
  {
    name: 'errno',
    pattern: /\b(?:fail(?:ed|ure)?|error|err|rc|ret|returned|returns|result)[:=( ]{1,4}(?<code>-\d{1,3})\b/i,
    say: ({ code }, { line }) => {
      if (LIBXL.test(line.text) || /\bcall {1,4}\d|\bop=\d/.test(line.text)) return [];
      return sayIs(code ?? '', lookUp('errno', (code ?? '').slice(1)));
    },
  },
  {
    name: 'grant-status',
    pattern: /\b(?:gnttab|grant|g\.e\.|GNTST).{0,60}\bstatus[ =:]{1,3}(?<status>-?\d{1,2})\b/,
    say: ({ status }) => sayIs(`grant status ${status ?? ''}`, lookUp('grant-status', status ?? '')),
  },
  {
    name: 'shutdown-reason',
    pattern: /\breason code (?<reason>\d{1,2})\b/,
    say: ({ reason }) => sayIs(`reason code ${reason ?? ''}`, lookUp('shutdown-reasons', reason ?? '')),
  },
  {
    name: 'xenbus-state',
    pattern:
      /\b(?:xenbus|frontend|backend|Waiting for|device model|state path).{0,80}\bstate[ =:]{1,3}"?(?<state>[0-8])\b/,
    say: ({ state }) => sayIs(`state ${state ?? ''}`, lookUp('xenbus-states', state ?? '')),
  },
];
