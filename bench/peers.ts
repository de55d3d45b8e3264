/** Mail indexers that are measured beside heddle, where they are installed. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from './measure.ts';
import type { Cost } from './measure.ts';

export interface Peer {
  readonly name: string;
  readonly program: string;
  /** Indexes a maildir into a new index in a folder of its own. */
  readonly index: (maildir: string, folder: string) => Promise<Cost>;
}

export const PEERS: readonly Peer[] = [
  {
    name: 'notmuch new',
    program: 'notmuch',
    index: async (maildir, folder) => {
      const config = join(folder, 'notmuch-config');
      const lines = [
        '[database]',
        `path=${folder}`,
        `mail_root=${maildir}`,
        '[user]',
        'name=Bench',
        'primary_email=bench@example.org',
        '[new]',
        'tags=new',
      ];
      writeFileSync(config, `${lines.join('\n')}\n`);
      return measure(['notmuch', `--config=${config}`, 'new', '--no-hooks', '--quiet']);
    },
  },
  {
    name: 'mu init + index',
    program: 'mu',
    index: async (maildir, folder) => {
      const init = await measure(['mu', 'init', `--muhome=${folder}`, `--maildir=${maildir}`, '--quiet']);
      const index = await measure(['mu', 'index', `--muhome=${folder}`, '--quiet']);
      const peak = Math.max(init.peak ?? 0, index.peak ?? 0) || null;
      return { cpu: init.cpu + index.cpu, wall: init.wall + index.wall, peak, stdout: index.stdout };
    },
  },
];

export function isInstalled({ program }: Peer): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}
