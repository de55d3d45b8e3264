/**
 * What routing must never do, measured: `npx tsx scripts/score-routing.ts [--shared DIR] [--misses]`, over the labelled threads
 * and the cross-posts. Three lines:
 *
 * - `nobody where nothing points`: of the texts without usable evidence, those for which nobody is named. Which those are is
 *   said without heddle's own rules: the mails (each taken as a thread of its own, under a subject that says nothing) that hold
 *   nothing like a path, a source file, a function, a line of a log or of a patch, and no name of a part of the system; and
 *   whole threads of which the same holds, subjects included.
 * - `no catch-all before a special list`: threads where a special list is named, and no catch-all one stands among the first
 *   three.
 * - `nobody missing who is addressed`: of all that are told as missing, those whose address stands in no From, To or Cc.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openMail } from '../src/mailbox/open-mail.ts';
import type { Message, MessageId } from '../src/model/message.ts';
import type { Suggestion } from '../src/model/routing.ts';
import type { Thread } from '../src/model/thread.ts';
import { judgeThread, lastActivity } from '../src/pipeline.ts';
import { collectMail } from '../src/pipeline/triage-mail.ts';
import { isCatchAllList } from '../src/routing/people/section-people.ts';
import { loadBundledTrees } from '../src/routing/trees/load-bundled-trees.ts';

const { values } = parseArgs({
  options: {
    shared: { type: 'string', default: join(import.meta.dirname, '../../shared') },
    misses: { type: 'boolean', default: false },
  },
});

/** Anything in a text that may point at code, put widely: whoever reads the text alone could go on from it. */
const POINTS = [
  /\b[\w-]+\.(?:c|h|S|s|ml|mli|py|pl|go|rs|dts|dtsi|sh|yaml|rst|pandoc)\b/,
  /\b\w+\(\)/,
  /\+0x[0-9a-f]+/i,
  /^\W*(?:\(XEN\)|\(d\d+\)|\[\s*\d+\.\d{6}\]|Call Trace|RIP:|diff --git|@@ -\d|[+]{3} |Signed-off-by:)/m,
  /\b(?:xen|tools|arch|drivers|include|docs|hw|net|kernel|mm|fs|sound|block)\/[a-z]/,
  /\b[a-z]+_[a-z_]+\b/,
];
const PREFIX = /^(?:\s*(?:re|fwd?|aw):|\s*\[[^\]]*\])*\s*[\w/, .-]{2,40}:\s/i;
const PART =
  /xen-?(?:store|bus|pm|trace|console|stat)|libxl|libxc|\bxl\b|oxenstored|blk(?:front|back)|net(?:front|back)|pci|swiotlb|iommu|vt-?d\b|qemu|pv\b|pvh|hvm|sched|credit|efi|acpi|arm|x86|kexec|livepatch|grant|ballo|vtpm|usb|gpu|drm|cpufreq|microcode|ovmf|seabios|stubdom|mini-?os|flask|xsm|viridian|vif|vbd|disk|network|kernel|dom0|driver/i;

interface Count {
  all: number;
  good: number;
}

class Tally {
  readonly #counts = new Map<string, Count>();
  readonly #misses: string[] = [];

  add(name: string, isGood: boolean, what: string): void {
    const count = this.#counts.get(name) ?? { all: 0, good: 0 };
    this.#counts.set(name, { all: count.all + 1, good: count.good + (isGood ? 1 : 0) });
    if (!isGood) this.#misses.push(`  ${name}: ${what}`);
  }

  print(): void {
    for (const [name, { all, good }] of this.#counts)
      console.log(
        `${name.padEnd(38)} ${String(good).padStart(5)} of ${String(all).padStart(5)}   ${(good / all).toFixed(3)}`,
      );
    if (values.misses) console.log(this.#misses.join('\n'));
  }
}

const trees = loadBundledTrees();
const tally = new Tally();

function addManners(thread: Thread, routing: readonly Suggestion[]): void {
  const lists = routing.filter(({ role }) => role === 'list');
  const subject = thread.messages[0]?.message.subject ?? '';
  if (lists.some(({ address }) => !isCatchAllList(address))) {
    const early = routing.slice(0, 3).filter(({ address }) => isCatchAllList(address));
    const told = routing.slice(0, 4).map(({ address, role }) => `${address} ${role}`);
    tally.add('no catch-all before a special list', early.length === 0, `${subject}: ${told.join(', ')}`);
  }
  const known = new Set<string>();
  for (const { message } of thread.messages) {
    for (const one of [message.from, ...message.to, ...message.cc]) if (one) known.add(one.address.toLowerCase());
  }
  for (const one of routing.filter(({ addressed }) => !addressed))
    tally.add('nobody missing who is addressed', !known.has(one.address.toLowerCase()), `${one.address} in ${subject}`);
}

function pointsNowhere(thread: Thread, texts: ReadonlyMap<MessageId, string>): boolean {
  const subject = thread.messages[0]?.message.subject ?? '';
  if (PREFIX.test(subject) || PART.test(subject)) return false;
  return thread.messages.every(({ message }) => {
    const text = texts.get(message.id) ?? '';
    return !PART.test(text) && !POINTS.some((one) => one.test(text));
  });
}

/** A mail as a thread of its own, under a subject that says nothing. */
function alone(head: Thread['messages'][number]): Thread {
  const message = { ...head.message, subject: 'A problem', inReplyTo: [], references: [] };
  return { id: message.id, messages: [{ ...head, message, parent: null, depth: 0 }], ghosts: [] };
}

async function scoreSource(path: string): Promise<void> {
  const texts = new Map<MessageId, string>();
  const keep = (message: Message): unknown => texts.set(message.id, message.parts.map(({ text }) => text).join('\n'));
  const { threads, evidence } = await collectMail([openMail(path)], undefined, keep);
  const ask = (thread: Thread): readonly Suggestion[] =>
    judgeThread(thread, evidence, { trees, asOf: lastActivity(thread) ?? new Date() }).routing;
  for (const thread of threads) {
    const routing = ask(thread);
    addManners(thread, routing);
    const nowhere = [thread, ...thread.messages.map(alone)].filter((one) => pointsNowhere(one, texts));
    for (const one of nowhere) {
      const named = ask(one);
      const told = named.map(({ address, reasons }) => `${address} (${reasons[0] ?? ''})`).slice(0, 2);
      const what = `${thread.messages[0]?.message.subject ?? ''}, ${one.id}: ${told.join(', ')}`;
      tally.add('nobody where nothing points', named.length === 0, what);
    }
  }
}

if (existsSync(join(values.shared, 'corpus'))) {
  const folder = join(values.shared, 'corpus/xen-devel');
  for (const name of readdirSync(folder).sort()) await scoreSource(join(folder, name));
  await scoreSource(join(values.shared, 'corpus/xen-cross-posts.mbox.gz'));
  tally.print();
} else {
  console.log(`skipped: no mail at ${values.shared}; name a folder with --shared DIR`);
}
