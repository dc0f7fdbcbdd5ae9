import type { EventHandler } from '../src/bus/bus.ts';
import { createHandler } from '../src/app/handler.ts';
import { createInProcessBus } from '../src/bus/in-process.ts';
import { systemClock } from '../src/core/clock.ts';
import type { ModemEvent } from '../src/core/events.ts';
import { newId } from '../src/core/ids.ts';
import { silentLogger } from '../src/core/logger.ts';
import type { Store } from '../src/store/store.ts';
import { deliverPdu } from '../src/virtual/deliver-pdu.ts';

const modems = 50;

/**
 * Received messages a second that a store takes when their events are handed straight to the handler: through the bus of the one
 * process (one after the other), or the modems side by side as behind a broker.
 */
export async function storeAlone(store: Store, each: number): Promise<{ inProcess: number; sideBySide: number }> {
  const bus = createInProcessBus({ clock: systemClock, log: silentLogger });
  const handler = createHandler({ store, bus, clock: systemClock, log: silentLogger });
  await bus.subscribe('store', handler);
  try {
    const sideBySide = await perSecond(handler, each, 'side');
    return { inProcess: await perSecond((event) => bus.publish(event), each, 'bus'), sideBySide };
  } finally {
    await bus.close();
  }
}

async function perSecond(handle: EventHandler, each: number, round: string): Promise<number> {
  const run = newId();
  const lots = Array.from({ length: modems }, (_, modem) =>
    Array.from({ length: each }, (_one, number) => received(`${round}-${modem}`, run, number)),
  );
  const begun = performance.now();
  await Promise.all(
    lots.map(async (events) => {
      for (const event of events) await handle(event);
    }),
  );
  return (modems * each * 1000) / (performance.now() - begun);
}

function received(modem: string, run: string, number: number): ModemEvent {
  const gsm7 = `Message ${number} to ${modem}: tell the code ${number * 977} to nobody.`;
  const from = `+7916555${String((number * 7) % 100).padStart(4, '0')}`;
  const pdu = deliverPdu({ from, pid: 0, dcs: 0, scts: '52101221436321', content: { gsm7 } });
  const slot = { memory: 'SM', slot: number + 1, stat: 0, tpduLength: null, sim: `sim of ${modem}` };
  const event = { id: newId(), modem, run, at: systemClock.now(), pdu, ...slot };
  return { type: 'pdu.received', source: 'stored', found: 'indicated', ...event };
}
