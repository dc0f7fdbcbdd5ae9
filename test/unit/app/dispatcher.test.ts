import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDispatcher, type Dispatcher } from '../../../src/app/dispatcher.ts';
import type { Bus } from '../../../src/bus/bus.ts';
import type { CommandResult, SendCommand } from '../../../src/core/commands.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import type { MessageState } from '../../../src/core/message-state.ts';
import { type House, modem, openHouse } from './house.ts';

let house: House;
let dispatcher: Dispatcher;
beforeEach(async () => {
  house = await openHouse();
  dispatcher = createDispatcher({
    store: house.store,
    bus: house.bus,
    clock: house.clock,
    log: silentLogger,
    modem,
    owner: 'me',
  });
});
afterEach(async () => {
  await dispatcher.stop();
  await house.close();
});

const queue = async (text = 'Hello', expiresInMs = 86_400_000) =>
  (await house.send({ recipient: '+79161234567', text, expiresInMs })).id;
const stateOf = async (id: number): Promise<MessageState | undefined> => (await house.store.outgoingMessage(id))?.state;
const is = (id: number, state: MessageState) => async () => (await stateOf(id)) === state;

/** A worker that behaves: tells each step before it goes on, as the bus's contract wants. */
async function sendAll(command: SendCommand): Promise<CommandResult> {
  for (const { seq } of command.parts) {
    const { messageId, attempt } = command;
    await house.handle({ ...house.base(), type: 'part.sending', handedAt: 1, messageId, seq, attempt });
    await house.handle({ ...house.base(), type: 'part.sent', messageId, seq, attempt, messageReference: seq });
  }
  return { ok: true, value: null };
}

interface Worker {
  readonly commands: SendCommand[];
}

async function serve(answer: (command: SendCommand) => Promise<CommandResult>): Promise<Worker> {
  const commands: SendCommand[] = [];
  await house.bus.serve(modem, async (command) => {
    if (command.type !== 'send') return { ok: false, code: 'command_unsupported', message: 'Only sending here.' };
    commands.push(command);
    return answer(command);
  });
  return { commands };
}

const ready = () =>
  house.handle({
    ...house.base(),
    type: 'link.changed',
    state: 'ready',
    port: 'virtual',
    reason: null,
    identity: null,
  });

describe('the dispatcher', () => {
  it('hands over at once what is queued, and all that lay there before it began, oldest first', async () => {
    const first = await queue();
    const second = await queue('x'.repeat(200));
    const worker = await serve(sendAll);
    dispatcher.start();
    await house.clock.advanceUntil(is(second, 'sent'), 0);
    const third = await queue();
    await house.clock.advanceUntil(is(third, 'sent'), 0);
    expect(worker.commands.map(({ messageId }) => messageId)).toEqual([first, second, third]);
    expect(worker.commands[1]).toMatchObject({ attempt: 1, parts: [{ seq: 1 }, { seq: 2 }] });
    expect(await house.store.outgoingMessages({ limit: 10, state: 'sent' })).toHaveLength(3);
  });

  it('has the next message waiting while one is sent, and never more, nor the same twice', async () => {
    const ids = [await queue(), await queue(), await queue(), await queue()];
    const finish: (() => void)[] = [];
    const worker = await serve(async (command) => {
      await new Promise<void>((resolve) => finish.push(resolve));
      return sendAll(command);
    });
    let calls = 0;
    const bus: Bus = {
      publish: (event) => house.bus.publish(event),
      ask: (event) => house.bus.ask(event),
      subscribe: (group, handler) => house.bus.subscribe(group, handler),
      serve: (name, handler) => house.bus.serve(name, handler),
      announce: (notice) => house.bus.announce(notice),
      listen: (listener) => house.bus.listen(listener),
      close: () => house.bus.close(),
      call(name, command, options) {
        calls += 1;
        return house.bus.call(name, command, options);
      },
    };
    dispatcher = createDispatcher({
      store: house.store,
      bus,
      clock: house.clock,
      log: silentLogger,
      modem,
      owner: 'me',
    });
    dispatcher.start();
    await house.clock.advance(0);
    expect(calls).toBe(2);
    house.bus.announce({ type: 'message.queued', id: ids[0] ?? 0, modem });
    await house.clock.advance(120_000);
    expect(calls).toBe(2);
    expect(worker.commands).toHaveLength(1);
    for (const [sent, id] of ids.entries()) {
      await house.clock.advanceUntil(() => finish.length > sent, 0);
      finish[sent]?.();
      await house.clock.advanceUntil(is(id, 'sent'), 0);
    }
    expect(worker.commands.map(({ messageId }) => messageId)).toEqual(ids);
    expect(calls).toBe(4);
  });

  it('waits for a modem that is not ready without counting attempts', async () => {
    const id = await queue();
    let isReady = false;
    const worker = await serve(async (command) =>
      isReady ? sendAll(command) : { ok: false, code: 'modem_not_ready', message: 'The modem is not ready.' },
    );
    dispatcher.start();
    await house.clock.advance(31_000);
    expect(worker.commands).toHaveLength(11);
    expect(await house.store.outgoingMessage(id)).toMatchObject({ state: 'queued', attempt: 0 });
    isReady = true;
    await ready();
    await house.clock.advanceUntil(is(id, 'sent'), 0);
    expect(worker.commands.at(-1)).toMatchObject({ attempt: 1 });
  });

  it('waits for a worker, and looks again although nobody called', async () => {
    const id = await queue();
    dispatcher.start();
    await house.clock.advance(1_000);
    await serve(sendAll);
    await house.clock.advanceUntil(is(id, 'sent'), 30_000);
    expect(await house.store.outgoingMessage(id)).toMatchObject({ attempt: 1 });
  });

  it('comes back when a retry is due, with a new number and only the parts that have not left', async () => {
    const id = await queue('x'.repeat(200));
    const worker = await serve(async (command) => {
      if (command.attempt > 1) return sendAll(command);
      const { messageId, attempt } = command;
      await house.handle({ ...house.base(), type: 'part.sending', handedAt: 1, messageId, seq: 1, attempt });
      await house.handle({ ...house.base(), type: 'part.sent', messageId, seq: 1, attempt, messageReference: 5 });
      await house.handle({ ...house.base(), type: 'part.sending', handedAt: 1, messageId, seq: 2, attempt });
      const failure = { kind: 'temporary', source: 'CMS', code: 42, text: 'Congestion.' } as const;
      await house.handle({ ...house.base(), type: 'part.failed', messageId, seq: 2, attempt, failure });
      return { ok: false, code: 'at_error', message: 'Congestion.' };
    });
    dispatcher.start();
    await house.clock.advance(9_000);
    expect(worker.commands).toHaveLength(1);
    await house.clock.advanceUntil(is(id, 'sent'), 3_000);
    expect(worker.commands[1]).toMatchObject({ attempt: 2, parts: [{ seq: 2 }] });
  });

  it('does not flood a worker that breaks, and sends the others meanwhile', async () => {
    const broken = await queue('broken');
    const fine = await queue('fine');
    const worker = await serve(async (command) =>
      command.messageId === broken ? { ok: false, code: 'internal', message: 'Broken.' } : sendAll(command),
    );
    dispatcher.start();
    await house.clock.advance(10_000);
    expect(await stateOf(fine)).toBe('sent');
    const tries = worker.commands.filter(({ messageId }) => messageId === broken).length;
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThanOrEqual(11);
  });

  it('lets old messages expire', async () => {
    const id = await queue('Hello', 60_000);
    dispatcher.start();
    await house.clock.advance(95_000);
    expect(await stateOf(id)).toBe('expired');
    expect(house.notices.at(-1)).toEqual({ type: 'message.changed', id, modem, state: 'expired' });
  });

  it('hands over nothing after it has stopped', async () => {
    const worker = await serve(sendAll);
    dispatcher.start();
    await dispatcher.stop();
    const id = await queue();
    await house.clock.advance(60_000);
    expect(worker.commands).toEqual([]);
    expect(await stateOf(id)).toBe('queued');
  });
});
