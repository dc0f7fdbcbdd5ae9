import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Connection } from 'rabbitmq-client';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { EventHandler } from '../../src/bus/bus.ts';
import { type DeadLetters, openDeadLetters } from '../../src/bus/rabbitmq/dead-letters.ts';
import { namesOf } from '../../src/bus/rabbitmq/names.ts';
import { openRabbitBus, type RabbitBus } from '../../src/bus/rabbitmq/rabbitmq-bus.ts';
import { actionOf } from '../../src/cli/dead-letters.ts';
import { systemClock } from '../../src/core/clock.ts';
import { SimloftError } from '../../src/core/errors.ts';
import type { EventOf, ModemEvent } from '../../src/core/events.ts';
import { newId } from '../../src/core/ids.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { until } from '../support/until.ts';

let prefix: string;
let bus: RabbitBus;
let letters: DeadLetters;
let stranger: Connection;
const clock = systemClock;
beforeEach(async () => {
  const url = inject('rabbitUrl');
  prefix = `t${newId()}`;
  bus = await openRabbitBus({ url, name: 'dead-letters', prefix, clock, log: silentLogger });
  letters = await openDeadLetters({ url, prefix, clock });
  stranger = new Connection(url);
});
afterEach(async () => {
  await bus.close();
  await letters.close();
  await stranger.close();
});

const pdu = '07919761989901F0040B919761214365F700005210122143632108CB37191493CD68';
const received = (id: string): EventOf<'pdu.received'> => ({
  type: 'pdu.received',
  id,
  modem: 'modem',
  run: 'run-1',
  at: 1,
  pdu,
  tpduLength: null,
  source: 'direct',
  memory: null,
  slot: null,
  stat: null,
  found: 'indicated',
  sim: null,
});
const started = (id: string): ModemEvent => ({ type: 'worker.started', id, modem: 'attic', run: 'run-1', at: 1 });

const refuse: EventHandler = async ({ id }) => {
  throw new SimloftError('internal', `Nothing fits "Kod 1234" of +79161234567 in ${id}, PDU ${pdu}.`);
};

/** Lets a handler that refuses everything see these, and waits until they are put aside. */
async function bury(...events: ModemEvent[]): Promise<void> {
  const before = (await letters.list(1)).total;
  const broken = await bus.subscribe('store', refuse);
  for (const event of events) await bus.publish(event);
  await until('the events to be put aside', async () => (await letters.list(1)).total === before + events.length);
  await broken.stop();
}

/** What a mended handler of the group gets. */
async function mend(group = 'store'): Promise<string[]> {
  const handled: string[] = [];
  await bus.subscribe(group, async ({ id }) => void handled.push(id));
  return handled;
}

async function command(...words: string[]): Promise<string> {
  const lines: string[] = [];
  const strings: Record<string, string> = {};
  const flags = new Set<string>();
  const plain: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--yes') flags.add('yes');
    else if (word.startsWith('--')) strings[word.slice(2)] = words[++at] ?? '';
    else plain.push(word);
  }
  await actionOf({ words: plain, strings, flags })(letters, (line) => lines.push(line));
  return lines.join('\n');
}

const idsOf = async () => (await letters.list(1_000)).letters.map(({ id }) => id);

describe('dead letters', () => {
  it('are none where no handler has ever run', async () => {
    const nowhere = await openDeadLetters({ url: inject('rabbitUrl'), prefix: `t${newId()}`, clock });
    expect(await nowhere.list(10)).toEqual({ total: 0, letters: [] });
    expect(await nowhere.replay({})).toMatchObject({ replayed: 0 });
    expect(await nowhere.drop({})).toBe(0);
    await nowhere.close();
  });

  it('are listed with why they lie there, and without a text, a number or a PDU', async () => {
    await bury(received('e-1'), started('e-2'));
    const lines = (await command('list')).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(
      /^1 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} +modem +pdu\.received +e-1 +Nothing fits "…" of … in e-1, PDU …\.$/,
    );
    expect(lines[2]).toMatch(/^2 .* attic +worker\.started +e-2 /);
    expect(lines.join()).not.toContain('1234');
  });

  it('are shown in full when asked for', async () => {
    await bury(started('e-1'), received('e-2'));
    const shown = await command('--show', '2');
    expect(shown).toContain(`"pdu": "${pdu}"`);
    expect(shown).toContain('Kod 1234');
    await expect(command('--show', '3')).rejects.toThrow('There is no dead letter 3; there are 2.');
  });

  it('lose neither their place nor one of them by being looked at, however many there are', async () => {
    const ids = Array.from({ length: 150 }, (_, index) => `e-${index}`);
    await bury(...ids.map((id) => started(id)));
    expect(await idsOf()).toEqual(ids);
    expect((await letters.list(40)).letters.map(({ id }) => id)).toEqual(ids.slice(0, 40));
    expect(await idsOf()).toEqual(ids);
    expect(await command('list', '--limit', '2')).toContain('The first 2 of 150');
  });

  it('are handled once the handler is mended and they are put back, by their own group alone', async () => {
    const others = await mend('webhook');
    await bury(received('e-1'), started('e-2'));
    await until('the other group', () => others.length === 2);
    const handled = await mend();
    expect(await command('replay')).toContain('Put back: 2.');
    await until('the mended handler', () => handled.length === 2);
    expect(handled.toSorted()).toEqual(['e-1', 'e-2']);
    expect(others).toHaveLength(2);
    expect(await command()).toBe('No dead letters.');
  });

  it('are put back or dropped by id and by type, the rest staying as it is', async () => {
    await bury(started('e-1'), received('e-2'), started('e-3'), received('e-4'), received('e-5'));
    const handled = await mend();
    expect(await letters.replay({ id: 'e-4' })).toMatchObject({ seen: 5, replayed: 1 });
    expect(await letters.replay({ type: 'worker.started' })).toMatchObject({ replayed: 2 });
    await until('the mended handler', () => handled.length === 3);
    expect(handled.toSorted()).toEqual(['e-1', 'e-3', 'e-4']);
    expect(await idsOf()).toEqual(['e-2', 'e-5']);
    await expect(command('drop')).rejects.toThrow('--yes');
    expect(await command('drop', '--only', 'e-2', '--yes')).toBe('Dropped: 1.');
    expect(await idsOf()).toEqual(['e-5']);
  });

  it('that are refused again come back once, and keep no other from being handled', async () => {
    await bury(started('poison'), started('good'));
    const handled: string[] = [];
    await bus.subscribe('store', async (event) =>
      event.id === 'poison' ? refuse(event) : void handled.push(event.id),
    );
    expect(await letters.replay({})).toMatchObject({ seen: 2, replayed: 2 });
    await until('the good one', () => handled.includes('good'));
    await until('the poison', async () => (await idsOf()).length === 1);
    const [again] = (await letters.list(1)).letters;
    expect(again).toMatchObject({ id: 'poison', modem: 'attic', type: 'worker.started' });
  });

  it('that asked for leave to send stay: nobody waits for the answer any more', async () => {
    const question: ModemEvent = {
      ...started('e-1'),
      type: 'part.sending',
      messageId: 1,
      seq: 1,
      attempt: 1,
      handedAt: 1,
    };
    await bury(question);
    expect(await command('replay')).toContain('no longer waits: 1.');
    expect(await idsOf()).toEqual(['e-1']);
  });

  it('of a stranger say where they are wrong', async () => {
    await bury(started('e-0'));
    const handled = await mend();
    const names = namesOf(prefix);
    const publisher = stranger.createPublisher({ confirm: true });
    const address = { exchange: names.events, routingKey: 'modem.pdu.received' };
    await publisher.send({ ...address, contentType: 'application/json' }, Buffer.from('{"type":'));
    await publisher.send(address, { type: 'pdu.eaten', id: 'e-1' });
    await publisher.send(address, { ...received('e-2'), pdu: 7 });
    // It never went through a handler: nobody knows where it would go back to.
    await publisher.send({ exchange: names.dead, routingKey: 'x' }, { id: 'e-3' });
    await bus.publish(started('e-4'));
    await until('the good one', () => handled.includes('e-4'));
    await until('the bad ones', async () => (await letters.list(1)).total === 5);
    const found = (await letters.list(10)).letters.toSorted((a, b) => (a.id ?? '').localeCompare(b.id ?? ''));
    const byId = new Map(found.map(({ id, reason }) => [id, reason]));
    expect(byId.get('e-1')).toMatch(/^event\.type should be one of /);
    expect(byId.get('e-2')).toBe('event.pdu should be a text.');
    expect(byId.get('e-3')).toBe('Nobody noted why.');
    const broken = found.find(({ body }) => body === '{"type":');
    expect(broken).toMatchObject({ modem: 'modem', type: 'pdu.received' });
    expect(broken?.reason).toMatch(/^event\.type should be /);
    expect(await letters.replay({ id: 'e-3' })).toMatchObject({ replayed: 0, homeless: 1 });
    await publisher.close();
  });

  it('of the broker itself tell their group by the queue they come from', async () => {
    const handled: string[] = [];
    const names = namesOf(prefix);
    await bus.publish(started('e-1'));
    const channel = await stranger.acquire();
    const message = await channel.basicGet(names.eventQueue('store'));
    channel.basicNack({ deliveryTag: message?.deliveryTag ?? 0, requeue: false });
    await until('the letter', async () => (await letters.list(1)).total === 1);
    await channel.close();
    const [letter] = (await letters.list(1)).letters;
    expect(letter).toMatchObject({ queue: names.eventQueue('store'), reason: 'It was refused without a reason.' });
    expect(Math.abs((letter?.at ?? 0) - Date.now())).toBeLessThan(60_000);
    await bus.subscribe('store', async ({ id }) => void handled.push(id));
    await letters.replay({});
    await until('the handler', () => handled.includes('e-1'));
  });

  it('are all there or handled when the process that puts them back is killed in the middle', async () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `e-${index}`);
    await bury(...ids.map((id) => started(id)));
    const child = spawn(
      process.execPath,
      [resolve(import.meta.dirname, '../support/replay-process.ts'), inject('rabbitUrl'), prefix],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const gone = once(child, 'exit');
    const [first]: unknown[] = await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await gone;
    expect(String(first)).toMatch(/^\d+ of 1000/);
    // Those in the hands of the dead process come back as the broker notices that it is gone.
    const handled = await mend();
    await until('all of them', async () => {
      await letters.replay({});
      return new Set(handled).size === ids.length;
    });
    expect(new Set(handled)).toEqual(new Set(ids));
    expect(await idsOf()).toEqual([]);
  });

  it('say why when the broker does not answer', async () => {
    const began = performance.now();
    await expect(openDeadLetters({ url: 'amqp://127.0.0.1:1/', waitMs: 600, clock })).rejects.toMatchObject({
      code: 'bus_unavailable',
      message: expect.stringContaining('RabbitMQ at 127.0.0.1:1 cannot be reached'),
    });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('simloft dead-letters', () => {
  it.each([
    [['eat'], 'It can list, replay and drop.'],
    [['list', 'replay'], 'takes one word'],
    [['list', '--limit', '0'], 'from 1 to'],
    [['--show', 'x'], '--show is "x"'],
    [['list', '--only', 'e-1'], 'replay and drop'],
    [['replay', '--show', '1'], 'dead-letters list'],
  ])('refuses %j', async (words, reason) => {
    await expect(command(...words)).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(reason) });
  });
});
