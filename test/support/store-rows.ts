import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { seededRandom } from '../../src/core/random.ts';
import { type AnyDb, columnsOf, type Row, tables, type Value } from '../../src/store/transfer/tables.ts';

/** Everything that a database file holds, table by table, as the file itself says; without looking at our own list of tables. */
export function allRows(path: string): Record<string, Record<string, unknown>[]> {
  using database = new DatabaseSync(path, { readOnly: true });
  const names = database
    .prepare(`select name from sqlite_schema where type = 'table' and name <> 'sqlite_stat1' order by name`)
    .all()
    .map((row) => String(row['name']));
  return Object.fromEntries(
    names.map((name) => {
      const rows = database.prepare(`select * from "${name}"`).all();
      return [name, rows.map((row) => ({ ...row })).toSorted((a, b) => compare(JSON.stringify(a), JSON.stringify(b)))];
    }),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

export const rowsIn = (directory: string) => allRows(join(directory, 'simloft.db'));

export interface Filling {
  readonly seed: number;
  /** Rows of each table. */
  readonly rows: number;
  /** What stands in texts that need not be unique. */
  readonly texts: readonly string[];
}

/** Columns that point to another table. */
const pointers: Readonly<Record<string, string>> = {
  'inbound.peerId': 'peer',
  'inbound.duplicateOf': 'inbound',
  'inboundPart.messageId': 'inbound',
  'outgoingPart.messageId': 'outgoing',
  'contactAddress.contactId': 'contact',
  'webhookDelivery.targetId': 'webhookTarget',
  'webhookAttempt.deliveryId': 'webhookDelivery',
  'keyUsage.keyId': 'accessKey',
  'session.keyId': 'accessKey',
};

/** Puts rows into every table that is moved, whatever its columns, with gaps between the ids and nulls where they are allowed. */
export async function fillStore(db: AnyDb, { seed, rows, texts }: Filling): Promise<void> {
  const random = seededRandom(seed);
  const columns = await columnsOf(db);
  const ids = new Map<string, number[]>();
  const pick = <T>(from: readonly T[]): T | undefined => from[random.below(from.length)];
  for (const { name, key } of tables.filter(({ name }) => columns.has(name))) {
    const made: Row[] = [];
    const own: number[] = [];
    ids.set(name, own);
    for (let count = 0; count < rows; count += 1) {
      const id = (own.at(-1) ?? 0) + 1 + random.below(3);
      const value = (column: string, kind: 'text' | 'integer', nullable: boolean): Value => {
        if (column === 'id') return id;
        const pointer = pointers[`${name}.${column}`];
        const other = pointer === undefined ? undefined : pick(ids.get(pointer) ?? []);
        if (other !== undefined) return nullable && random.below(2) === 0 ? null : other;
        if (pointer !== undefined || (nullable && random.below(3) === 0)) return null;
        if (kind === 'text') return `${pick(texts) ?? ''}${isUnique(column, key) ? ` ${count}` : ''}`;
        if (column.endsWith('At')) return random.below(Number.MAX_SAFE_INTEGER);
        return key.includes(column) ? count : random.below(2 ** 31) - 2 ** 30;
      };
      made.push(
        Object.fromEntries(
          (columns.get(name) ?? []).map((column) => [column.name, value(column.name, column.kind, column.nullable)]),
        ),
      );
      own.push(id);
    }
    for (let from = 0; from < made.length; from += 500) {
      await db
        .insertInto(name)
        .values(made.slice(from, from + 500))
        .execute();
    }
  }
}

const isUnique = (column: string, key: readonly string[]): boolean =>
  key.includes(column) || ['key', 'address', 'call', 'idempotencyKey', 'search', 'name', 'hash'].includes(column);
