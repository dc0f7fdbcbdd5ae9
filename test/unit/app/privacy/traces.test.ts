import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compactedBytes, forgetOld, keepAll } from '../../../../src/app/privacy/forget.ts';
import { silentLogger } from '../../../../src/core/logger.ts';
import { seededRandom } from '../../../../src/core/random.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../../src/store/store.ts';
import { inbound, inboundPart } from '../../../contract/store-records.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

/** Messages of many sizes come and go; some are deleted, some emptied. Returns the words of those that are gone, and of those that stayed. */
async function comeAndGo(store: Store, seed: number): Promise<{ gone: string[]; stayed: string[] }> {
  const random = seededRandom(seed);
  const there = new Map<number, string>();
  const gone: string[] = [];
  for (let count = 0; count < 400; count += 1) {
    const word = `word${seed}x${count}x`;
    const text = word.padEnd(20 + random.below(random.below(4) === 0 ? 6_000 : 300), `${word} `);
    const id = await store.transaction(async (tx) => {
      const at = await tx.stamp(1_000 + count);
      const message = await tx.addInbound(
        inbound({ text, sender: `S${random.below(9)}`, storedAt: at, receivedAt: at }),
      );
      const pdu = `pdu${word}`.repeat(1 + random.below(30));
      await tx.addInboundPart(inboundPart(message, { key: `key ${message}`, pdu, receivedAt: at }));
      return message;
    });
    there.set(id, word);
    if (random.below(3) === 0) continue;
    const [chosen = 0, lost = ''] = [...there][random.below(there.size)] ?? [];
    const empty = random.below(2) === 0;
    await store.transaction(async (tx) => {
      await tx.markForgetting('deleted', 1_000 + count);
      if (!empty) return tx.deleteInbound(chosen);
      await tx.markCodes([chosen]);
      await tx.removeCodeTexts({ before: 1_000_000, limit: 10, at: 1 });
    });
    there.delete(chosen);
    gone.push(lost);
  }
  return { gone, stayed: [...there.values()] };
}

it.each([1, 2, 3, 4])('nothing of what was deleted or emptied is in the files (%i)', async (seed) => {
  await using directory = await temporaryDirectory();
  const clock = new VirtualClock(2_000_000);
  const store = await openSqliteStore({ directory: directory.path, clock, log: silentLogger });
  const { gone, stayed } = await comeAndGo(store, seed);
  const inFiles = (words: readonly string[]) => {
    const files = readdirSync(directory.path).map((name) => readFileSync(join(directory.path, name), 'latin1'));
    return words.filter((word) => files.some((file) => file.includes(word)));
  };
  await store.scrub();
  // What is left for a day at most is where SQLite has moved rows, and not where they were deleted.
  expect(inFiles(gone).length).toBeLessThanOrEqual(gone.length / 50);
  await forgetOld({ store, clock, log: silentLogger, retention: keepAll }, new AbortController().signal);
  expect(inFiles(gone)).toEqual([]);
  expect(inFiles(stayed)).toEqual(stayed);
  expect(await store.forgetMarks()).toMatchObject({ compacted: clock.now() });
  await store.close();
});

it('a file that takes long to write anew is left as it is', async () => {
  await using directory = await temporaryDirectory();
  const clock = new VirtualClock(2_000_000);
  const store = await openSqliteStore({ directory: directory.path, clock, log: silentLogger });
  expect(await store.compact(1_000)).toBe(false);
  expect(await store.compact(compactedBytes)).toBe(true);
  await store.close();
});
