import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receive, ring } from '../../app/live/happenings.ts';
import { type Answered, type Asked, openAsked } from './asked.ts';

let asked: Asked;
beforeEach(async () => {
  asked = await openAsked();
});
afterEach(() => asked.close());

interface Got {
  readonly code: string;
  readonly shown: string;
  readonly confidence: string;
  readonly domain: string | null;
  readonly valid_for: number | null;
  readonly caller: string;
  readonly message: { readonly id: string; readonly text: string };
  readonly call: { readonly id: number };
  readonly next: string;
}
interface Refused {
  readonly code: string;
  readonly detail: string;
  readonly details: { readonly next: string };
}

/** Asks, and waits until the answer can only come from what happens next. */
async function begin<T = Got>(url: string, method: 'GET' | 'POST' = 'GET'): Promise<{ answer: Promise<Answered<T>> }> {
  const answer = method === 'GET' ? asked.get<T>(url) : asked.send<T>('POST', url);
  await asked.house.clock.advance(0);
  return { answer };
}

const bank = (text: string) => receive(asked.house, { sender: 'MyBank', text });

describe('GET /v1/wait/message', () => {
  it('answers with the message as it is listed', async () => {
    const { answer } = await begin('/v1/wait/message?sender=bank&match=CODE');
    await bank('Your verification code is 124 556');
    const { status, body } = await answer;
    const list = await asked.get<{ items: unknown[] }>('/v1/messages');
    expect(status).toBe(200);
    expect(body.message).toEqual(list.body.items[0]);
  });

  it('goes on from where it ended', async () => {
    await bank('one');
    const first = await (await begin('/v1/wait/message?since=2026-01-01T00:00:00Z')).answer;
    expect(first.body.message.text).toBe('one');
    await bank('two');
    await bank('three');
    const second = await (await begin(`/v1/wait/message?after=${first.body.next}`)).answer;
    const third = await (await begin(`/v1/wait/message?after=${second.body.next}`)).answer;
    expect([second.body.message.text, third.body.message.text]).toEqual(['two', 'three']);
  });

  it('says that nothing came, and where to go on', async () => {
    const { answer } = await begin<Refused>('/v1/wait/message?sender=bank&timeout=5');
    await asked.house.clock.advance(5_000);
    const { status, body } = await answer;
    expect(status).toBe(408);
    expect(body).toMatchObject({ code: 'wait_timeout' });
    await bank('between');
    const { answer: again } = await begin(`/v1/wait/message?after=${body.details.next}`);
    expect((await again).body.message.text).toBe('between');
  });

  it('takes the + of a number that a query makes a space', async () => {
    const { answer } = await begin('/v1/wait/message?sender=+7916');
    await receive(asked.house, { sender: '+79161234567' });
    expect((await answer).status).toBe(200);
  });

  it.each([
    ['timeout=0', '"timeout" cannot be "0"; it must be a number of seconds from 1 to 300'],
    ['timeout=301', 'a number of seconds from 1 to 300'],
    ['after=nonsense', 'the "next" of an earlier answer'],
    [`after=${Buffer.from('[-1]').toString('base64url')}`, 'the "next" of an earlier answer'],
    [`after=${Buffer.from('[1,"x"]').toString('base64url')}`, 'the "next" of an earlier answer'],
    ['since=yesterday', 'a moment such as'],
    ['digits=4', 'There is no parameter "digits"'],
  ])('refuses %s', async (query, words) => {
    const { status, body } = await asked.get<Refused>(`/v1/wait/message?${query}`);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'request_invalid' });
    expect(body.detail).toContain(words);
  });
});

describe('GET /v1/wait/code', () => {
  it('answers with the code as one types it', async () => {
    const { answer } = await begin('/v1/wait/code?sender=bank');
    await bank('Hello');
    await bank('Your verification code is 124 556. Valid for 5 minutes.');
    expect((await answer).body).toMatchObject({
      code: '124556',
      shown: '124 556',
      domain: null,
      valid_for: 300,
      message: { id: 'in-2' },
    });
  });

  it('passes over what is less sure than asked for', async () => {
    const { answer } = await begin('/v1/wait/code?min_confidence=certain');
    await bank('Your code is 1111');
    const sure = '<#> 124556 is your code\n\n@example.com #124556';
    await bank(sure);
    const { body } = await answer;
    expect(body.confidence).toBe('certain');
  });
});

describe('GET /v1/wait/call', () => {
  it('answers with the end of the number', async () => {
    const { answer } = await begin('/v1/wait/call?digits=4');
    const id = await ring(asked.house, { caller: '+74951245561' });
    expect((await answer).body).toMatchObject({ code: '5561', caller: '+74951245561', call: { id } });
  });
});

describe('POST', () => {
  it('gives a message to one of all who claim, be it for its code or for itself', async () => {
    const waits = [
      await begin('/v1/wait/code', 'POST'),
      await begin('/v1/wait/message', 'POST'),
      await begin('/v1/wait/code', 'POST'),
    ];
    await bank('Your verification code is 1111');
    await bank('Your verification code is 2222');
    await bank('Your verification code is 3333');
    const got = await Promise.all(waits.map(({ answer }) => answer));
    expect(got.map(({ body }) => body.message.id).toSorted()).toEqual(['in-1', 'in-2', 'in-3']);
    const { answer } = await begin<Refused>('/v1/wait/message?since=2026-01-01T00:00:00Z&timeout=1', 'POST');
    await asked.house.clock.advance(1_000);
    expect((await answer).status).toBe(408);
    expect((await asked.get('/v1/wait/message?since=2026-01-01T00:00:00Z')).status).toBe(200);
    const { answer: free } = await begin('/v1/wait/message?since=2026-01-01T00:00:00Z&unclaimed=true&timeout=1');
    await asked.house.clock.advance(1_000);
    expect((await free).status).toBe(408);
  });

  it('gives a call to one', async () => {
    const waits = [await begin('/v1/wait/call', 'POST'), await begin('/v1/wait/call?timeout=2', 'POST')];
    await ring(asked.house, { caller: '+74951245561' });
    await asked.house.clock.advance(2_000);
    await asked.house.clock.advance(0);
    await ring(asked.house, { call: 'call-2', caller: '+74951245562' });
    const got = await Promise.all(waits.map(({ answer }) => answer));
    expect(got.map(({ status }) => status)).toEqual([200, 408]);
  });
});
