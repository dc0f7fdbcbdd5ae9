import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.ts';
import { hasWalResetBug, openDatabase, storeError } from '../../../src/store/sqlite/open.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

describe('opening a database', () => {
  it('asks for what keeps acknowledged rows over a power cut', async () => {
    await using directory = await temporaryDirectory();
    using database = openDatabase(join(directory.path, 'a.db'), silentLogger);
    const ask = (pragma: string) => Object.values(database.prepare(`pragma ${pragma}`).get() ?? {})[0];
    expect(['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map(ask)).toEqual(['wal', 2, 1, 5000]);
  });

  it.each([
    ['3.51.2', true],
    ['3.9.2', true],
    ['3.51.3', false],
    ['3.53.4', false],
    ['4.0.0', false],
  ])('knows whether SQLite %s can damage its log: %s', (version, damaged) => {
    expect(hasWalResetBug(version)).toBe(damaged);
  });

  it('leaves errors alone that are not about the store', () => {
    const other = new Error('a bug');
    expect(storeError(other, '/data')).toBe(other);
    expect(storeError('thrown', '/data')).toBe('thrown');
  });

  it('says of a full disk what to do', () => {
    const cause = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    expect(storeError(cause, '/data')).toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('The disk is full. Make room'),
      cause,
    });
  });
});
