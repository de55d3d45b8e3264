import { describe, expect, it } from 'vitest';
import { runHeddle } from './run-heddle.ts';

const COMMANDS = [
  'triage',
  'import',
  'threads',
  'show',
  'digest',
  'correct',
  'search',
  'route',
  'maintainers',
  'trees',
  'subscribe',
  'mailboxes',
  'unsubscribe',
  'join',
  'subscribers',
  'deliver',
  'outbox',
  'serve',
  'check',
  'doctor',
  'completion',
];

const WRONG = [
  { name: 'no command', argv: [], says: /Usage: heddle/ },
  { name: 'an unknown command', argv: ['triaje'], says: /unknown command 'triaje'[\s\S]*Did you mean triage/ },
  {
    name: 'an unknown option',
    argv: ['triage', '--jsn', 'x'],
    says: /unknown option '--jsn'[\s\S]*Did you mean --json/,
  },
  { name: 'a missing argument', argv: ['triage'], says: /missing required argument/ },
  { name: 'an unknown format', argv: ['digest', '--format', 'pdf'], says: /Allowed choices are text/ },
  { name: 'a day that is none', argv: ['digest', '--day', '2024-02-30'], says: /2024-02-30 is no day/ },
  { name: 'a date that is none', argv: ['route', '-', '--as-of', 'soon'], says: /soon is no date/ },
  { name: 'a limit that is none', argv: ['search', 'x', '--limit', 'many'], says: /--limit wants a whole number/ },
  { name: 'an unknown shell', argv: ['completion', 'tcsh'], says: /no completion for tcsh/ },
];

describe('the command line', () => {
  it.each(COMMANDS)('explains %s', async (command) => {
    const { exitCode, out, err } = await runHeddle([command, '--help']);

    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toMatch(new RegExp(`^Usage: heddle ${command} `));
  });

  it('lists every command, with examples', async () => {
    const { out } = await runHeddle(['--help']);

    expect(COMMANDS.filter((command) => !new RegExp(`^ {2}${command} `, 'm').test(out))).toEqual([]);
    expect(out).toContain('Examples:');
  });

  it.each(WRONG)('refuses $name with 2 and says why', async ({ argv, says }) => {
    const { exitCode, out, err } = await runHeddle(argv);

    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toMatch(says);
    expect(err).not.toMatch(/^ {4}at /m);
  });

  it('says its version', async () => {
    expect(await runHeddle(['--version'])).toEqual({ exitCode: 0, out: '1.2.3\n', err: '' });
  });

  it.each(['bash', 'zsh', 'fish'])('writes a completion for %s that knows every command', async (shell) => {
    const { exitCode, out } = await runHeddle(['completion', shell]);

    expect(exitCode).toBe(0);
    expect(COMMANDS.filter((command) => !out.includes(command))).toEqual([]);
  });
});
