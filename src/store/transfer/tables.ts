import { CamelCasePlugin, type Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** What a column can hold, as the databases give it and JSON keeps it. */
export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** The schema with tables and columns as plain names: for work that treats all tables alike. */
export type AnyTables = Record<string, Record<string, Value>>;
export type AnyDb = Kysely<AnyTables>;

export interface Table {
  readonly name: string;
  /** The columns of the primary key, in its order. */
  readonly key: readonly string[];
}

type Keys = { readonly [Name in keyof Schema]: readonly (keyof Schema[Name])[] | null };

/**
 * Every table of the schema with its primary key. The order is the one of foreign keys: a table comes after all that it points to.
 * The compiler misses a table that is not named here, and a test holds keys and order against the database's own catalogue.
 * Null for what belongs to one database and not to its contents.
 */
const keys = {
  migration: null,
  peer: ['id'],
  inbound: ['id'],
  inboundPart: ['id'],
  outgoing: ['id'],
  outgoingPart: ['messageId', 'seq'],
  report: ['id'],
  call: ['id'],
  reading: ['modem', 'key'],
  modem: ['modem'],
  sim: ['sim'],
  counter: ['name'],
  workerRun: ['modem'],
  schedule: ['name'],
  step: ['id'],
  forgotten: ['key'],
  feed: ['id'],
  accessKey: ['id'],
  keyUsage: ['keyId', 'day'],
  linkChange: ['id'],
  session: ['hash'],
  password: ['name'],
  audit: ['id'],
  claim: ['kind', 'rowId'],
  contact: ['id'],
  contactAddress: ['search'],
  listEntry: ['id'],
  screening: ['list'],
  readingPoint: ['modem', 'key', 'at'],
  webhookTarget: ['id'],
  webhookDelivery: ['id'],
  webhookAttempt: ['id'],
} as const satisfies Keys;

/** The tables whose rows are moved and saved, in an order in which they can be written. */
export const tables: readonly Table[] = Object.entries(keys).flatMap(([name, key]) =>
  key === null ? [] : [{ name, key }],
);

/** The same database, asked for tables by any name. */
export function anyTables(db: Kysely<Schema>): AnyDb {
  return db.$omitTables<keyof Schema>().$extendTables<AnyTables>();
}

export interface Column {
  readonly name: string;
  readonly kind: 'text' | 'integer';
  readonly nullable: boolean;
}

/** Names as the schema has them and as SQL has them, by the rules that queries follow too. */
class SchemaNames extends CamelCasePlugin {
  of(name: string): string {
    return this.camelCase(name);
  }

  inSql(name: string): string {
    return this.snakeCase(name);
  }
}

/** `inboundPart` → `inbound_part`. */
export const sqlName = (name: string): string => new SchemaNames().inSql(name);

/** The columns of each table, as the database itself knows them. */
export async function columnsOf(db: AnyDb): Promise<ReadonlyMap<string, readonly Column[]>> {
  const names = new SchemaNames();
  const found = await db.introspection.getTables();
  return new Map(
    found.map((table) => {
      const name = names.of(table.name);
      // SQLite lets a key that is a text be null; rows of ours never have such a one.
      const key = tables.find((known) => known.name === name)?.key ?? [];
      const columns = table.columns.map((column): Column => {
        const of = names.of(column.name);
        const kind = /text|char/i.test(column.dataType) ? 'text' : 'integer';
        return { name: of, kind, nullable: column.isNullable && !key.includes(of) };
      });
      return [name, columns];
    }),
  );
}
