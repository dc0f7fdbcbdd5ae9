import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { seededRandom } from '../../src/core/random.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { inbound, inboundPart, outgoing, outgoingPart } from '../contract/store-records.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const program = resolve(import.meta.dirname, '../support/forget-process.ts');
const minute = 60_000;
const messages = 1_500;
const code = 'Your verification code is 918273';

/** Old messages, younger ones with a code, and what was sent. */
async function fill(directory: string): Promise<void> {
  const store = await openSqliteStore({ directory, clock: systemClock, log: silentLogger });
  const now = systemClock.now();
  for (let from = 0; from < messages; from += 100) {
    await store.transaction(async (tx) => {
      for (let count = from; count < from + 100; count += 1) {
        const young = count >= (messages * 2) / 3;
        const at = await tx.stamp(now - (young ? 20 : 120) * minute);
        const text = young ? code : `text ${count}`;
        const id = await tx.addInbound(inbound({ text, sender: `S${count % 40}`, storedAt: at, receivedAt: at }));
        for (const seq of [1, 2])
          await tx.addInboundPart(inboundPart(id, { seq, key: `${count} ${seq}`, pdu: 'C0DE' }));
        const step = { at, role: 'worker', what: 'read', trace: 'trace' } as const;
        await tx.addSteps([{ ...step, direction: 'in', messageId: id }]);
        const sent = outgoing({ state: 'sent', createdAt: at, updatedAt: at, recipient: `+7916000000${count % 10}` });
        await tx.addOutgoing(sent, [outgoingPart(1), outgoingPart(2)]);
      }
    });
  }
  await store.close();
}

/** Forgets until it is done, or is killed in the piece after so many. Returns whether it was done. */
async function forget(directory: string, pieces: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split('piece').length > pieces) child.kill('SIGKILL');
  });
  await closed;
  return output.includes('done');
}

/** What would be half gone; and how many messages there are. */
function look(directory: string): { left: number; halves: unknown[] } {
  using database = new DatabaseSync(join(directory, 'simloft.db'));
  const all = (sql: string) => database.prepare(sql).all();
  expect(all('pragma integrity_check')).toMatchObject([{ integrity_check: 'ok' }]);
  const halves = [
    ...all('pragma foreign_key_check'),
    ...all('select id from inbound where (select count(*) from inbound_part where message_id = inbound.id) <> 2'),
    ...all('select id from inbound where (select count(*) from step where message_id = inbound.id) <> 1'),
    ...all(`select message_id from step where message_id not in (select id from inbound)`),
    ...all('select id from outgoing where (select count(*) from outgoing_part where message_id = outgoing.id) <> 2'),
    // What is gone can be told from what never came, and what is there is not taken for gone.
    ...all('select key from inbound_part where key in (select key from forgotten)'),
    // Nobody is known who has nothing to do with any message.
    ...all(`select id from peer where id not in (select peer_id from inbound)
      and address not in (select recipient from outgoing)`),
    // A text that was removed is removed with its PDUs.
    ...all(`select inbound.id from inbound join inbound_part on message_id = inbound.id
      where text_removed_at is not null and (text <> '' or pdu <> '')`),
  ];
  const parts = Number(all('select count(*) as number from inbound_part')[0]?.['number']);
  const forgotten = Number(all('select count(*) as number from forgotten')[0]?.['number']);
  expect(parts + forgotten).toBe(2 * messages);
  return { left: Number(all('select count(*) as number from inbound')[0]?.['number']), halves };
}

it('what forgets is killed: nothing is half gone, and the next one goes on', async () => {
  await using directory = await temporaryDirectory();
  await fill(directory.path);
  const random = seededRandom(20_261_123);
  const seen = new Set<number>();
  let done = false;
  for (let round = 0; !done; round += 1) {
    done = await forget(directory.path, 4 + random.below(10));
    const { left, halves } = look(directory.path);
    expect(halves).toEqual([]);
    seen.add(left);
  }
  expect(await forget(directory.path, Number.POSITIVE_INFINITY)).toBe(true);
  const { left, halves } = look(directory.path);
  expect(halves).toEqual([]);
  expect(left).toBe(messages / 3);
  // It was killed while there was something to be done, and not only before or after.
  expect(seen.size).toBeGreaterThan(1);
  using database = new DatabaseSync(join(directory.path, 'simloft.db'));
  const texts = database.prepare('select distinct text from inbound').all();
  expect(texts).toMatchObject([{ text: '' }]);
});
