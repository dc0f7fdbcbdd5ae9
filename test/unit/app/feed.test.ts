import { afterEach, beforeEach, expect, it } from 'vitest';
import { changeAndTell } from '../../../src/app/feed.ts';
import { type House, modem, openHouse } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const kinds = async () =>
  (await house.store.feedAfter(0, 100)).map(({ type, row, detail }) => `${type} ${row} ${detail}`);

it('what is told of a message is kept in its order, with the state of then', async () => {
  const { id } = await house.send({ recipient: '+79161234567', text: 'Hi' });
  await house.handle({ ...house.base(), type: 'worker.started' });
  expect(await kinds()).toEqual([`message.changed ${id} queued`]);
});

it('wake-ups and readings are told and not kept', async () => {
  await changeAndTell(house, async () => ({
    notices: [
      { type: 'message.queued', id: 1, modem },
      { type: 'reading.changed', key: 'signal', modem },
      { type: 'modem.changed', modem, state: 'ready' },
    ],
  }));
  expect(house.notices).toHaveLength(3);
  expect(await kinds()).toEqual(['modem.changed null ready']);
});

it('of a transaction that fails nothing is told or kept', async () => {
  const work = changeAndTell(house, async (tx) => {
    await tx.putModem({
      modem,
      port: '/dev/x',
      state: 'ready',
      reasonCode: null,
      reasonText: null,
      identity: null,
      updatedAt: 0,
    });
    throw new Error('undone');
  });
  await expect(work).rejects.toThrow('undone');
  expect(house.notices).toEqual([]);
  expect(await kinds()).toEqual([]);
});
