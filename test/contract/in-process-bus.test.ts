import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from '../../src/bus/bus.ts';
import { createInProcessBus } from '../../src/bus/in-process.ts';
import type { ModemEvent } from '../../src/core/events.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { busContract } from './bus.ts';

busContract('in process', async () => {
  const clock = new VirtualClock();
  return { clock, safeWhen: 'handled', bus: createInProcessBus({ clock, log: silentLogger }) };
});

/** What only this bus promises, because it keeps nothing by itself. */
describe('the bus in process', () => {
  let clock: VirtualClock;
  let bus: Bus;
  beforeEach(() => {
    clock = new VirtualClock();
    bus = createInProcessBus({ clock, log: silentLogger });
  });
  afterEach(() => bus.close());
  const event = (id: string): ModemEvent => ({ type: 'worker.started', id, modem: 'modem', run: 'run-1', at: 1 });

  it('rejects with what the handler threw, after the third try 120 ms later', async () => {
    const started = clock.now();
    const tries: number[] = [];
    const cause = new Error('the disk is full');
    await bus.subscribe('store', async () => {
      tries.push(clock.now() - started);
      throw cause;
    });
    const published = bus.publish(event('1'));
    const outcome = expect(published).rejects.toBe(cause);
    await clock.advance(1_000);
    await outcome;
    expect(tries).toEqual([0, 20, 120]);
  });

  it('refuses what was waiting when its handler stops: it is not safe', async () => {
    const gate = Promise.withResolvers<void>();
    const handled: string[] = [];
    const subscription = await bus.subscribe('store', async ({ id }) => {
      if (id === 'failing') throw new Error('no');
      await gate.promise;
      handled.push(id);
    });
    const paused = expect(bus.publish(event('failing'))).rejects.toMatchObject({ code: 'bus_unavailable' });
    const running = bus.publish(event('running'));
    const waiting = expect(bus.publish(event('waiting'))).rejects.toMatchObject({ code: 'bus_unavailable' });
    await clock.advance(0);
    const stopped = subscription.stop();
    gate.resolve();
    await Promise.all([stopped, running, waiting, paused]);
    expect(handled).toEqual(['running']);
    expect(clock.waiting).toBe(0);
  });

  it('knows one handler a group and one worker a modem', async () => {
    await bus.subscribe('store', async () => {});
    await expect(bus.subscribe('store', async () => {})).rejects.toThrow('already has a handler');
    await bus.serve('modem', async () => ({ ok: true, value: null }));
    await expect(bus.serve('modem', async () => ({ ok: true, value: null }))).rejects.toThrow('already has a worker');
  });

  it('leaves no timer behind', async () => {
    await bus.serve('modem', async () => ({ ok: true, value: null }));
    await bus.call('modem', { type: 'sweep', id: '1', expiresAt: clock.now() + 1_000 });
    expect(clock.waiting).toBe(0);
  });
});
