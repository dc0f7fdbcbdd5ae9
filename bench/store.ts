import { join } from 'node:path';
import { createInProcessBus } from '../src/bus/in-process.ts';
import { systemClock } from '../src/core/clock.ts';
import type { ModemEvent } from '../src/core/events.ts';
import { silentLogger } from '../src/core/logger.ts';
import type { InboundQuery, NewInboundMessage } from '../src/store/records.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import type { Store, StoreTransaction } from '../src/store/store.ts';
import { type Figure, median, show, workFolder } from './lab.ts';

const few = 1_000;
const many = 100_000;
const inserts = 1_000;
const queries = 1_000;
const senders = 500;
const minute = 60_000;

const open = (directory: string) => openSqliteStore({ directory, clock: systemClock, log: silentLogger });

/** What a received message costs until it can be read, and what a growing store costs those who ask. */
export async function benchStore(): Promise<Figure[]> {
  using folder = workFolder();
  const small = await open(join(folder.path, 'small'));
  const large = await open(join(folder.path, 'large'));
  try {
    await fill(small, few);
    await fill(large, many);
    const newest: InboundQuery = { limit: 50 };
    const since = { ...newest, storedAfter: (many - 500) * minute };
    return [
      { name: 'one received message in its transaction, median', value: median(await timeInserts(large)), unit: 'ms' },
      {
        name: 'the same published, kept and read, median',
        value: median(await timePath(large)),
        unit: 'ms',
        atMost: 2,
      },
      await growth('the newest 50', [small, large], { few: newest, many: newest }),
      await growth('part of a sender', [small, large], {
        few: { ...newest, sender: 'nk7' },
        many: { ...newest, sender: 'nk7' },
      }),
      await growth('part of a sender and a moment', [small, large], {
        few: { ...newest, sender: 'NK', storedAfter: (few - 500) * minute },
        many: { ...since, sender: 'NK' },
      }),
    ];
  } finally {
    await small.close();
    await large.close();
  }
}

function message(number: number): NewInboundMessage {
  const sender = number % senders;
  return {
    modem: 'modem',
    sim: '8970101234567890123',
    sender: sender % 10 === 0 ? `Bank${sender}` : `+7916${1_000_000 + sender * 1_987}`,
    text: `Your code is ${number}. Tell it to nobody, not even to the bank.`,
    state: 'complete',
    kind: 'text',
    storedAt: number * minute,
    receivedAt: number * minute,
    smsc: { at: number * minute, offsetMinutes: 180 },
    slot: number % 20,
    memory: 'SM',
    duplicateOf: null,
    imported: false,
    setKey: null,
    partsTotal: 1,
    decodeError: null,
    readAt: null,
    blocked: false,
  };
}

async function receive(tx: StoreTransaction, number: number): Promise<number> {
  const messageId = await tx.addInbound(message(number));
  const part = {
    seq: 1,
    key: `key-${number}`,
    pdu: '07919761980644F0'.repeat(8),
    tpduLength: 56,
    memory: 'SM',
    slot: 1,
  };
  await tx.addInboundPart({ messageId, ...part, receivedAt: number * minute, smscAt: number * minute });
  return messageId;
}

async function fill(store: Store, rows: number): Promise<void> {
  const batch = 1_000;
  for (let from = 0; from < rows; from += batch) {
    await store.transaction(async (tx) => {
      for (let number = from; number < from + batch; number += 1) await tx.addInbound(message(number));
    });
  }
}

async function timeInserts(store: Store): Promise<number[]> {
  return timed(inserts, (round) => store.transaction((tx) => receive(tx, many + round)));
}

/** From a worker's event to the row in somebody's answer. */
async function timePath(store: Store): Promise<number[]> {
  const bus = createInProcessBus({ clock: systemClock, log: silentLogger });
  await bus.subscribe('store', async ({ at }) => void (await store.transaction((tx) => receive(tx, at))));
  const times = await timed(inserts, async (round) => {
    const at = many + inserts + round;
    const event: ModemEvent = { type: 'worker.started', id: `${at}`, modem: 'modem', run: 'run', at };
    await bus.publish(event);
    await store.inboundMessages({ limit: 10, storedAfter: (at - 1) * minute });
  });
  await bus.close();
  return times;
}

/** How much slower the slowest hundredth of the answers is with a hundred times as many rows. */
async function growth(
  what: string,
  [small, large]: readonly [Store, Store],
  asked: { few: InboundQuery; many: InboundQuery },
): Promise<Figure> {
  const slow = async (store: Store, query: InboundQuery) => {
    const times = await timed(queries, () => store.inboundMessages(query));
    return times.toSorted((a, b) => a - b)[Math.floor(queries * 0.99)] ?? Number.NaN;
  };
  const fewMs = await slow(small, asked.few);
  const manyMs = await slow(large, asked.many);
  const name = `${what}, ${many / 1_000}k rows to ${few / 1_000}k, p99 (${manyMs.toFixed(2)} ms)`;
  return { name, value: manyMs / fewMs, unit: '×', atMost: 5 };
}

async function timed(rounds: number, run: (round: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await run(round);
    times.push(performance.now() - begun);
  }
  return times;
}

if (import.meta.main) for (const figure of await benchStore()) show(figure);
