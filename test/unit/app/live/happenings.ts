import { changeAndTell, type Teller } from '../../../../src/app/feed.ts';
import type { NewCallRecord, NewInboundMessage } from '../../../../src/store/records.ts';
import { call, inbound } from '../../../contract/store-records.ts';
import { modem } from '../house.ts';

/** A message comes in; it has committed, and is announced, when this resolves. Returns its id. */
export async function receive(house: Teller, change: Partial<NewInboundMessage> = {}): Promise<number> {
  const told = await changeAndTell(house, async (tx) => {
    const storedAt = await tx.stamp(house.clock.now());
    const message = inbound({ modem, storedAt, ...change });
    const id = await tx.addInbound(message);
    return { id, notices: [{ type: 'message.received', id, modem: message.modem }] };
  });
  return told.id;
}

/** Some of what was missing in a message comes in. */
export async function extend(house: Teller, id: number, text: string): Promise<void> {
  await changeAndTell(house, async (tx) => {
    await tx.changeInbound(id, { text });
    return { notices: [{ type: 'message.extended', id, modem }] };
  });
}

/** A call rings, or something of it changes. Returns the id of its row. */
export async function ring(house: Teller, change: Partial<NewCallRecord> = {}): Promise<number> {
  const told = await changeAndTell(house, async (tx) => {
    const storedAt = await tx.stamp(house.clock.now());
    const record = call({ modem, startedAt: house.clock.now(), storedAt, ...change });
    const id = await tx.putCall(record);
    return { id, notices: [{ type: 'call.changed', id, modem: record.modem, outcome: record.outcome }] };
  });
  return told.id;
}
