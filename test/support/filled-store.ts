import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { inboundSql, sendersSql } from './many-rows.ts';

/** Makes an embedded store that holds so many received messages. */
export async function fillStore(directory: string, rows: number): Promise<void> {
  mkdirSync(directory, { recursive: true });
  await (await openSqliteStore({ directory, clock: systemClock, log: silentLogger })).close();
  const db = new DatabaseSync(join(directory, 'simloft.db'));
  for (const statement of [sendersSql, inboundSql(1, rows), 'analyze']) db.exec(statement);
  db.close();
}
