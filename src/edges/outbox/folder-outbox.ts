import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Outbox } from '../../ports/outbox.ts';

/**
 * Letters as files of a folder, one `.eml` each, named by Message-ID: a letter that is posted twice is one file. A file is whole
 * or not there.
 */
export function openFolderOutbox(folder: string): Outbox {
  return {
    async post({ messageId, raw }, { mayHandOver } = {}) {
      const name = createHash('sha256').update(messageId).digest('hex').slice(0, 24);
      const path = join(folder, `${name}.eml`);
      try {
        const fresh = `${path}.new`;
        const file = openSync(fresh, 'w', 0o600);
        try {
          writeSync(file, raw);
          fsyncSync(file);
        } finally {
          closeSync(file);
        }
        if (mayHandOver !== undefined && !(await mayHandOver())) {
          return { kind: 'deferred', reason: 'the letter is in other hands', uncertain: false };
        }
        renameSync(fresh, path);
        return { kind: 'accepted', reply: path, refused: [] };
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return { kind: 'deferred', reason: `${folder} cannot be written: ${why}`, uncertain: false };
      }
    },
  };
}
