/** A real terminal for tests: tmux, with a server of its own, so that nobody's sessions are touched. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Terminal {
  /** Keys as tmux calls them (`Enter`, `Down`, `C-u`); other words are typed letter by letter. */
  readonly press: (...keys: readonly string[]) => void;
  readonly type: (text: string) => void;
  /** What stands there now, without blanks at the ends of lines and empty lines at the end. */
  readonly screen: () => string;
  /** Waits until the screen says so, and gives it. */
  readonly until: (what: RegExp) => Promise<string>;
  readonly close: () => void;
}

const WAIT_MS = 30_000;
const LOOK_MS = 100;

/** Starts a shell in a terminal of that size, in a folder. */
export function openTerminal({ columns, rows, folder }: { columns: number; rows: number; folder: string }): Terminal {
  const socket = `heddle-test-${String(process.pid)}`;
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-L', socket, ...args], { encoding: 'utf8' });
  const size = ['-x', String(columns), '-y', String(rows)];
  tmux('-f', '/dev/null', 'new-session', '-d', '-c', folder, ...size, "env PS1='$ ' bash --noprofile --norc");
  const screen = () => tmux('capture-pane', '-p').replace(/[ ]+$/gm, '').trimEnd();
  return {
    press: (...keys) => void tmux('send-keys', ...keys),
    type: (text) => void tmux('send-keys', '-l', text),
    screen,
    until: async (what) => {
      for (const end = Date.now() + WAIT_MS; ;) {
        const now = screen();
        if (what.test(now)) return now;
        if (Date.now() > end) throw new Error(`the terminal never said ${String(what)}:\n${now}`);
        await sleep(LOOK_MS);
      }
    },
    close: () => void tmux('kill-server'),
  };
}
