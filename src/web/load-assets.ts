import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { WebPorts } from './ports.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files that browsers are given, with a short hash of each: a new version has a new address. */
export function loadAssets(folder: string): WebPorts['assets'] {
  const names = readdirSync(folder).filter((name) => extname(name) in TYPES);
  return new Map(
    names.map((name) => {
      const body = readFileSync(join(folder, name));
      const tag = createHash('sha256').update(body).digest('hex').slice(0, 12);
      return [name, { type: TYPES[extname(name)] ?? '', body, tag }];
    }),
  );
}
