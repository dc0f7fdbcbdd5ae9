import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.ts';
import { claimDataDirectory, networkFileSystem } from '../../../src/store/sqlite/data-directory.ts';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const clock = new VirtualClock(Date.UTC(2026, 0, 2, 3, 4, 5));
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('the data directory', () => {
  it('is made with all that leads to it, and is this user’s alone, like the database in it', async () => {
    await using temporary = await temporaryDirectory();
    const directory = join(temporary.path, 'a/b');
    const store = await openSqliteStore({ directory, clock, log: silentLogger });
    expect(modeOf(directory)).toBe(0o700);
    expect(modeOf(join(directory, 'simloft.db'))).toBe(0o600);
    expect(modeOf(join(directory, 'simloft.db-wal'))).toBe(0o600);
    await store.close();
  });

  it('keeps the rights of one that was there', async () => {
    await using temporary = await temporaryDirectory();
    const directory = join(temporary.path, 'data');
    mkdirSync(directory, { mode: 0o750 });
    claimDataDirectory(directory, clock).release();
    expect(modeOf(directory)).toBe(0o750);
  });

  it('is refused to a second one, who learns who has it; and free again after the first', async () => {
    await using temporary = await temporaryDirectory();
    const first = claimDataDirectory(temporary.path, clock);
    const since = '2026-01-02T03:04:05.000Z';
    expect(() => claimDataDirectory(temporary.path, clock)).toThrow(
      expect.objectContaining({
        code: 'store_busy',
        message: expect.stringContaining(`process id ${process.pid} on ${hostname()} (since ${since})`),
        details: { pid: String(process.pid), host: hostname(), since },
      }),
    );
    first.release();
    first.release();
    const second = claimDataDirectory(temporary.path, clock);
    second.release();
  });

  it('takes no note of a holder that is gone: only the lock counts', async () => {
    await using temporary = await temporaryDirectory();
    const stale = { pid: process.pid, host: hostname(), since: '2020-01-01T00:00:00.000Z' };
    writeFileSync(join(temporary.path, 'gateway.json'), JSON.stringify(stale));
    writeFileSync(join(temporary.path, 'gateway.lock'), '');
    claimDataDirectory(temporary.path, clock).release();
    expect(existsSync(join(temporary.path, 'gateway.json'))).toBe(false);
  });

  it('says another process when the holder left no readable note', async () => {
    await using temporary = await temporaryDirectory();
    const first = claimDataDirectory(temporary.path, clock);
    writeFileSync(join(temporary.path, 'gateway.json'), '{"pid":');
    expect(() => claimDataDirectory(temporary.path, clock)).toThrow(/in use by another process\. Stop that one/);
    first.release();
  });

  it('cannot be where a file is', async () => {
    await using temporary = await temporaryDirectory();
    const file = join(temporary.path, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'data')]) {
      expect(() => claimDataDirectory(path, clock)).toThrow(
        expect.objectContaining({ code: 'store_unavailable', message: expect.stringContaining('DATA_DIR') }),
      );
    }
  });

  it.each([
    [0x6969, 'NFS'],
    [0x517b, 'SMB'],
    [0xff534d42, 'CIFS'],
    [0xfe534d42, 'SMB'],
    [0xef53, null],
    [0x01021994, null],
    [0x794c7630, null],
  ])('of file system 0x%s is on the network: %s', (type, kind) => {
    expect(networkFileSystem(type)).toBe(kind);
  });
});
