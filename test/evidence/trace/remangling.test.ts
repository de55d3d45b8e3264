import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairLog } from '../../../src/evidence/log/repair-log.ts';
import { findTraces } from '../../../src/evidence/trace/find-traces.ts';
import { toPart } from '../log/part.ts';
import { MAILERS, PREFIXES } from '../manglings.ts';
import type { Mangling } from '../manglings.ts';
import { FAMILIES, readFamily } from './cases.ts';
import type { Case, Family } from './cases.ts';

type Sample = Case & { readonly family: Family };

const SAMPLES: readonly Sample[] = FAMILIES.flatMap((family) => readFamily(family).map((one) => ({ ...one, family })));

interface Loss {
  readonly cases: readonly string[];
  /** On the names of the manglings, joined by ` + ` where there are two. */
  readonly manglings: RegExp;
  readonly why: string;
}

/** What is truly lost, or damaged in a way that no mailer does it: by case and mangling, with the reason. */
const LOST: readonly Loss[] = [
  {
    cases: ['not-a-crash-patch-and-prose', 'not-a-crash-prose-and-source'],
    manglings: /./,
    why: 'a patch is known by its columns: behind stamps, blanks or other breaks it is none',
  },
  {
    cases: [
      'page-fault-quoted-and-wrapped',
      'comments-between-quoted-frames',
      'libxl-errors-of-old-and-of-libvirt',
      'python-traceback-as-a-staircase',
      'xenctx-of-a-guest',
      'riscv-wrapped',
      'gdb-of-old-with-stack-arguments',
      'gdb-wrapped-frames-and-an-abort-message',
      'qemu-assertion-of-musl-wrapped',
    ],
    manglings: /syslog|journal|test lab|logger|indented|console_timestamps|wrap|flowed|blank lines/,
    why: 'the case is mail already, quoted or broken: no program stamps the pieces, and a second break hides the first',
  },
  {
    cases: [
      'segfault-lines-of-the-kernel',
      'coredump-of-systemd',
      'arm-guest-access-not-handled',
      'iommu-fault-of-smmu',
    ],
    manglings: /(?:syslog|journal.*|test lab|logger.*|indented|quoted.*) \+ .*(?:wrap|flowed)/,
    why: 'a line without anything to recognise it by, behind a long prefix, breaks into pieces that say nothing',
  },
  {
    cases: ['glued-line-boot-stamps'],
    manglings: /wrap|flowed/,
    why: 'the break falls inside the glued stamp, and its blanks look like an indentation',
  },
  {
    cases: ['hung-task-xenbus', 'ocaml-exception-of-oxenstored'],
    manglings: /(?:syslog|journal.*|test lab|logger.*|quoted.*) \+ (?:wrapped after quoting|wrapped at 65|flowed)/,
    why: 'a field is broken off and has lost its quote mark, at the very end of the log',
  },
  {
    cases: ['journalctl-short-precise', 'hypervisor-log-of-xcp-ng', 'dmesg-T-with-human-stamps', 'dmesg-as-a-diff'],
    manglings:
      /(?:syslog|journal.*|test lab|logger.*|indented|quoted.*|levels|marks without width|CRLF) \+ .*(?:wrap|flowed)/,
    why: 'two stamps of two loggers leave a break hardly any text of a line',
  },
  {
    cases: ['qemu-error-lines', 'xenstored-barf-in-the-system-log'],
    manglings:
      /blank lines|(?:syslog|journal.*|test lab|logger.*|indented|quoted.*|levels|marks without width|CRLF) \+ .*(?:wrap|flowed)/,
    why: 'two to four lines with blank ones between are paragraphs; two stamps leave no room',
  },
  {
    cases: ['screen-capture-with-escapes'],
    manglings: /wrap|flowed|\+/,
    why: 'no mailer breaks inside the escapes of a terminal, which have no width',
  },
  {
    cases: ['watchdog-without-prefix'],
    manglings: /signed \+ only no-break/,
    why: 'nobody signs a text and then changes its blanks',
  },
];

/** Logs with fewer lines than this are not told from paragraphs where a blank line stands between all of them. */
const SHORT = 14;
/** Prefixes of this kind leave a break at 65 columns hardly any text. */
const NARROW = /(?:journal in French|indented|marks without width) \+ wrapped at 65/;

function isLost(sample: Sample, ...names: readonly string[]): boolean {
  const both = names.join(' + ');
  if (names.length > 1 && both.includes('blank lines') && linesOf(sample).length < SHORT) return true;
  return NARROW.test(both) || LOST.some((row) => row.cases.includes(sample.name) && row.manglings.test(both));
}

const fold = (text: string | null): string | null => text?.replace(/\s+/g, ' ') ?? null;

/** All that must not depend on the mailer: of the main trace everything, of the others what they are. */
function read(lines: readonly string[], flowed = false): unknown {
  const text = ['Hello,', '', 'this is what the console had:', '', ...lines, '', 'Regards, A.'].join('\n');
  const { traces } = findTraces(repairLog(toPart(text, { flowed })));
  const [main, ...others] = traces;
  if (!main) return null;
  return {
    main: {
      ...main,
      lines: null,
      depth: null,
      notes: null,
      hardware: null,
      headline: fold(main.headline),
      tainted: fold(main.tainted),
    },
    others: others.map(({ kind, title, fingerprint }) => [kind, title, fingerprint]),
  };
}

const linesOf = ({ text }: Case): string[] => text.trimEnd().split('\n');

it('there are at least sixty samples', () => {
  expect(SAMPLES.length).toBeGreaterThanOrEqual(60);
});

describe('one mangling changes nothing', () => {
  it.each([...PREFIXES, ...MAILERS])('$name', ({ name, mangle, flowed }) => {
    for (const sample of SAMPLES) {
      if (isLost(sample, name)) continue;
      const lines = linesOf(sample);
      expect({ case: sample.name, ...readAs(mangle(lines, sample.family), flowed) }).toEqual({
        case: sample.name,
        ...readAs(lines),
      });
    }
  });
});

const readAs = (lines: readonly string[], flowed?: true): { readonly read: unknown } => ({
  read: read(lines, flowed === true),
});

describe('two manglings, one after the other, change nothing', () => {
  const first: readonly Mangling[] = [...PREFIXES, ...MAILERS.filter(({ flowed }) => flowed !== true)];

  it('any case, any two', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SAMPLES),
        fc.constantFrom(...first),
        fc.constantFrom(...MAILERS),
        (sample, inner, outer) => {
          if (isLost(sample, inner.name, outer.name) || isTwice(inner, outer)) return;
          const lines = linesOf(sample);
          const mangled = outer.mangle(inner.mangle(lines, sample.family), sample.family);
          expect(readAs(mangled, outer.flowed)).toEqual(readAs(lines));
        },
      ),
      { numRuns: 3000 },
    );
  });
});

/** The same damage twice leaves no evidence of the first; other pairs are another kind each. */
function isTwice(inner: Mangling, outer: Mangling): boolean {
  const breaks = /wrapped|wrapping|flowed/;
  return inner.name === outer.name || (breaks.test(inner.name) && breaks.test(outer.name));
}
