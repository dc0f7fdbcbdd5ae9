import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CamelCasePlugin, type CompiledQuery, Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { claimsOf, readsOf, transactionOf } from '../../src/store/repository.ts';
import type { Schema } from '../../src/store/schema.ts';
import { sqliteDialect } from '../../src/store/sqlite/dialect.ts';
import { sqliteCapabilities } from '../../src/store/sqlite/kysely.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { inboundSql, restSql, sendersSql } from '../support/many-rows.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { questionsOf } from './store-questions.ts';

const rows = 20_000;

/** A store with rows of every kind, and what it asks of SQLite. */
async function filled() {
  const directory = await temporaryDirectory();
  await (await openSqliteStore({ directory: directory.path, clock: systemClock, log: silentLogger })).close();
  const path = join(directory.path, 'simloft.db');
  const database = new DatabaseSync(path);
  for (const statement of [sendersSql, inboundSql(1, rows), ...restSql(rows)]) database.exec(statement);
  const asked: CompiledQuery[] = [];
  const db = new Kysely<Schema>({
    dialect: sqliteDialect(database, path),
    plugins: [new CamelCasePlugin()],
    log: ({ query }) => void asked.push(query),
  });
  const reads = readsOf(db, sqliteCapabilities);
  const store: Store = {
    ...reads,
    ...claimsOf(db, sqliteCapabilities),
    transaction: (work) => work(transactionOf(db, sqliteCapabilities)),
    check: async () => {},
    scrub: async () => {},
    compact: async () => false,
    close: async () => database.close(),
  };
  return {
    reads,
    /** What SQLite says of how it answers, in words. */
    async plan(question: (store: Store) => Promise<unknown>): Promise<string[]> {
      asked.length = 0;
      await question(store);
      return asked.flatMap(({ sql }) =>
        database
          .prepare(`explain query plan ${sql}`)
          .all()
          .map(({ detail }) => String(detail)),
      );
    },
    async dispose() {
      await store.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

/** A table that is walked through in the order of its rows or of an index, as a limit or a short list allows. */
const allowed: Readonly<Record<string, RegExp>> = {
  'the newest to send': /^SCAN outgoing$/,
  'how many there are, counted up to a hundred': /^SCAN some$/,
  'how many deliveries there are, counted up to a hundred': /^SCAN some$/,
  'how much is kept, counted up to a hundred': /^SCAN (?:some|webhook_delivery)$/,
  'where a moment is among what happened': /^SCAN feed$/,
  'all who are told': /^SCAN webhook_target$/,
  'whether a sender is blocked': /^SCAN screening$/,
  'contacts with a text': /^SCAN contact_address$/,
  conversations: /^SCAN (?:few|latest)$/,
  'a conversation': /^SCAN (?:few|latest)$/,
};

/** Where another index would do too, and walk through all that waits. */
const used: Readonly<Record<string, RegExp>> = {
  'when something is due':
    /outgoing_due \(state=\? AND modem=\?\).*\n.*outgoing_by_claim \(state=\? AND modem=\? AND claimed_until>/,
  'what is too old to send': /outgoing_by_expiry \(state=\? AND modem=\? AND expires_at</,
  'which modems have something to send': /\(state=\? AND modem>\?\)/,
};

describe('a question to a large SQLite store', () => {
  let store: Awaited<ReturnType<typeof filled>>;
  beforeAll(async () => {
    store = await filled();
  }, 60_000);
  afterAll(() => store.dispose());

  it('covers all that is asked of large tables', () => {
    const ask = Object.values(questionsOf(rows)).map(String).join();
    const reads = Object.keys(store.reads);
    const small = [
      'accessKeys',
      'activeLists',
      'workerRun',
      'modems',
      'simKnown',
      'partsByKey',
      'password',
      'codesLookedTo',
      'sentCodesLookedTo',
      'forgetMarks',
      'isForgotten',
    ];
    expect(reads.filter((name) => !ask.includes(`store.${name}(`))).toEqual(expect.arrayContaining(small));
    expect(reads.filter((name) => !ask.includes(`store.${name}(`))).toHaveLength(small.length);
  });

  it.each(Object.entries(questionsOf(rows)))('is answered along an index: %s', async (name, question) => {
    const plan = await store.plan(question);
    expect(plan.length).toBeGreaterThan(0);
    // The tables of senders, of readings and of claims in hand are small; a scan along an index ends with the limit.
    const scans = plan.filter(
      (line) =>
        line.startsWith('SCAN ') && !/^SCAN (?:peer|reading|writer|due|found|CONSTANT)\b|USING .*INDEX/.test(line),
    );
    expect(scans.filter((line) => allowed[name]?.test(line) !== true)).toEqual([]);
    // Sorting is for what a limit or an index has made few already.
    expect(plan.join('\n')).toMatch(used[name] ?? /./);
    if (/^the newest|since a moment$/.test(name) && !name.includes('sender'))
      expect(plan.join('\n')).not.toContain('TEMP B-TREE');
  });
});
