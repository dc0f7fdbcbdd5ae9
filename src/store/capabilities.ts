import type { CreateTableBuilder } from 'kysely';

/** What the databases do differently, asked for by what it is and not by the name of the database. */
export interface Capabilities {
  /** Adds the column `id`: a positive integer made by the database, growing, never used again. */
  readonly addId: <T extends string>(table: CreateTableBuilder<T>) => CreateTableBuilder<T, 'id'>;
  /** Rows can be locked by a reader, and locked ones be passed over: several processes claim rows side by side. */
  readonly locksRows: boolean;
  /** A joined subquery may name the tables before it (`lateral`). */
  readonly joinsLaterally: boolean;
  /** Statements that write may stand in a `with`, so that several rows that belong together are one round trip. */
  readonly writesInWith: boolean;
}
