import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modem } from '../../app/house.ts';
import { type Asked, balance, code, openAsked } from './asked.ts';

interface Message {
  readonly id: string;
  readonly [field: string]: unknown;
}
interface Page {
  readonly items: readonly Message[];
  readonly next: string | null;
}
interface Sent {
  readonly items: readonly { to: string; message: Message | null; error: { code: string } | null }[];
}

let asked: Asked;
beforeEach(async () => {
  asked = await openAsked();
});
afterEach(() => asked.close());

const idsOf = ({ items }: Page) => items.map(({ id }) => id);
const list = async (query = '') => idsOf((await asked.get<Page>(`/v1/messages${query}`)).body);
const send = (body: object, headers?: Record<string, string>) =>
  asked.send<Sent>('POST', '/v1/messages', body, headers);
const hello = { to: '+79160000001', text: 'Hello' };

/** The worker asks for leave to send the first part of a message. */
const beginSending = (messageId: number, attempt = 1) =>
  asked.house.handle({
    ...asked.house.base(),
    type: 'part.sending',
    messageId,
    seq: 1,
    attempt,
    handedAt: asked.house.clock.now(),
  });
const startWorker = () => asked.house.handle({ ...asked.house.base(), type: 'worker.started' });

describe('GET /v1/messages', () => {
  it('shows what was received and what was sent, with all that is known', async () => {
    await asked.receive(code);
    await asked.house.clock.advance(1_000);
    await send({ ...hello, send_at: '2026-01-01T13:00:00Z' });
    const { status, body } = await asked.get<Page>('/v1/messages');
    expect(status).toBe(200);
    expect(body.next).toBeNull();
    expect(body.items).toMatchObject([
      {
        id: 'out-1',
        direction: 'out',
        peer: '+79160000001',
        contact: null,
        text: 'Hello',
        state: 'queued',
        at: '2026-01-01T12:00:01.000Z',
        send_at: '2026-01-01T13:00:00.000Z',
        expires_at: '2026-01-02T13:00:00.000Z',
        parts: 1,
        error: null,
        resend_of: null,
      },
      {
        id: 'in-1',
        direction: 'in',
        modem,
        peer: '+79161234567',
        text: 'Kod 1234',
        state: 'complete',
        kind: 'text',
        at: '2026-01-01T12:00:00.000Z',
        smsc_time: '2025-01-21T12:34:36+03:00',
        read: false,
        blocked: false,
        incomplete: false,
        duplicate_of: null,
        pdus: null,
      },
    ]);
  });

  it('is filtered', async () => {
    await asked.receive(code);
    await asked.house.clock.advance(1_000);
    await asked.receive(balance, 4);
    await asked.house.clock.advance(1_000);
    await send(hello);
    expect(await list('?direction=in')).toEqual(['in-2', 'in-1']);
    expect(await list('?direction=out')).toEqual(['out-1']);
    expect(await list('?peer=balance')).toEqual(['in-2']);
    expect(await list('?peer=+7%20(916)%20123-45-67')).toEqual(['in-1']);
    expect(await list('?peer=+79160000001')).toEqual(['out-1']);
    expect(await list('?state=queued')).toEqual(['out-1']);
    expect(await list('?state=complete')).toEqual(['in-2', 'in-1']);
    expect(await list('?state=complete&direction=out')).toEqual([]);
    expect(await list(`?modem=${modem}`)).toHaveLength(3);
    expect(await list('?modem=other')).toEqual([]);
    expect(await list('?since=2026-01-01T12:00:01Z')).toEqual(['out-1', 'in-2']);
    expect(await list('?until=2026-01-01T12:00:01Z')).toEqual(['in-1']);
    expect(await list(`?text=${encodeURIComponent('БАЛАНС')}`)).toEqual(['in-2']);
    expect(await list('?text=h')).toEqual(['out-1']);
    expect(await list('?blocked=true')).toEqual([]);
    const contact = await asked.house.store.transaction((tx) =>
      tx.addContact({ name: 'Оператор', addresses: ['Balance', '+79160000001'] }, 1),
    );
    expect(await list(`?contact=${contact}`)).toEqual(['out-1', 'in-2']);
    expect(await list('?contact=99')).toEqual([]);
    const { body } = await asked.get<Page>('/v1/messages');
    expect(body.items.map((message) => message['contact'])).toEqual(['Оператор', 'Оператор', null]);
  });

  it('goes on from a cursor, and refuses one that is not its own', async () => {
    for (let count = 0; count < 5; count += 1) await send({ ...hello, text: `Text ${count}` });
    const read: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body }: { body: Page } = await asked.get<Page>(
        `/v1/messages?limit=2${next === '' ? '' : `&cursor=${next}`}`,
      );
      read.push(...idsOf(body));
      next = body.next;
    }
    expect(read).toEqual(['out-5', 'out-4', 'out-3', 'out-2', 'out-1']);
    const wrong = await asked.get('/v1/messages?cursor=WzFd');
    expect(wrong).toMatchObject({ status: 400, body: { code: 'request_invalid', details: { field: 'cursor' } } });
    expect(await asked.get('/v1/messages?stat=queued')).toMatchObject({
      status: 400,
      body: { details: { closest: 'state' } },
    });
  });

  it('keeps the raw PDU of what cannot be decoded', async () => {
    await asked.receive('0000FF');
    const { body } = await asked.get<Page>('/v1/messages');
    expect(body.items).toMatchObject([
      { state: 'undecodable', text: null, pdus: ['0000FF'], error: { code: 'pdu_invalid' } },
    ]);
  });
});

describe('one message', () => {
  it('has its parts and its way', async () => {
    await send(hello);
    const { body } = await asked.get('/v1/messages/out-1');
    expect(body).toMatchObject({
      id: 'out-1',
      part_list: [{ seq: 1, state: 'queued', reference: null, pdu: expect.stringMatching(/^[0-9A-F]+$/) }],
      steps: [{ role: 'api', what: 'queued', trace: 'out-1' }],
    });
    expect(await asked.get('/v1/messages/in-1')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await asked.get('/v1/messages/17')).toMatchObject({ status: 400, body: { code: 'request_invalid' } });
  });

  it('is marked as read, and as unread again', async () => {
    await asked.receive(code);
    expect(await list('?unread=true')).toEqual(['in-1']);
    expect(await asked.send('POST', '/v1/messages/in-1/read')).toMatchObject({ status: 200, body: { read: true } });
    expect(await list('?unread=true')).toEqual([]);
    expect(await list('?unread=false&direction=in')).toEqual(['in-1']);
    expect(await asked.send('POST', '/v1/messages/in-1/unread')).toMatchObject({ body: { read: false } });
    expect(await asked.send('POST', '/v1/messages/in-9/read')).toMatchObject({ status: 404 });
  });

  it('is deleted with all that belongs to it', async () => {
    await asked.receive(code);
    await send(hello);
    expect(await asked.send('DELETE', '/v1/messages/in-1')).toEqual({ status: 204, body: null });
    expect(await asked.send('DELETE', '/v1/messages/out-1')).toEqual({ status: 204, body: null });
    expect(await list()).toEqual([]);
    expect(await asked.house.store.inboundParts(1)).toEqual([]);
    expect(await asked.send('DELETE', '/v1/messages/out-1')).toMatchObject({ status: 404 });
  });
});

describe('POST /v1/messages', () => {
  it('sends to many in one go, each with its own end', async () => {
    const to = ['+79160000001', 'Balance', '+7 916 000-00-02', '+79160000001'];
    const { status, body } = await send({ to, text: 'Hello', valid_for: 600, flash: true, if_unknown: 'resend' });
    expect(status).toBe(202);
    expect(body.items.map(({ to, message, error }) => [to, message?.id, error?.code])).toEqual([
      ['+79160000001', 'out-1', undefined],
      ['Balance', undefined, 'number_invalid'],
      ['+7 916 000-00-02', 'out-2', undefined],
      ['+79160000001', 'out-1', undefined],
    ]);
    expect(await asked.house.store.outgoingMessage(2)).toMatchObject({
      recipient: '+79160000002',
      flash: true,
      validFor: 600_000,
      ifUnknown: 'resend',
      deliveryReport: true,
    });
  });

  it('makes no second message for the same key, and says when the key was for others', async () => {
    const key = { 'idempotency-key': 'alarm' };
    const many = { to: ['+79160000001', '+79160000002'], text: 'Hello' };
    const first = await send(many, key);
    const again = await send(many, key);
    expect(again.body.items.map(({ message }) => message?.id)).toEqual(
      first.body.items.map(({ message }) => message?.id),
    );
    for (const other of [
      { ...many, text: 'Other' },
      { ...many, to: ['+79160000001'] },
      { ...many, to: [...many.to, '+79160000003'] },
      { ...many, to: many.to.toReversed() },
    ])
      expect(await send(other, key)).toMatchObject({ status: 400, body: { code: 'request_invalid' } });
    expect(await list()).toHaveLength(2);
  });

  it('is not due before its time, and expires after it', async () => {
    await send({ ...hello, send_at: '2026-01-01T15:00:00+02:00', expires_in: 60 });
    const due = Date.UTC(2026, 0, 1, 13);
    expect(await asked.house.store.outgoingMessage(1)).toMatchObject({ nextAttemptAt: due, expiresAt: due + 60_000 });
    expect(await asked.house.store.nextDueAt(modem)).toBe(due);
  });

  it.each([
    [{ to: 'Balance', text: 'x' }, 'number_invalid'],
    [{ to: ['Balance'], text: 'x' }, 'number_invalid'],
    [{ to: [], text: 'x' }, 'request_invalid'],
    [{ to: Array.from({ length: 101 }, () => '+79160000001'), text: 'x' }, 'request_invalid'],
    [{ to: '+79160000001', text: '' }, 'text_empty'],
    [{ to: '+79160000001', text: 'x', modem: 'other' }, 'request_invalid'],
    [{ to: '+79160000001', text: 'x', valid_for: 1 }, 'request_invalid'],
    [{ to: '+79160000001', text: 'x', send_at: 'tomorrow' }, 'request_invalid'],
    [{ to: '+79160000001', text: 'x', sendat: '2026-01-01T12:00:00Z' }, 'request_invalid'],
  ])('refuses %j', async (body, expected) => {
    expect(await send(body)).toMatchObject({ status: 400, body: { code: expected } });
    expect(await list()).toEqual([]);
  });
});

describe('cancel and resend', () => {
  it('cancels what waits, once', async () => {
    await send(hello);
    await startWorker();
    expect(await asked.send('POST', '/v1/messages/out-1/cancel')).toMatchObject({
      status: 200,
      body: { state: 'canceled' },
    });
    expect(await asked.send('POST', '/v1/messages/out-1/cancel')).toMatchObject({ status: 200 });
    expect(await beginSending(1)).toBe('refused');
    expect(await asked.house.store.nextDueAt(modem)).toBeNull();
    const { body } = await asked.get<{ steps: { what: string }[] }>('/v1/messages/out-1');
    expect(body.steps.map(({ what }) => what)).toEqual(['queued', 'canceled']);
  });

  it('is too late once a worker has leave', async () => {
    await send(hello);
    await startWorker();
    expect(await beginSending(1)).toBe('granted');
    const late = { status: 409, body: { code: 'message_gone' } };
    expect(await asked.send('POST', '/v1/messages/out-1/cancel')).toMatchObject(late);
    expect(await asked.send('DELETE', '/v1/messages/out-1')).toMatchObject(late);
    expect(await asked.send('POST', '/v1/messages/out-1/resend')).toMatchObject(late);
    expect(await asked.house.store.outgoingMessage(1)).toMatchObject({ state: 'sending' });
  });

  it('lets either the cancel or the worker win, never both', async () => {
    await startWorker();
    for (let id = 1; id <= 20; id += 1) {
      await send({ ...hello, text: `Text ${id}` });
      const cancel = () => asked.send<Message>('POST', `/v1/messages/out-${id}/cancel`);
      const [canceled, leave] =
        id % 2 === 0
          ? await Promise.all([cancel(), beginSending(id)])
          : await Promise.all([beginSending(id), cancel()]).then(([leave, answer]) => [answer, leave] as const);
      expect([canceled.status, leave]).toSatisfy(
        ([status, leave]) => (status === 200 && leave === 'refused') || (status === 409 && leave === 'granted'),
      );
    }
  });

  it('sends again what did not arrive, as a message of its own', async () => {
    await send({ ...hello, flash: true });
    expect(await asked.send('POST', '/v1/messages/out-1/resend')).toMatchObject({ status: 409 });
    await asked.send('POST', '/v1/messages/out-1/cancel');
    expect(await asked.send('POST', '/v1/messages/out-1/resend')).toMatchObject({
      status: 202,
      body: { id: 'out-2', state: 'queued', resend_of: 'out-1', kind: 'flash', text: 'Hello' },
    });
    await asked.receive(code);
    expect(await asked.send('POST', '/v1/messages/in-1/resend')).toMatchObject({ status: 404 });
  });
});

describe('POST /v1/messages/preview', () => {
  it('tells what a text takes, what makes it dear, and how it would be cheaper', async () => {
    const text = `${'x'.repeat(90)}–`;
    expect(await asked.send('POST', '/v1/messages/preview', { text })).toMatchObject({
      status: 200,
      body: {
        alphabet: 'ucs2',
        segments: [{ units: 67 }, { units: 24 }],
        costly_characters: ['–'],
        transliterated: {
          alphabet: 'gsm7',
          text: `${'x'.repeat(90)}-`,
          segments: [{ units: 91 }],
          costly_characters: [],
        },
      },
    });
    expect(await asked.send('POST', '/v1/messages/preview', { text: 'Привет' })).toMatchObject({
      body: { alphabet: 'ucs2', transliterated: null },
    });
  });
});
