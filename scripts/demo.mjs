/**
 * `npm run demo`: what heddle does, on the mails of `examples/`, with the commands that a person would type. Nothing is
 * installed, asked or sent; it ends by itself in seconds, and leaves `out/demo/` with the store and the HTML digest.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const program = join(root, 'dist', 'src', 'cli', 'main.js');
const out = join(root, 'out', 'demo');
const store = join(out, 'heddle.db');
const terminal = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
const bold = (text) => (terminal ? `\u001b[1m${text}\u001b[22m` : text);
const started = Date.now();

/** Runs a command as a person would, and shows it. What it writes is returned with `keep`, else it goes to the terminal. */
function heddle(args, { keep = false } = {}) {
  const shown = args.map((arg) => (arg.startsWith(root) ? relative(process.cwd(), arg) || '.' : arg)).join(' ');
  console.log(bold(`$ heddle ${shown}`));
  const ran = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', keep ? 'pipe' : 'inherit', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ran.status !== 0) {
    console.error(`demo: this command ended with ${ran.status ?? ran.signal}`);
    process.exit(1);
  }
  return ran.stdout;
}

function say(text) {
  console.log(`\n${bold(`-- ${text}`)}\n`);
}

if (!existsSync(program)) {
  console.error('demo: the program is not built yet: run npm ci (or npm run build) first');
  process.exit(1);
}
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

say('1. A list: four files of mail, read into a store');
heddle(['import', 'examples', '--store', store]);

say('2. One thread, with everything that is known about it, as of the day it was written');
heddle(['triage', 'examples/2017-tmem-regression.mbox', '--as-of', '2017-09-28']);

say('   Why? The words it rests on, of its first mail (heddle show --explain says it for all)');
const why = heddle(['show', '20170928084200.4411@robin.example.org', '--explain', '--store', store], { keep: true });
console.log(why.slice(why.indexOf('What this rests on'), why.indexOf('\nMail 2:')));

say('3. Who should see it today? tmem has left the tree meanwhile');
heddle(['route', 'examples/2017-tmem-regression.mbox']);

say('4. A hypervisor crash of a release build, pasted as a quotation and wrapped');
heddle(['triage', 'examples/2024-xen-release-build-crash.eml']);

say('5. The digest of a day');
heddle(['digest', '--day', '2017-09-29', '--store', store]);
const html = heddle(['digest', '--day', '2017-09-29', '--format', 'html', '--store', store], { keep: true });
const page = join(out, 'digest-2017-09-29.html');
writeFileSync(page, html);

const seconds = ((Date.now() - started) / 1000).toFixed(1);
console.log(`\nThe same digest as HTML: ${relative(process.cwd(), page)}`);
console.log(`demo: done in ${seconds} s`);
