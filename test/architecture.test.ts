/**
 * The house holds itself: which folder may import which, where a package may be known, and what only programs may ask.
 * See DECISIONS.md 1 for the picture.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const CORE = ['src/lib', 'src/model'];
const STEPS = ['src/message', 'src/thread', 'src/evidence', 'src/verdict', 'src/routing', 'src/digest'];
const OUTSIDE = ['src/mailbox', 'src/edges'];
const PROGRAMS = ['src/cli', 'src/web', 'workers'];

/** What each place may import besides itself. A place that is not here may import nothing. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/lib': [],
  'src/model': ['src/lib'],
  'src/ports.ts': [...CORE, 'src/ports'],
  'src/ports': [...CORE, 'src/ports.ts'],
  'src/config.ts': CORE,
  ...Object.fromEntries([...STEPS, ...OUTSIDE].map((place) => [place, [...CORE, 'src/ports.ts', 'src/ports']])),
  'src/pipeline': [...CORE, 'src/ports.ts', 'src/ports', ...STEPS, 'src/pipeline.ts'],
  'src/pipeline.ts': [...CORE, 'src/ports.ts', 'src/ports', ...STEPS, 'src/pipeline'],
  ...Object.fromEntries(
    PROGRAMS.map((place) => [
      place,
      [
        ...[
          ...CORE,
          'src/ports.ts',
          'src/ports',
          'src/config.ts',
          ...STEPS,
          ...OUTSIDE,
          'src/pipeline',
          'src/pipeline.ts',
        ],
        // `heddle serve` gives the pages a socket, `heddle work` runs the workers.
        ...(place === 'src/cli' ? ['src/web', 'workers'] : []),
      ],
    ]),
  ),
};

/** The only places that may know a package. A package that is not here may not be used. */
const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
  'iconv-lite': ['src/message/charset.ts'],
  'html-to-text': ['src/message/html-text.ts'],
  imapflow: ['src/mailbox/imap'],
  libsql: ['src/edges/store/'],
  kysely: ['src/edges/store/'],
  pg: ['src/edges/store/'],
  'pg-cursor': ['src/edges/store/'],
  openai: ['src/edges/llm/'],
  bullmq: ['src/edges/queue/', 'workers/'],
  ioredis: ['src/edges/queue/', 'workers/'],
  zod: ['src/config.ts', 'src/edges/', 'src/verdict/llm/', 'workers/kinds.ts'],
  nodemailer: ['src/edges/outbox/'],
  hono: ['src/web/'],
  '@hono/node-server': ['src/web/start-server.ts'],
  commander: ['src/cli/'],
  '@clack/prompts': ['src/cli/'],
  'cli-progress': ['src/cli/'],
  picocolors: ['src/cli/'],
};

/** Time, chance, the environment and the terminal belong to the programs, never to what they call. */
const AMBIENT =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.(?:env|stdin|stdout|stderr|exit|argv)\b|\bconsole\./;

interface Import {
  readonly file: string;
  readonly target: string;
}

function listFiles(folder: string): string[] {
  const found: string[] = [];
  const waiting = existsSync(folder) ? [folder] : [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const name of readdirSync(next)) {
      const path = join(next, name);
      if (statSync(path).isDirectory()) waiting.push(path);
      else if (/\.tsx?$/.test(name)) found.push(relative(ROOT, path));
    }
  }
  return found.sort();
}

const FILES = [...listFiles(join(ROOT, 'src')), ...listFiles(join(ROOT, 'workers'))];
const TEXTS = new Map(FILES.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));

const IMPORT =
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"](?<from>[^'"]+)['"]|^\s*import\s*['"](?<bare>[^'"]+)['"]|\bimport\(\s*['"](?<lazy>[^'"]+)['"]/gm;

function importsOf(file: string): Import[] {
  const text = TEXTS.get(file) ?? '';
  return [...text.matchAll(IMPORT)].map((match) => ({
    file,
    target: match.groups?.['from'] ?? match.groups?.['bare'] ?? match.groups?.['lazy'] ?? '',
  }));
}

const IMPORTS = FILES.flatMap(importsOf);
const isOurs = ({ target }: Import): boolean => target.startsWith('.');
const toPath = ({ file, target }: Import): string => normalize(join(dirname(file), target));

/** The place a file belongs to: the longest key of MAY_IMPORT that it is or lies in. */
function placeOf(file: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((place) => file === place || file.startsWith(`${place}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function isAllowed(one: Import): boolean {
  const from = placeOf(one.file);
  const to = placeOf(toPath(one));
  if (from === undefined || to === undefined) return false;
  return from === to || (MAY_IMPORT[from] ?? []).includes(to);
}

function packageOf(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Files that reach themselves over imports, type imports included: found without recursion. */
function findCycles(): string[] {
  const edges = new Map<string, string[]>();
  for (const one of IMPORTS.filter(isOurs)) edges.set(one.file, [...(edges.get(one.file) ?? []), toPath(one)]);
  return FILES.filter((start) => {
    const seen = new Set<string>();
    const waiting = [...(edges.get(start) ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next === start) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(...(edges.get(next) ?? []));
    }
    return false;
  });
}

describe('the house', () => {
  it('has files to look at', () => {
    expect(FILES.length).toBeGreaterThan(20);
    expect(IMPORTS.length).toBeGreaterThan(50);
  });

  it('every import follows the direction of the mail', () => {
    const wrong = IMPORTS.filter((one) => isOurs(one) && !isAllowed(one));

    expect(wrong.map((one) => `${one.file} imports ${one.target}`)).toEqual([]);
  });

  it('every package is known in its own place only', () => {
    const wrong = IMPORTS.filter((one) => !isOurs(one) && !one.target.startsWith('node:')).filter((one) => {
      const places = MAY_KNOW[packageOf(one.target)];
      return places === undefined || !places.some((place) => one.file.startsWith(place));
    });

    expect(wrong.map((one) => `${one.file} imports ${one.target}`)).toEqual([]);
  });

  it('nothing but a program asks for time, chance, the environment or the terminal', () => {
    const wrong = FILES.filter((file) => !PROGRAMS.some((place) => file.startsWith(`${place}/`))).filter((file) =>
      AMBIENT.test(stripComments(TEXTS.get(file) ?? '')),
    );

    expect(wrong).toEqual([]);
  });

  it('no file imports itself, over whatever way', () => {
    expect(findCycles()).toEqual([]);
  });

  it('no file grows past 300 lines', () => {
    const long = FILES.filter((file) => (TEXTS.get(file) ?? '').split('\n').length > 301);

    expect(long).toEqual([]);
  });
});

function stripComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
