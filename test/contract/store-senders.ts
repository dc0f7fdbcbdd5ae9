import { expect, it } from 'vitest';
import type { InboundQuery, NewInboundMessage } from '../../src/store/records.ts';
import type { Store } from '../../src/store/store.ts';
import { idsOf, inbound } from './store-records.ts';

/** That a part of a sender finds just what looking at each message would find; a part of the store's contract. */
export function sendersContract(current: () => Store): void {
  const states = ['complete', 'partial', 'undecodable', 'hidden', 'pending', 'complete'] as const;
  /** Senders that wrote often, seldom, only long ago, or nothing that is shown. */
  const messages: NewInboundMessage[] = Array.from({ length: 240 }, (_, index) => {
    const state = states[(index * 7) % states.length] ?? 'complete';
    const sender = index % 3 === 0 ? 'Bank' : index < 20 ? `Old${index % 4}` : `+7916${(index * 37) % 23}`;
    const storedAt = state === 'pending' ? null : 1_000 + ((index * 101) % 241);
    return inbound({
      sender: index % 41 === 0 ? 'Silent' : sender,
      state: index % 41 === 0 ? 'hidden' : state,
      storedAt,
    });
  });

  const matches = (message: NewInboundMessage, { sender = '', storedAfter = 0, duplicates = false }: InboundQuery) =>
    message.storedAt !== null &&
    message.storedAt > storedAfter &&
    !['pending', 'hidden'].includes(message.state) &&
    (duplicates || message.duplicateOf === null) &&
    message.sender.toLowerCase().includes(sender.toLowerCase());

  it('are found by a part of the sender as by looking at each, however many are wanted', async () => {
    const kept = await current().transaction(async (tx) => {
      const rows: (NewInboundMessage & { id: number })[] = [];
      for (const [index, message] of messages.entries()) {
        const row = { ...message, duplicateOf: index > 9 && index % 9 === 0 ? (rows[index - 5]?.id ?? null) : null };
        rows.push({ ...row, id: await tx.addInbound(row) });
      }
      return rows.toSorted((a, b) => (b.storedAt ?? 0) - (a.storedAt ?? 0) || b.id - a.id);
    });
    let found = 0;
    for (const sender of ['bank', 'BANK', '7', '+79161', 'old', 'old2', 'a', 'silent', 'nobody'])
      for (const limit of [1, 2, 7, 1_000])
        for (const storedAfter of [undefined, 1_000, 1_100, 1_239, 9_000])
          for (const duplicates of [false, true]) {
            const query = { sender, limit, duplicates, ...(storedAfter === undefined ? {} : { storedAfter }) };
            const expected = idsOf(kept.filter((message) => matches(message, query))).slice(0, limit);
            expect(idsOf(await current().inboundMessages(query)), JSON.stringify(query)).toEqual(expected);
            found += expected.length;
          }
    expect(found).toBeGreaterThan(1_000);
  });
}
