#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toOutput } from './output.ts';
import { findRoot } from './root.ts';
import { runCommandLine } from './run.ts';

const { version } = JSON.parse(readFileSync(join(findRoot(), 'package.json'), 'utf8')) as { version: string };

process.exitCode = await runCommandLine(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: toOutput(process.stdout),
  stderr: toOutput(process.stderr),
  env: process.env,
  now: new Date(),
  version,
});
