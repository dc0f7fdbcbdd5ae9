import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../../src/store/sqlite/sqlite-store.ts';
import { backupStore } from '../../../../src/store/transfer/backup.ts';
import { oddTexts } from '../../../support/odd-texts.ts';
import { allRows, rowsIn } from '../../../support/store-rows.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';
import { filledStore, transferOptions } from '../../../support/transfer.ts';

const writer = resolve(import.meta.dirname, '../../../support/store-process.ts');
const filling = { seed: 2, rows: 5, texts: oddTexts };

describe('a backup', () => {
  it('made while a gateway writes holds every row that was acknowledged before it began', async () => {
    await using temporary = await temporaryDirectory();
    const directory = join(temporary.path, 'data');
    const child = spawn(process.execPath, [writer, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () => String((await lines.next()).value);
    try {
      expect(await next()).toBe('open');
      const acknowledged: number[] = [];
      for (const [number, until] of [20, 200, 600].entries()) {
        while (acknowledged.length < until) acknowledged.push(Number((await next()).split(' ')[0]));
        const to = join(temporary.path, `backup-${number}`);
        await backupStore({ from: directory, to, replace: false });
        using database = new DatabaseSync(to, { readOnly: true });
        expect(database.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
        const ids = new Set(
          database
            .prepare('select id from inbound')
            .all()
            .map(({ id }) => id),
        );
        expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
        expect(database.prepare('select count(*) as parts from inbound_part').get()).toEqual({ parts: ids.size });
      }
      expect(child.exitCode, 'it writes still').toBe(null);
    } finally {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  });

  it('is one file with the rows of the store, for its owner alone, and is a store when it is put in its place', async () => {
    await using temporary = await temporaryDirectory();
    const from = await filledStore(join(temporary.path, 'from'), filling);
    const kept = join(temporary.path, 'kept');
    mkdirSync(kept);
    const to = join(kept, 'simloft.db');
    const bytes = await backupStore({ from, to, replace: false });
    expect(readdirSync(kept)).toEqual(['simloft.db']);
    expect(statSync(to)).toMatchObject({ size: bytes });
    expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(allRows(to)).toEqual(rowsIn(from));
    const store = await openSqliteStore({ directory: kept, ...transferOptions });
    await store.check();
    await store.close();
  });

  it('holds what a gateway that was killed left in its log', async () => {
    await using temporary = await temporaryDirectory();
    const directory = join(temporary.path, 'data');
    const child = spawn(process.execPath, [writer, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    for (let line = 0; line <= 50; line += 1) await lines.next();
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    expect(statSync(join(directory, 'simloft.db-wal')).size).toBeGreaterThan(0);
    const to = join(temporary.path, 'backup');
    await backupStore({ from: directory, to, replace: false });
    expect((allRows(to)['inbound'] ?? []).length).toBeGreaterThanOrEqual(50);
  });

  it('replaces a file only when it is told to, and never the store', async () => {
    await using temporary = await temporaryDirectory();
    const from = await filledStore(join(temporary.path, 'from'), filling);
    const to = join(temporary.path, 'backup');
    writeFileSync(to, 'precious');
    await expect(backupStore({ from, to, replace: false })).rejects.toThrow(/exists already/);
    expect(readFileSync(to, 'utf8')).toBe('precious');
    await backupStore({ from, to, replace: true });
    expect(allRows(to)).toEqual(rowsIn(from));
    const own = join(from, 'simloft.db');
    await expect(backupStore({ from, to: own, replace: true })).rejects.toThrow(/is the store itself/);
    await expect(backupStore({ from, to: temporary.path, replace: true })).rejects.toThrow(/is a folder/);
    const nowhere = join(temporary.path, 'no/where');
    await expect(backupStore({ from, to: nowhere, replace: false })).rejects.toThrow(/cannot be written \(ENOENT\)/);
    expect(readdirSync(temporary.path).toSorted()).toEqual(['backup', 'from']);
  });

  it('is not made of a store that is damaged or none', async () => {
    await using temporary = await temporaryDirectory();
    const from = await filledStore(join(temporary.path, 'from'), filling);
    const to = join(temporary.path, 'backup');
    const path = join(from, 'simloft.db');
    using database = new DatabaseSync(path);
    database.exec('pragma foreign_keys = off; delete from peer');
    await expect(backupStore({ from, to, replace: false })).rejects.toMatchObject({
      code: 'store_unsafe',
      message: expect.stringMatching(/is damaged, and no backup of it was made: rows point to others/),
    });
    writeFileSync(join(temporary.path, 'text'), 'no database at all, but long enough to have a header');
    await expect(backupStore({ from: join(temporary.path, 'text'), to, replace: false })).rejects.toThrow(
      /is no database/,
    );
    await expect(backupStore({ from: temporary.path, to, replace: false })).rejects.toThrow(/There is no store in/);
    expect(existsSync(to)).toBe(false);
    expect(readdirSync(temporary.path).toSorted()).toEqual(['from', 'text']);
  });
});
