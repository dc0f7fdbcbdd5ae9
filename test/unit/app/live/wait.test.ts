import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localPrincipal, type Principal } from '../../../../src/app/access/principal.ts';
import { pickCall, pickCode, pickMessage, type WantedMessage } from '../../../../src/app/live/answers.ts';
import { createLive, type Live } from '../../../../src/app/live/live.ts';
import type { Waited, WaitPlace, WaitRequest } from '../../../../src/app/live/wait.ts';
import { silentLogger } from '../../../../src/core/logger.ts';
import { type House, modem, openHouse } from '../house.ts';
import { extend, receive, ring } from './happenings.ts';

let house: House;
let live: Live;
beforeEach(async () => {
  house = await openHouse();
  live = createLive({ ...house, log: silentLogger, shared: false });
});
afterEach(() => house.close());

const settled = () => house.clock.advance(0);

interface Waiting<Hit> {
  /** Null while it waits. */
  readonly got: () => Waited<Hit> | null;
  readonly done: Promise<Waited<Hit>>;
  leave(): void;
}

/** Somebody waits; it has begun when what is under way is at rest. */
function wait<Hit>(request: Pick<WaitRequest<Hit>, 'pick'> & Partial<WaitRequest<Hit>>, by: Live = live): Waiting<Hit> {
  const leaving = new AbortController();
  let got: Waited<Hit> | null = null;
  const asked = { kind: 'message', timeoutMs: 60_000, claim: false, unclaimed: false, signal: leaving.signal } as const;
  const done = by.wait<Hit>({ ...asked, ...request }).then((waited) => {
    got = waited;
    return waited;
  });
  return { got: () => got, done, leave: () => leaving.abort() };
}

const forMessage = (wanted: Partial<WantedMessage> = {}) => pickMessage({ principal: localPrincipal, ...wanted });
const idOf = (waiting: Waiting<{ readonly message: { readonly id: number } }>) =>
  waiting.got()?.hit?.message.id ?? null;

describe('a wait for a message', () => {
  it('is answered when it is there, with what came since it began', async () => {
    await receive(house, { text: 'before' });
    const waiting = wait({ pick: forMessage() });
    await settled();
    expect(waiting.got()).toBeNull();
    const id = await receive(house, { text: 'after' });
    await settled();
    expect(idOf(waiting)).toBe(id);
  });

  it('is for a part of the sender and of the text, whatever the case, and for one modem', async () => {
    const waiting = wait({ pick: forMessage({ sender: 'bAnK', match: 'сУмма 12', modem }) });
    await settled();
    await receive(house, { sender: 'Shop', text: 'Сумма 12.00' });
    await receive(house, { sender: 'MyBank', text: 'Сумма 13.00' });
    await receive(house, { sender: 'MyBank', text: 'Сумма 12.00', modem: 'another' });
    await receive(house, { sender: 'MyBank', text: null, state: 'undecodable' });
    await settled();
    expect(waiting.got()).toBeNull();
    const id = await receive(house, { sender: 'MyBank', text: 'Сумма 12.00' });
    await settled();
    expect(idOf(waiting)).toBe(id);
  });

  it('takes a text for a text and not for a pattern', async () => {
    const waiting = wait({ pick: forMessage({ match: '.*' }) });
    await settled();
    await receive(house, { text: 'anything' });
    const id = await receive(house, { text: 'a .* b' });
    await settled();
    expect(idOf(waiting)).toBe(id);
  });

  it('that names a moment is answered with what is stored already, the oldest first', async () => {
    await receive(house, { text: 'too old' });
    await house.clock.advance(600_000);
    const since = house.clock.now();
    const first = await receive(house, { text: 'first' });
    await receive(house, { text: 'second' });
    const waiting = wait({ pick: forMessage({ since }), since });
    await settled();
    expect(idOf(waiting)).toBe(first);
  });

  it('asked again and again from where it ended gets each message once', async () => {
    const texts: string[] = [];
    let after: WaitPlace = { id: 0, seen: [] };
    const polling = (async () => {
      while (texts.length < 40) {
        const { hit, next } = await wait({ pick: forMessage(), after, timeoutMs: 1_000 }).done;
        after = next;
        if (hit !== null) texts.push(hit.message.text ?? '');
      }
    })();
    for (let count = 0; count < 40; count += 1) {
      await receive(house, { text: `${count}` });
      if (count % 7 === 0) await house.clock.advance(1_500);
    }
    await polling;
    expect(texts).toEqual(Array.from({ length: 40 }, (_, count) => `${count}`));
  });

  it('ends in time, and says where to go on', async () => {
    const waiting = wait({ pick: forMessage({ sender: 'Bank' }), timeoutMs: 5_000 });
    await settled();
    await receive(house, { sender: 'Shop' });
    await house.clock.advance(4_999);
    expect(waiting.got()).toBeNull();
    await house.clock.advance(1);
    expect(waiting.got()).toEqual({ hit: null, next: { id: 1, seen: [] } });
    expect(house.clock.waiting).toBe(0);
  });

  it('ends when who waited has gone', async () => {
    const waiting = wait({ pick: forMessage() });
    await settled();
    waiting.leave();
    expect((await waiting.done).hit).toBeNull();
    expect(house.clock.waiting).toBe(0);
  });

  it('goes on where it was when it was cut for being behind', async () => {
    const waiting = wait({ pick: forMessage() });
    await settled();
    const many = Array.from(
      { length: 2_500 },
      () => ({ at: 1, type: 'modem.changed', modem, row: null, detail: null }) as const,
    );
    await house.store.transaction((tx) => tx.addFeed(many));
    const id = await receive(house);
    await house.clock.advanceUntil(() => waiting.got() !== null);
    expect(idOf(waiting)).toBe(id);
  });

  it('knows what its key may see', async () => {
    const key: Principal = {
      ...localPrincipal,
      kind: 'key',
      scopes: ['read'],
      limits: { ...localPrincipal.limits, senders: ['bank'] },
    };
    const waiting = wait({ pick: forMessage({ principal: key }) });
    await settled();
    await receive(house, { sender: 'Bank of another' });
    const id = await receive(house, { sender: 'Bank' });
    await settled();
    expect(idOf(waiting)).toBe(id);
  });
});

describe('a wait for a code', () => {
  const forCode = (confidence: 'possible' | 'likely' | 'certain' = 'likely') =>
    pickCode({ principal: localPrincipal, confidence });

  it('passes over messages without one', async () => {
    const waiting = wait({ pick: forCode() });
    await settled();
    await receive(house, { text: 'Call us: 88005553535' });
    await settled();
    expect(waiting.got()).toBeNull();
    await receive(house, { text: 'Your verification code is 124 556' });
    await settled();
    expect(waiting.got()?.hit?.found).toMatchObject({ code: '124556', shown: '124 556' });
  });

  it('is answered when the missing part with the code has come', async () => {
    const waiting = wait({ pick: forCode() });
    await settled();
    const id = await receive(house, { text: 'Your verification […]', state: 'partial' });
    await settled();
    expect(waiting.got()).toBeNull();
    await extend(house, id, 'Your verification code is 124556');
    await settled();
    expect(waiting.got()?.hit?.found.code).toBe('124556');
    const again = wait({ pick: forCode(), timeoutMs: 10, after: waiting.got()?.next ?? { id: 0, seen: [] } });
    await settled();
    await extend(house, id, 'Your verification code is 124556. Bye');
    await house.clock.advance(10);
    expect(again.got()?.hit).toBeNull();
  });
});

describe('a wait for a call', () => {
  const forCall = (sender?: string) =>
    pickCall({ principal: localPrincipal, ...(sender === undefined ? {} : { sender }) });
  const calling = { kind: 'call', pick: forCall() } as const;

  it('is answered when the number is known, which may be after the first ring', async () => {
    const waiting = wait(calling);
    await settled();
    await ring(house, { call: 'a', caller: '' });
    await settled();
    expect(waiting.got()).toBeNull();
    const id = await ring(house, { call: 'a', caller: '+74951245561', rings: 2 });
    await settled();
    expect(waiting.got()?.hit).toMatchObject({ id, caller: '+74951245561' });
  });

  it('is not answered by a call that was there before, however it goes on', async () => {
    await ring(house, { call: 'a' });
    const waiting = wait(calling);
    await settled();
    await ring(house, { call: 'a', outcome: 'missed', endedAt: 5 });
    await settled();
    expect(waiting.got()).toBeNull();
    await ring(house, { call: 'b', caller: '+74951245561' });
    await settled();
    expect(waiting.got()?.hit?.call).toBe('b');
  });

  it('is answered by a call that nobody heard ring, and once by each call', async () => {
    const first = wait(calling);
    await settled();
    await ring(house, { call: 'a', outcome: 'missed', endedAt: 5 });
    await settled();
    const after = first.got()?.next;
    expect(first.got()?.hit?.call).toBe('a');
    const second = wait({ ...calling, ...(after === undefined ? {} : { after }) });
    await ring(house, { call: 'a', outcome: 'missed', endedAt: 6 });
    await settled();
    expect(second.got()).toBeNull();
    await ring(house, { call: 'b' });
    await settled();
    expect(second.got()?.hit?.call).toBe('b');
  });
});

describe('who claims', () => {
  const claiming = { pick: forMessage(), claim: true } as const;

  it('gets a message that nobody else gets, in whichever process they wait', async () => {
    const other = createLive({ ...house, log: silentLogger, shared: true });
    const all = Array.from({ length: 30 }, (_, who) => wait(claiming, who % 2 === 0 ? live : other));
    await settled();
    const ids: number[] = [];
    for (let count = 0; count < 30; count += 1) ids.push(await receive(house));
    await house.clock.advanceUntil(() => all.every((one) => one.got() !== null));
    expect(all.map(idOf).toSorted((a, b) => Number(a) - Number(b))).toEqual(ids);
  });

  it('leaves it to those who only look', async () => {
    const [looking, claims] = [wait({ pick: forMessage() }), wait(claiming)];
    await settled();
    const id = await receive(house);
    await settled();
    expect([idOf(looking), idOf(claims)]).toEqual([id, id]);
    const late = wait({ pick: forMessage(), after: { id: 0, seen: [] } });
    const free = wait({ pick: forMessage(), after: { id: 0, seen: [] }, unclaimed: true });
    const next = wait({ ...claiming, after: { id: 0, seen: [] } });
    await settled();
    expect([idOf(late), idOf(free), idOf(next)]).toEqual([id, null, null]);
  });

  /** A store in which a claim takes as long as `held` says. */
  const slow = () => {
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let asked = 0;
    const claimRow: typeof house.store.claimRow = async (claim) => {
      asked += 1;
      if (asked === 1) await held;
      return house.store.claimRow(claim);
    };
    return { store: { ...house.store, claimRow }, letGo, asked: () => asked };
  };

  it('and has gone before the answer could be written leaves it to the next', async () => {
    const { store, letGo, asked } = slow();
    const own = createLive({ ...house, store, log: silentLogger, shared: false });
    const [first, second] = [wait(claiming, own), wait(claiming, own)];
    await settled();
    const id = await receive(house);
    await settled();
    expect(asked()).toBe(1);
    first.leave();
    letGo();
    await settled();
    expect(idOf(second)).toBe(id);
    expect((await first.done).hit).toBeNull();
  });

  it('hears of what another process gave back within five seconds', async () => {
    await house.store.claimRow({ kind: 'message', row: 1, by: 'somebody', at: 1 });
    const waiting = wait(claiming);
    await settled();
    expect(await receive(house)).toBe(1);
    await settled();
    expect(waiting.got()).toBeNull();
    await house.store.releaseRow({ kind: 'message', row: 1, by: 'somebody' });
    await house.clock.advance(5_000);
    expect(idOf(waiting)).toBe(1);
    expect(house.clock.waiting).toBe(0);
  });

  it('goes on with the next when another process was faster', async () => {
    await house.store.claimRow({ kind: 'message', row: 1, by: 'somebody', at: 1 });
    const waiting = wait(claiming);
    await settled();
    await receive(house);
    const id = await receive(house);
    await settled();
    expect(idOf(waiting)).toBe(id);
  });

  it('is told when the store cannot say', async () => {
    const broken = { ...house.store, claimRow: () => Promise.reject(new Error('away')) };
    const own = createLive({ ...house, store: broken, log: silentLogger, shared: false });
    const waiting = wait(claiming, own);
    const failed = expect(waiting.done).rejects.toThrow('away');
    await settled();
    await receive(house);
    await failed;
    expect(house.clock.waiting).toBe(0);
  });
});
