/**
 * `npm test [-- FILTER...]`: builds, runs every test that needs no server, and ends with one line, `N passed, N failed[, N skipped]`.
 * The exit code is 0 only where nothing failed. Further arguments go to vitest.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules', ...name);

function run(script, args) {
  const { status, signal, error } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (error) console.error(error.message);
  return signal === null ? (status ?? 1) : 1;
}

const built = run(bin(['typescript', 'bin', 'tsc']), ['-p', 'tsconfig.build.json']);
if (built !== 0) {
  console.error('the build failed: no test was run');
  console.log('0 passed, 1 failed');
  process.exit(built);
}
const reporters = ['--reporter=default', `--reporter=${join(root, 'scripts', 'summary-reporter.mjs')}`];
process.exit(run(bin(['vitest', 'vitest.mjs']), ['run', ...reporters, ...process.argv.slice(2)]));
