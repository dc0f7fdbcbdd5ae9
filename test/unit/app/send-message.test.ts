import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodePdu } from '../../../src/pdu/decode.ts';
import type { Submit } from '../../../src/pdu/tpdu.ts';
import { concatenation } from '../../../src/pdu/user-data-header.ts';
import { type House, modem, openHouse } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const recipient = '+79161234567';
const long = 'x'.repeat(400);
const submits = async (id: number): Promise<Submit[]> =>
  (await house.store.outgoingParts(id)).map(({ pdu, tpduLength }) => {
    const { tpdu } = decodePdu(pdu, { tpduLength });
    if (tpdu.type !== 'submit') throw new Error(`a ${tpdu.type} cannot be sent`);
    return tpdu;
  });

describe('a message to send', () => {
  it('is a row with its PDUs before anybody is told', async () => {
    const now = house.clock.now();
    expect(await house.send({ recipient: '+7 916 123-45-67', text: 'Привет 👍' })).toEqual({ id: 1, state: 'queued' });
    expect(await house.store.outgoingMessage(1)).toMatchObject({
      modem,
      recipient,
      text: 'Привет 👍',
      state: 'queued',
      createdAt: now,
      nextAttemptAt: now,
      expiresAt: now + 86_400_000,
      deliveryReport: true,
      ifUnknown: 'stop',
      attempt: 0,
    });
    const [submit] = await submits(1);
    expect(submit).toMatchObject({ statusReportRequest: true, dataCoding: { alphabet: 'ucs2', messageClass: null } });
    expect(submit?.userData.text).toBe('Привет 👍');
    expect(submit?.destinationAddress.number).toBe(recipient);
    expect(house.notices).toEqual([
      { type: 'message.changed', id: 1, modem, state: 'queued' },
      { type: 'message.queued', id: 1, modem },
    ]);
  });

  it('is sent as it is wished', async () => {
    const wish = { deliveryReport: false, flash: true, validForMs: 3_600_000, expiresInMs: 60_000 };
    const { id } = await house.send({ recipient: '900', text: 'Hi', ifUnknown: 'resend', ...wish });
    expect(await house.store.outgoingMessage(id)).toMatchObject({
      flash: true,
      deliveryReport: false,
      validFor: 3_600_000,
      ifUnknown: 'resend',
      expiresAt: house.clock.now() + 60_000,
    });
    expect(await submits(id)).toMatchObject([
      {
        statusReportRequest: false,
        dataCoding: { messageClass: 0 },
        validityPeriod: { format: 'relative', seconds: 3_600 },
        destinationAddress: { number: '900' },
      },
    ]);
  });

  it('goes in parts with one number of the set, another for the next message', async () => {
    const first = await submits((await house.send({ recipient, text: long })).id);
    const second = await submits((await house.send({ recipient, text: long })).id);
    const places = (parts: Submit[]) => parts.map(({ userData }) => concatenation(userData));
    const reference = places(first)[0]?.reference ?? -1;
    expect(places(first)).toMatchObject([1, 2, 3].map((seq) => ({ reference, total: 3, seq })));
    expect(places(second)[0]?.reference).toBe((reference + 1) % 256);
    expect(first.map(({ userData }) => userData.text).join('')).toBe(long);
  });

  it('counts its parts on, over the messages and past 255', async () => {
    const references: number[] = [];
    for (let message = 0; message < 100; message += 1) {
      const { id } = await house.send({ recipient, text: message % 2 === 0 ? 'Hi' : long });
      references.push(...(await submits(id)).map(({ messageReference }) => messageReference));
    }
    const [first = 0] = references;
    expect(references).toEqual(references.map((_, index) => (first + index) % 256));
  });

  it('is made once for one key', async () => {
    const request = { recipient, text: 'Hi', idempotencyKey: 'alarm-1' };
    expect(await house.send(request)).toEqual({ id: 1, state: 'queued' });
    expect(await house.send(request)).toEqual({ id: 1, state: 'queued' });
    expect(await house.send({ ...request, recipient: '+7 (916) 123-45-67' })).toEqual({ id: 1, state: 'queued' });
    await expect(house.send({ ...request, text: 'Other' })).rejects.toMatchObject({ code: 'request_invalid' });
    expect(await house.send({ ...request, idempotencyKey: 'alarm-2' })).toEqual({ id: 2, state: 'queued' });
    expect(house.notices.map(({ type }) => type)).toEqual([
      'message.changed',
      'message.queued',
      'message.changed',
      'message.queued',
    ]);
  });

  it.each([
    [{ recipient: 'Balance', text: 'Hi' }, 'number_invalid'],
    [{ recipient, text: '' }, 'text_empty'],
    [{ recipient, text: 'x'.repeat(153 * 255 + 1) }, 'text_too_long'],
  ])('leaves nothing behind when it cannot be sent: %#', async (request, code) => {
    await expect(house.send(request)).rejects.toMatchObject({ code });
    expect(await house.store.outgoingMessages({ limit: 10 })).toEqual([]);
    expect(house.notices).toEqual([]);
  });
});
