import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/core/logger.ts';
import type { Schema } from '../../../src/store/schema.ts';
import { steps } from '../../../src/store/migrations/migrator.ts';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

type Kind<T> = [NonNullable<T>] extends [number]
  ? null extends T
    ? 'integer?'
    : 'integer'
  : null extends T
    ? 'text?'
    : 'text';
type Unwrapped<T> = T extends { readonly __select__: infer S } ? S : T;
/** Each column of each table, so that the compiler holds this list against the schema, and the test against the database. */
type Columns = {
  readonly [Table in keyof Schema]: {
    readonly [Column in keyof Schema[Table]]: Kind<Unwrapped<Schema[Table][Column]>>;
  };
};

const expected: Columns = {
  peer: { id: 'integer', address: 'text', search: 'text' },
  inbound: {
    id: 'integer',
    modem: 'text',
    sim: 'text?',
    peerId: 'integer',
    text: 'text?',
    state: 'text',
    kind: 'text',
    storedAt: 'integer?',
    receivedAt: 'integer',
    smscAt: 'integer?',
    smscOffset: 'integer?',
    slot: 'integer',
    memory: 'text?',
    duplicateOf: 'integer?',
    imported: 'integer',
    setKey: 'text?',
    partsTotal: 'integer',
    decodeError: 'text?',
    readAt: 'integer?',
    blocked: 'integer',
    holdsCode: 'integer?',
    textRemovedAt: 'integer?',
  },
  inboundPart: {
    id: 'integer',
    messageId: 'integer',
    seq: 'integer',
    key: 'text',
    pdu: 'text',
    tpduLength: 'integer?',
    memory: 'text?',
    slot: 'integer?',
    receivedAt: 'integer',
    smscAt: 'integer?',
  },
  outgoing: {
    id: 'integer',
    modem: 'text',
    recipient: 'text',
    text: 'text',
    state: 'text',
    createdAt: 'integer',
    updatedAt: 'integer',
    attempt: 'integer',
    busyCount: 'integer',
    nextAttemptAt: 'integer',
    expiresAt: 'integer',
    deliveryReport: 'integer',
    flash: 'integer',
    validFor: 'integer?',
    ifUnknown: 'text',
    error: 'text?',
    errorCode: 'text?',
    sentAt: 'integer?',
    deliveredAt: 'integer?',
    idempotencyKey: 'text?',
    resendOf: 'integer?',
    claimedUntil: 'integer?',
    claimedBy: 'text?',
    holdsCode: 'integer?',
    textRemovedAt: 'integer?',
  },
  outgoingPart: {
    messageId: 'integer',
    seq: 'integer',
    pdu: 'text',
    tpduLength: 'integer',
    state: 'text',
    attempt: 'integer',
    run: 'text?',
    messageReference: 'integer?',
    sentAt: 'integer?',
    reportStatus: 'integer?',
  },
  report: {
    id: 'integer',
    modem: 'text',
    key: 'text',
    pdu: 'text',
    messageReference: 'integer',
    recipient: 'text',
    status: 'integer',
    dischargedAt: 'integer?',
    receivedAt: 'integer',
    messageId: 'integer?',
    seq: 'integer?',
  },
  call: {
    id: 'integer',
    call: 'text',
    modem: 'text',
    caller: 'text',
    withheld: 'integer',
    startedAt: 'integer',
    storedAt: 'integer',
    endedAt: 'integer?',
    rings: 'integer',
    outcome: 'text',
    blocked: 'integer',
  },
  reading: { modem: 'text', key: 'text', data: 'text', updatedAt: 'integer' },
  modem: {
    modem: 'text',
    port: 'text',
    state: 'text',
    reasonCode: 'text?',
    reasonText: 'text?',
    identity: 'text?',
    updatedAt: 'integer',
  },
  sim: { sim: 'text', knownAt: 'integer' },
  counter: { name: 'text', value: 'integer' },
  workerRun: { modem: 'text', run: 'text', previous: 'text?' },
  schedule: { name: 'text', firedAt: 'integer' },
  forgotten: { key: 'text' },
  step: {
    id: 'integer',
    direction: 'text',
    messageId: 'integer',
    at: 'integer',
    role: 'text',
    what: 'text',
    trace: 'text',
  },
  feed: { id: 'integer', at: 'integer', type: 'text', modem: 'text', row: 'integer?', detail: 'text?' },
  claim: { kind: 'text', rowId: 'integer', claimedAt: 'integer', claimedBy: 'text' },
  contact: { id: 'integer', name: 'text', search: 'text', createdAt: 'integer', updatedAt: 'integer' },
  contactAddress: { search: 'text', address: 'text', contactId: 'integer' },
  listEntry: { id: 'integer', list: 'text', pattern: 'text', search: 'text', note: 'text?', createdAt: 'integer' },
  screening: { list: 'text', active: 'integer' },
  readingPoint: { modem: 'text', key: 'text', at: 'integer', total: 'integer', count: 'integer' },
  webhookTarget: {
    id: 'integer',
    name: 'text',
    url: 'text',
    secret: 'text',
    template: 'text',
    options: 'text',
    filters: 'text',
    allowInsecure: 'integer',
    enabled: 'integer',
    disabledWhy: 'text?',
    afterEvent: 'integer',
    createdAt: 'integer',
  },
  webhookDelivery: {
    id: 'integer',
    targetId: 'integer',
    eventId: 'integer?',
    event: 'text',
    conversation: 'text',
    state: 'text',
    attempt: 'integer',
    nextAttemptAt: 'integer',
    expiresAt: 'integer',
    createdAt: 'integer',
    deliveredAt: 'integer?',
    error: 'text?',
    unreachable: 'integer',
    claimedUntil: 'integer?',
    claimedBy: 'text?',
    aboutKind: 'text?',
    aboutRow: 'integer?',
  },
  webhookAttempt: {
    id: 'integer',
    deliveryId: 'integer',
    at: 'integer',
    ms: 'integer',
    status: 'integer?',
    answer: 'text?',
    error: 'text?',
  },
  accessKey: {
    id: 'integer',
    name: 'text',
    hash: 'text',
    hint: 'text',
    scopes: 'text',
    limits: 'text',
    createdAt: 'integer',
    expiresAt: 'integer?',
    lastUsedAt: 'integer?',
    revokedAt: 'integer?',
  },
  keyUsage: { keyId: 'integer', day: 'text', sent: 'integer' },
  linkChange: {
    id: 'integer',
    at: 'integer',
    modem: 'text',
    state: 'text',
    reasonCode: 'text?',
    reasonText: 'text?',
  },
  session: { hash: 'text', keyId: 'integer?', createdAt: 'integer', expiresAt: 'integer' },
  password: { name: 'text', hash: 'text', changedAt: 'integer' },
  audit: {
    id: 'integer',
    at: 'integer',
    who: 'text',
    address: 'text',
    action: 'text',
    target: 'text?',
    outcome: 'text',
  },
  migration: { name: 'text', appliedAt: 'integer' },
};

const clock = new VirtualClock();
const open = (directory: string) => openSqliteStore({ directory, clock, log: silentLogger });
const camel = (name: unknown) => String(name).replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** What the database itself says of its tables. */
function columnsOf(path: string): Record<string, Record<string, string>> {
  using database = new DatabaseSync(path);
  const rows = database
    .prepare(
      `select t.name as tbl, c.name, c.type, c."notnull" as required, c.pk from sqlite_schema t, pragma_table_info(t.name) c
       where t.type = 'table' and t.name not like 'sqlite_%'`,
    )
    .all();
  const tables: Record<string, Record<string, string>> = {};
  for (const { tbl, name, type, required, pk } of rows) {
    const columns = (tables[camel(tbl)] ??= {});
    const kind = String(type).toLowerCase() === 'text' ? 'text' : 'integer';
    columns[camel(name)] = required === 1 || pk !== 0 ? kind : `${kind}?`;
  }
  return tables;
}

describe('the migrations', () => {
  it('make exactly the tables and columns that the schema names', async () => {
    await using directory = await temporaryDirectory();
    await (await open(directory.path)).close();
    expect(columnsOf(join(directory.path, 'simloft.db'))).toEqual(expected);
  });

  it('are run once each', async () => {
    await using directory = await temporaryDirectory();
    await (await open(directory.path)).close();
    await clock.advance(1_000);
    await (await open(directory.path)).close();
    using database = new DatabaseSync(join(directory.path, 'simloft.db'));
    const applied = database.prepare('select name, applied_at from migration order by name').all();
    expect(applied.map((step) => ({ ...step }))).toEqual(
      steps.map((name) => ({ name, applied_at: clock.now() - 1_000 })),
    );
  });

  it('refuse a store of a newer version, untouched, and leave the directory free', async () => {
    await using directory = await temporaryDirectory();
    await (await open(directory.path)).close();
    {
      using database = new DatabaseSync(join(directory.path, 'simloft.db'));
      database.exec("insert into migration values ('0002-second', 1)");
    }
    for (let round = 0; round < 2; round += 1) {
      await expect(open(directory.path)).rejects.toMatchObject({
        code: 'store_unsafe',
        message: expect.stringContaining('newer version of Simloft (step 0002-second)'),
      });
    }
  });
});
