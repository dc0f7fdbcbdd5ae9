import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus, EventHandler } from '../../src/bus/bus.ts';
import type { CommandResult, ModemCommand } from '../../src/core/commands.ts';
import { SimloftError } from '../../src/core/errors.ts';
import type { ModemEvent } from '../../src/core/events.ts';
import type { LiveNotice } from '../../src/core/live.ts';

/** A bus, and what makes time pass for it. */
export interface BusUnderTest {
  readonly bus: Bus;
  readonly clock: TestTime;
  /** When a published event is safe: its handlers are through with it, or a broker keeps it. */
  readonly safeWhen: 'handled' | 'kept';
}

/** Time that a test may let pass: virtual or real. */
export interface TestTime {
  now(): number;
  advance(ms: number): Promise<void>;
  advanceUntil(done: () => boolean): Promise<void>;
}

const modem = 'modem';
const fine: CommandResult = { ok: true, value: null };
const event = (id: string): ModemEvent => ({ type: 'worker.started', id, modem, run: 'run-1', at: 1 });
const notice = (id: number): LiveNotice => ({ type: 'message.received', id, modem });

/** What every bus must do. `open` gives a new one, which the suite closes. */
export function busContract(name: string, open: () => Promise<BusUnderTest>): void {
  describe(`the bus contract: ${name}`, () => {
    let bus: Bus;
    let clock: TestTime;
    let safeWhen: BusUnderTest['safeWhen'];
    beforeEach(async () => {
      ({ bus, clock, safeWhen } = await open());
    });
    afterEach(() => bus.close());

    const command = (id: string, livesMs = 60_000): ModemCommand => ({
      type: 'sweep',
      id,
      expiresAt: clock.now() + livesMs,
    });
    /** Lets time pass until `promise` has ended. */
    const inTime = async <T>(promise: Promise<T>): Promise<T> => {
      let ended = false;
      const watched = promise.finally(() => {
        ended = true;
      });
      watched.catch(() => {});
      await clock.advanceUntil(() => ended);
      return watched;
    };

    describe('events', () => {
      const seen: string[] = [];
      const note: EventHandler = async ({ id }) => void seen.push(id);
      beforeEach(() => seen.splice(0));

      it('gives each event to each group, and is safe when all have handled it or a broker keeps it', async () => {
        const gate = Promise.withResolvers<void>();
        await bus.subscribe('store', note);
        await bus.subscribe('webhook', async ({ id }) => {
          await gate.promise;
          seen.push(`webhook ${id}`);
        });
        let safe = false;
        const published = bus.publish(event('1')).then(() => {
          safe = true;
        });
        await clock.advanceUntil(() => seen.includes('1') && (safe || safeWhen === 'handled'));
        expect(safe).toBe(safeWhen === 'kept');
        gate.resolve();
        await inTime(published);
        await clock.advanceUntil(() => seen.length === 2);
        expect(seen).toEqual(['1', 'webhook 1']);
      });

      it('refuses an event that nobody would handle: it is not safe', async () => {
        await expect(inTime(bus.publish(event('1')))).rejects.toMatchObject({ code: 'bus_unavailable' });
      });

      it('keeps the order of a publisher, also of one that does not wait, and handles one at a time', async () => {
        let inside = 0;
        let most = 0;
        await bus.subscribe('store', async ({ id }) => {
          inside += 1;
          most = Math.max(most, inside);
          await Promise.resolve();
          seen.push(id);
          inside -= 1;
        });
        await inTime(Promise.all(['1', '2', '3', '4', '5'].map((id) => bus.publish(event(id)))));
        await clock.advanceUntil(() => seen.length === 5);
        expect(seen).toEqual(['1', '2', '3', '4', '5']);
        expect(most).toBe(1);
      });

      it('gives an event again to a handler that failed', async () => {
        let tries = 0;
        await bus.subscribe('store', async ({ id }) => {
          tries += 1;
          if (tries < 3) throw new Error('the disk hiccuped');
          seen.push(id);
        });
        await inTime(bus.publish(event('1')));
        await clock.advanceUntil(() => seen.length === 1);
        expect(seen).toEqual(['1']);
        expect(tries).toBe(3);
      });

      it('goes on with the events of others while one fails again and again', async () => {
        await bus.subscribe('store', async ({ id }) => {
          if (id === 'poison') throw new Error('cannot be handled');
          seen.push(id);
        });
        const poison = bus.publish(event('poison')).catch(() => {});
        await bus.publish(event('1'));
        await bus.publish(event('2'));
        if (safeWhen === 'kept') await clock.advanceUntil(() => seen.length === 2);
        expect(seen).toEqual(['1', '2']);
        await inTime(poison);
      });

      it('does not let one group suffer from the failure of another', async () => {
        await bus.subscribe('webhook', async () => {
          throw new Error('down');
        });
        await bus.subscribe('store', note);
        await inTime(bus.publish(event('1')).catch(() => {}));
        await clock.advanceUntil(() => seen.length === 1);
        expect(seen).toEqual(['1']);
      });

      it('gives nothing to a subscription that has stopped', async () => {
        const stopped = await bus.subscribe('webhook', async ({ id }) => void seen.push(`webhook ${id}`));
        await bus.subscribe('store', note);
        await stopped.stop();
        await inTime(bus.publish(event('1')));
        await clock.advanceUntil(() => seen.length === 1);
        expect(seen).toEqual(['1']);
      });

      it('waits for the handler that runs before a subscription has stopped', async () => {
        const gate = Promise.withResolvers<void>();
        const began = Promise.withResolvers<void>();
        const subscription = await bus.subscribe('store', async ({ id }) => {
          began.resolve();
          await gate.promise;
          seen.push(id);
        });
        const published = bus.publish(event('1'));
        await began.promise;
        const stopped = subscription.stop();
        gate.resolve();
        await stopped;
        expect(seen).toEqual(['1']);
        await inTime(published);
      });
    });

    describe('leave', () => {
      it('is what the handler says', async () => {
        await bus.subscribe('store', async ({ id }) => (id === 'yes' ? 'granted' : 'refused'));
        expect(await inTime(bus.ask(event('yes')))).toBe('granted');
        expect(await inTime(bus.ask(event('no')))).toBe('refused');
      });

      it('is refused when no handler grants it, or one refuses', async () => {
        const silent = await bus.subscribe('store', async () => {});
        expect(await inTime(bus.ask(event('1')))).toBe('refused');
        await silent.stop();
      });

      it('is not given before the handler is through', async () => {
        const gate = Promise.withResolvers<void>();
        const began = Promise.withResolvers<void>();
        await bus.subscribe('store', async () => {
          began.resolve();
          await gate.promise;
          return 'granted';
        });
        let leave = '';
        const asked = bus.ask(event('1')).then((given) => {
          leave = given;
        });
        await began.promise;
        await clock.advance(20);
        expect(leave).toBe('');
        gate.resolve();
        await inTime(asked);
        expect(leave).toBe('granted');
      });
    });

    describe('commands', () => {
      it('answers no_worker at once when nobody serves the modem', async () => {
        expect(await bus.call(modem, command('1'))).toMatchObject({ ok: false, code: 'no_worker' });
        const served = await bus.serve(modem, async () => fine);
        expect(await inTime(bus.call(modem, command('2')))).toEqual(fine);
        expect(await inTime(bus.call('other', command('3')))).toMatchObject({ ok: false, code: 'no_worker' });
        await served.stop();
        expect(await inTime(bus.call(modem, command('4')))).toMatchObject({ ok: false, code: 'no_worker' });
      });

      it('hands over the command and hands back what it came to', async () => {
        const commands: ModemCommand[] = [];
        const result: CommandResult = { ok: true, value: { type: 'ussd', status: 0, text: 'Баланс 12,30 р.' } };
        await bus.serve(modem, async (command) => {
          commands.push(command);
          return result;
        });
        const asked = command('1');
        expect(await inTime(bus.call(modem, asked))).toEqual(result);
        const [{ expiresAt, ...rest } = asked] = commands;
        expect(rest).toEqual({ type: 'sweep', id: '1' });
        // Over a broker it is counted anew on the worker's clock.
        expect(Math.abs(expiresAt - asked.expiresAt)).toBeLessThan(2_000);
      });

      it('answers with the error of a handler that throws', async () => {
        await bus.serve(modem, async ({ id }) => {
          if (id === 'known') throw new SimloftError('sim_missing', 'There is no SIM card in modem 1.');
          throw new Error('something else');
        });
        const known = await inTime(bus.call(modem, command('known')));
        expect(known).toEqual({ ok: false, code: 'sim_missing', message: 'There is no SIM card in modem 1.' });
        expect(await inTime(bus.call(modem, command('other')))).toMatchObject({ ok: false, code: 'internal' });
      });

      /** Serves with a handler that holds the first command until told, and notes the order. */
      const holding = async () => {
        const ran: string[] = [];
        const gate = Promise.withResolvers<void>();
        const serving = await bus.serve(modem, async ({ id }, signal) => {
          ran.push(id);
          signal.addEventListener('abort', () => gate.resolve());
          if (id === 'first') await gate.promise;
          return fine;
        });
        const first = bus.call(modem, command('first'));
        await clock.advanceUntil(() => ran.length === 1);
        return { ran, gate, serving, first };
      };

      it('runs one at a time, high before normal, otherwise in order', async () => {
        const { ran, gate, first } = await holding();
        const calls = [
          bus.call(modem, command('normal 1')),
          bus.call(modem, command('normal 2')),
          bus.call(modem, command('high 1'), { priority: 'high' }),
          bus.call(modem, command('high 2'), { priority: 'high' }),
        ];
        await clock.advance(100);
        gate.resolve();
        await inTime(Promise.all([first, ...calls]));
        expect(ran).toEqual(['first', 'high 1', 'high 2', 'normal 1', 'normal 2']);
      });

      it('does not let one modem wait for another', async () => {
        const { gate, first } = await holding();
        await bus.serve('other', async () => fine);
        expect(await inTime(bus.call('other', command('1')))).toEqual(fine);
        gate.resolve();
        await inTime(first);
      });

      it('never begins a command after its time, and says so as soon as it is certain', async () => {
        const { ran, gate, first } = await holding();
        const late = bus.call(modem, command('late', 400));
        expect(await inTime(late)).toMatchObject({ ok: false, code: 'command_expired' });
        gate.resolve();
        await inTime(first);
        expect(await inTime(bus.call(modem, command('stale', -1)))).toMatchObject({ code: 'command_expired' });
        expect(await inTime(bus.call(modem, command('fresh')))).toEqual(fine);
        expect(ran).toEqual(['first', 'fresh']);
      });

      it('withdraws a waiting command', async () => {
        const { ran, gate, first } = await holding();
        const abort = new AbortController();
        const withdrawn = bus.call(modem, command('withdrawn'), { signal: abort.signal });
        await clock.advance(20);
        abort.abort();
        expect(await inTime(withdrawn)).toMatchObject({ ok: false, code: 'at_aborted' });
        const never = bus.call(modem, command('never'), { signal: abort.signal });
        expect(await inTime(never)).toMatchObject({ ok: false, code: 'at_aborted' });
        await clock.advance(100);
        gate.resolve();
        await inTime(first);
        expect(await inTime(bus.call(modem, command('last')))).toEqual(fine);
        expect(ran).toEqual(['first', 'last']);
      });

      it('lets a command that has begun go on when its caller goes, who need not wait', async () => {
        const gate = Promise.withResolvers<void>();
        const ran: string[] = [];
        await bus.serve(modem, async ({ id }, signal) => {
          ran.push(`${id} begins`);
          await gate.promise;
          ran.push(`${id} ends, ${signal.aborted ? 'aborted' : 'in peace'}`);
          return fine;
        });
        const abort = new AbortController();
        const running = bus.call(modem, command('1'), { signal: abort.signal });
        await clock.advanceUntil(() => ran.length === 1);
        const next = bus.call(modem, command('2'));
        abort.abort();
        expect(await inTime(running)).toMatchObject({ ok: false, code: 'at_aborted' });
        expect(ran).toEqual(['1 begins']);
        gate.resolve();
        await inTime(next);
        expect(ran).toEqual(['1 begins', '1 ends, in peace', '2 begins', '2 ends, in peace']);
      });

      it('tells the command that runs when its worker stops, and answers those that wait', async () => {
        const { ran, serving, first } = await holding();
        const waiting = bus.call(modem, command('waiting'));
        await clock.advance(100);
        await serving.stop();
        expect(await inTime(first)).toEqual(fine);
        expect(await inTime(waiting)).toMatchObject({ ok: false, code: 'no_worker' });
        expect(ran).toEqual(['first']);
      });
    });

    describe('notices', () => {
      it('tells everybody who listens, whatever one of them does', async () => {
        const seen: string[] = [];
        bus.listen(({ type }) => void seen.push(`first ${type}`));
        bus.listen(() => {
          throw new Error('a page that is gone');
        });
        bus.listen(({ type }) => void seen.push(`third ${type}`));
        bus.announce(notice(1));
        await clock.advanceUntil(() => seen.length === 2);
        expect(seen.toSorted()).toEqual(['first message.received', 'third message.received']);
      });

      it('tells nothing to one who has stopped, and twice to one who listens twice', async () => {
        const seen: LiveNotice[] = [];
        const listener = (one: LiveNotice) => void seen.push(one);
        const first = bus.listen(listener);
        bus.listen(listener);
        bus.announce(notice(1));
        await clock.advanceUntil(() => seen.length === 2);
        await first.stop();
        bus.announce(notice(2));
        await clock.advanceUntil(() => seen.length === 3);
        await clock.advance(1000);
        expect(seen).toEqual([notice(1), notice(1), notice(2)]);
      });

      it('is content when nobody listens', () => {
        expect(() => bus.announce(notice(1))).not.toThrow();
      });
    });

    describe('closed', () => {
      it('takes nothing any more, after what ran has ended', async () => {
        const gate = Promise.withResolvers<void>();
        const handled: string[] = [];
        await bus.subscribe('store', async ({ id }) => {
          await gate.promise;
          handled.push(id);
        });
        const running = bus.publish(event('1'));
        await clock.advance(100);
        const closed = bus.close();
        gate.resolve();
        await inTime(closed);
        await running;
        expect(handled).toEqual(['1']);
        await expect(inTime(bus.publish(event('2')))).rejects.toMatchObject({ code: 'bus_unavailable' });
        expect(await inTime(bus.call(modem, command('1')))).toMatchObject({ ok: false });
        await expect(inTime(bus.subscribe('store', async () => {}))).rejects.toMatchObject({ code: 'bus_unavailable' });
        await expect(inTime(bus.serve(modem, async () => fine))).rejects.toMatchObject({ code: 'bus_unavailable' });
      });

      it('may be closed twice', async () => {
        await bus.close();
        await expect(bus.close()).resolves.toBeUndefined();
      });
    });
  });
}
