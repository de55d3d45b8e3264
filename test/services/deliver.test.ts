/** `heddle deliver` against a real SMTP server that puts off, refuses and hangs up, while it is killed. */
import { describe, expect, it } from 'vitest';
import { toRandom } from '../../scripts/kill-import.ts';
import { runDeliveryStorm } from './delivery-storm.ts';

describe('heddle deliver', () => {
  it('gives each reader a digest once, whatever kills it; twice only where it tells so', async () => {
    const { faults, ...counts } = await runDeliveryStorm({ subscribers: 18, kills: 6, random: toRandom(7) });

    expect(faults).toEqual([]);
    expect(counts.kills).toBeGreaterThanOrEqual(4);
    expect(counts.sent + counts.failed).toBe(18);
  }, 300_000);
});
