import { describe, expect, it } from 'vitest';
import type { ModemEvent } from '../../../src/core/events.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { SurePublisher } from '../../../src/modem/sure-publisher.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const event = (id: string): ModemEvent => ({ id, modem: 'modem', run: 'r', at: 0, type: 'worker.started' });

function publisher() {
  const clock = new VirtualClock();
  const safe: string[] = [];
  const store = { down: false };
  const sure = new SurePublisher({
    clock,
    random: seededRandom(1),
    log: silentLogger,
    publish: async ({ id }) => {
      await Promise.resolve();
      if (store.down) throw new Error('disk full');
      safe.push(id);
    },
  });
  return { clock, safe, store, sure };
}

describe('publishing what exists nowhere else', () => {
  it('passes through while all is well', async () => {
    const { sure, safe, clock } = publisher();
    await Promise.all([sure.publish(event('a')), sure.publish(event('b'))]);
    expect(safe).toEqual(['a', 'b']);
    expect(clock.waiting).toBe(0);
  });

  it('keeps trying, in order, and lets nothing overtake', async () => {
    const { sure, safe, store, clock } = publisher();
    store.down = true;
    const first = sure.publish(event('a'));
    await clock.advance(100);
    const second = sure.publish(event('b'));
    await clock.advance(60_000);
    expect(safe).toEqual([]);
    store.down = false;
    const third = sure.publish(event('c'));
    await clock.advance(60_000);
    await Promise.all([first, second, third]);
    expect(safe).toEqual(['a', 'b', 'c']);
    await sure.publish(event('d'));
    expect(safe.at(-1)).toBe('d');
  });

  it('says at the stop what did not become safe', async () => {
    const { sure, store, clock } = publisher();
    store.down = true;
    const lost = sure.publish(event('a'));
    const outcome = expect(lost).rejects.toMatchObject({ code: 'bus_unavailable' });
    await clock.advance(100);
    await sure.stop();
    await outcome;
    await expect(sure.publish(event('b'))).rejects.toMatchObject({ code: 'bus_unavailable' });
  });

  it('waits at the stop for what is on its way', async () => {
    const { sure, safe } = publisher();
    const pending = sure.publish(event('a'));
    await sure.stop();
    expect(safe).toEqual(['a']);
    await pending;
  });
});
