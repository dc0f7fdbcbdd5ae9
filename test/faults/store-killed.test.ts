import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { seededRandom } from '../../src/core/random.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const program = resolve(import.meta.dirname, '../support/store-process.ts');
const open = (directory: string) => openSqliteStore({ directory, clock: systemClock, log: silentLogger });

/** Runs the writing process until it has written `lines` lines, and lets go of it as it is then. */
async function writer(directory: string, lines: number): Promise<{ child: ChildProcess; output: () => string }> {
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const { promise, resolve: reached, reject } = Promise.withResolvers<void>();
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split('\n').length > lines) reached();
  });
  child.once('exit', (code) => reject(new Error(`the process ended by itself (${code})`)));
  await promise;
  return { child, output: () => output };
}

async function kill(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

describe('a gateway that is killed', () => {
  it('has lost nothing that it acknowledged, and leaves the directory to the next one', async () => {
    await using directory = await temporaryDirectory();
    const random = seededRandom(20_261_122);
    const acknowledged: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const { child, output } = await writer(directory.path, 1 + random.below(400));
      await kill(child);
      // The last line may have been cut by the kill; only whole ones were told.
      acknowledged.push(...output().split('\n').slice(1, -1));
    }
    expect(acknowledged.length).toBeGreaterThan(100);

    const store = await open(directory.path);
    const kept = await store.inboundMessages({ limit: 1_000_000 });
    const texts = new Set(kept.map(({ id, text }) => `${id} ${text}`));
    expect(acknowledged.filter((line) => !texts.has(line))).toEqual([]);
    const halves = await Promise.all(kept.slice(0, 50).map(({ id }) => store.inboundParts(id)));
    expect(halves.every((parts) => parts.length === 1)).toBe(true);
    expect(new Set(kept.map(({ storedAt }) => storedAt)).size).toBe(kept.length);
    await store.close();

    using database = new DatabaseSync(join(directory.path, 'simloft.db'));
    expect({ ...database.prepare('pragma integrity_check').get() }).toEqual({ integrity_check: 'ok' });
    expect(database.prepare('pragma foreign_key_check').all()).toEqual([]);
  });
});

describe('two gateways on one data directory', () => {
  it('the second one refuses, saying who holds it, until the first is gone', async () => {
    await using directory = await temporaryDirectory();
    const { child } = await writer(directory.path, 1);
    await expect(open(directory.path)).rejects.toMatchObject({
      code: 'store_busy',
      message: expect.stringContaining(`process id ${child.pid} `),
      details: { pid: String(child.pid) },
    });
    await kill(child);
    const store = await open(directory.path);
    await expect(store.check()).resolves.toBeUndefined();
    await store.close();
  });
});
