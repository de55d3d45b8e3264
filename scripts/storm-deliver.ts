/**
 * Kills `heddle deliver` again and again while a real SMTP server takes its letters, puts them off, refuses them and hangs up:
 * `npx tsx scripts/storm-deliver.ts [--subscribers 50] [--kills 30] [--seed 1]`. Each reader must get the digest once; where nobody
 * knows whether it went out, twice at most, with the same Message-ID, and told. Exit 1 where that is not so.
 */
import { parseArgs } from 'node:util';
import { runDeliveryStorm } from '../test/services/delivery-storm.ts';
import { toRandom } from './kill-import.ts';

const { values } = parseArgs({
  options: {
    subscribers: { type: 'string', default: '50' },
    kills: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
  },
});

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const { faults, ...counts } = await runDeliveryStorm({
  subscribers: Number(values.subscribers),
  kills: Number(values.kills),
  random: toRandom(Number(values.seed)),
  tell,
});
tell(
  Object.entries(counts)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(', '),
);
for (const fault of faults) tell(`FAULT ${fault}`);
tell(
  faults.length === 0
    ? 'each reader got the digest once, or twice where it was told'
    : `${String(faults.length)} faults`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
