import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHeddle } from './run-heddle.ts';

const folder = mkdtempSync(join(tmpdir(), 'heddle-similar-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const store = join(folder, 'heddle.db');

/** An oops whose call trace is this, at offsets that depend on the build. */
function oops(functions: readonly string[], build: number): string {
  const frames = functions.map((name, at) => `[   12.34500${at}]  ${name}+0x${(build + at).toString(16)}/0x90`);
  return [
    '[   12.345000] BUG: kernel NULL pointer dereference, address: 0000000000000018',
    '[   12.345000] #PF: supervisor read access in kernel mode',
    '[   12.345000] Oops: 0000 [#1] SMP PTI',
    `[   12.345000] CPU: ${build % 4} PID: ${build} Comm: loom Not tainted 5.10.${build} #1`,
    `[   12.345000] RIP: 0010:${functions[0] ?? ''}+0x${build.toString(16)}/0x90 [weave]`,
    '[   12.345000] Call Trace:',
    ...frames.slice(1),
    `[   12.345000] ---[ end trace 000000000000000${build % 10} ]---`,
  ].join('\n');
}

function mail(id: string, day: string, text: string): string {
  const path = join(folder, `${id}.eml`);
  const head = `From: Robin <robin@example.org>\nTo: list@example.org\nSubject: Crash ${id}\nMessage-ID: <${id}@example.org>\n`;
  writeFileSync(path, `${head}Date: ${day} May 2024 08:42:00 +0000\n\nHello,\n\n${text}\n\nRobin\n`);
  return path;
}

const WEAVE = ['weave_thread', 'weave_row', 'weave_cloth', 'loom_ioctl', 'vfs_ioctl'];
const paths = {
  same: mail('same', '1', oops(WEAVE, 20)),
  near: mail('near', '2', oops([...WEAVE.slice(0, 3), 'loom_write', 'ksys_write'], 30)),
  other: mail('other', '3', oops(['spin_yarn', 'spin_wheel', 'loom_ioctl', 'vfs_ioctl'], 40)),
  asked: mail('asked', '4', oops(WEAVE, 50)),
  text: mail('text', '5', 'No log today.'),
};

interface Answer {
  readonly threads: readonly { readonly id: string; readonly similar: readonly Record<string, unknown>[] }[];
}

describe('heddle similar', () => {
  beforeAll(async () => {
    const { exitCode } = await runHeddle(['import', paths.same, paths.near, paths.other, paths.text, '--store', store]);
    expect(exitCode).toBe(0);
  });

  it('finds the same crash and the near one, with why, of a mail that is at hand', async () => {
    const { exitCode, out, err } = await runHeddle(['similar', paths.asked, '--store', store]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out.replace(/\d+ %/, 'N %')).toBe(
      [
        'Crash asked',
        '  same  2024-05-01  Crash same',
        '        BUG: unable to handle kernel NULL pointer dereference in weave_thread',
        '        same fingerprint',
        '        same@example.org',
        '  N %  2024-05-02  Crash near',
        '        BUG: unable to handle kernel NULL pointer dereference in weave_thread',
        '        shares weave_row, weave_cloth',
        '        near@example.org',
        '',
      ].join('\n'),
    );
  });

  it('finds them for a thread of the store, which is not similar to itself, as JSON', async () => {
    const { out } = await runHeddle(['similar', 'near@example.org', '--store', store, '--json']);
    const { threads } = JSON.parse(out) as Answer;
    expect(threads.map(({ id }) => id)).toEqual(['near@example.org']);
    expect(threads[0]?.similar.map(({ thread }) => thread)).toEqual(['same@example.org']);
  });

  it('does not name the thread of a mail that is in the store already', async () => {
    const { out } = await runHeddle(['similar', paths.same, '--store', store, '--json']);
    expect((JSON.parse(out) as Answer).threads[0]?.similar.map(({ thread }) => thread)).toEqual(['near@example.org']);
  });

  it.each<{ name: string; wanted: string; exitCode: number; says: RegExp }>([
    { name: 'holds no log', wanted: paths.text, exitCode: 0, says: /holds no crash log/ },
    { name: 'stands alone', wanted: 'other@example.org', exitCode: 0, says: /no other thread has this crash/ },
    { name: 'is not there', wanted: 'nobody@example.org', exitCode: 1, says: /no thread .* nobody@example\.org/ },
  ])('says so in one line where what was named $name', async ({ wanted, exitCode, says }) => {
    const ran = await runHeddle(['similar', wanted, '--store', store]);
    expect({ exitCode: ran.exitCode, out: ran.out }).toEqual({ exitCode, out: '' });
    expect(ran.err).toMatch(says);
    expect(ran.err.trimEnd().split('\n')).toHaveLength(1);
  });
});
