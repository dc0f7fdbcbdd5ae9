import { type DatabaseIntrospector, type Kysely, sql, type TableMetadata } from 'kysely';

interface Found {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: string;
}

/** The tables that a name without a schema means. A database can hold those of other programs beside them, under the same names. */
export class PostgresCatalogue implements DatabaseIntrospector {
  readonly #db: Kysely<unknown>;

  constructor(db: Kysely<unknown>) {
    this.#db = db;
  }

  async getTables(): Promise<TableMetadata[]> {
    const { rows } = await sql<Found>`
      select table_name as "table", column_name as "column", data_type as "type", is_nullable as "nullable"
      from information_schema.columns where table_schema = current_schema()
      order by table_name, ordinal_position`.execute(this.#db);
    return [...Map.groupBy(rows, ({ table }) => table)].map(([name, columns]) => ({
      name,
      isView: false,
      isForeign: false,
      columns: columns.map(({ column, type, nullable }) => ({
        name: column,
        dataType: type,
        isNullable: nullable === 'YES',
        isAutoIncrementing: false,
        hasDefaultValue: false,
      })),
    }));
  }

  async getSchemas(): Promise<never[]> {
    return [];
  }
}
