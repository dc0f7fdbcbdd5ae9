import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type House, modem, openHouse, sim } from '../unit/app/house.ts';
import { deliverParts, deliverPdu } from '../unit/app/pdus.ts';

interface Sent {
  readonly sender: string;
  readonly text: string;
  readonly pdus: readonly string[];
}

const start = Date.UTC(2026, 0, 1);
const letters = fc.constantFrom('a', 'Z', '€', '[', 'я', '👍', ' ', '\n', 'é');

/** Messages of one to six parts; those of one sender differ in their reference and in the time of the centre. */
const messages: fc.Arbitrary<Sent[]> = fc
  .array(
    fc.record({
      sender: fc.constantFrom('+79161234567', 'Balance', '900'),
      letters: fc.array(letters, { minLength: 1, maxLength: 24 }),
      size: fc.integer({ min: 4, max: 12 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((specs) =>
    specs.map(({ sender, letters, size }, index): Sent => {
      const text = letters.join('');
      const at = start + index * 60_000;
      const pdus =
        text.length <= size
          ? [deliverPdu({ sender, text, at })]
          : deliverParts(text, size, { sender, at, reference: index });
      return { sender, text, pdus };
    }),
  );

interface Delivery {
  readonly pdu: string;
  readonly slot: number;
}

/** Each PDU at least once, in any order, some again from another slot, each event delivered once or twice. */
const deliveries = messages.chain((sent) => {
  const once = sent.flatMap(({ pdus }) => pdus).map((pdu, slot): Delivery => ({ pdu, slot }));
  const again = fc.subarray(once).map((some) => some.map(({ pdu, slot }): Delivery => ({ pdu, slot: slot + 100 })));
  const order = again.chain((some) =>
    fc.shuffledSubarray([...once, ...some], {
      minLength: once.length + some.length,
      maxLength: once.length + some.length,
    }),
  );
  return fc.record({ sent: fc.constant(sent), order, twice: fc.infiniteStream(fc.boolean()) });
});

async function deliver(house: House, { pdu, slot }: Delivery, twice: boolean): Promise<void> {
  const event = {
    ...house.base(),
    type: 'pdu.received' as const,
    pdu,
    tpduLength: null,
    source: 'stored' as const,
    memory: 'SM',
    slot,
    stat: 0,
    found: 'indicated' as const,
    sim,
  };
  await house.handle(event);
  if (twice) await house.handle(event);
}

const sorted = (rows: readonly (readonly [string, string])[]) => rows.map((row) => row.join('\u0000')).toSorted();

describe('events of received parts', () => {
  it('make the same messages in any order, however often they come', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ sent, order, twice }) => {
        const house = await openHouse(start + 3_600_000);
        try {
          for (const delivery of order) await deliver(house, delivery, twice.next().value);
          const shown = await house.queries.messages({ limit: 100 });
          expect(sorted(shown.map(({ sender, text }) => [sender, text]))).toEqual(
            sorted(sent.map(({ sender, text }) => [sender, text])),
          );
          const everything = await house.store.inboundMessages({ limit: 1000, duplicates: true });
          const repeats = order.length - sent.flatMap(({ pdus }) => pdus).length;
          expect(everything.filter(({ duplicateOf }) => duplicateOf !== null)).toHaveLength(repeats);
          const told = house.notices.filter(({ type }) => type === 'message.received');
          expect(told).toHaveLength(sent.length);
          expect(new Set(house.notices.map((notice) => notice.modem))).toEqual(new Set([modem]));
        } finally {
          await house.close();
        }
      }),
      { numRuns: 40 },
    );
  });
});
