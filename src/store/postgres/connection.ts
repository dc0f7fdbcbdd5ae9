import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { SimloftError } from '../../core/errors.ts';
import type { Address } from './address.ts';
import { withoutNull } from './null-character.ts';
import type { PoolClient } from './pool.ts';
import type { StatementNames } from './statement-names.ts';
import { breaksConnection, postgresError } from './postgres-error.ts';

export interface ConnectionOptions {
  readonly client: PoolClient;
  readonly address: Address;
  readonly names: StatementNames;
  /** Told when it is given back, with why it is of no use any more. */
  readonly released: (broken: SimloftError | null) => void;
}

/** A connection in somebody's hands. Once it broke it says the same about every statement, and is not lent again. */
export class Connection implements DatabaseConnection {
  readonly #client: PoolClient;
  readonly #address: Address;
  readonly #names: StatementNames;
  readonly #released: (broken: SimloftError | null) => void;
  #broken: SimloftError | null = null;
  #inTransaction = false;
  readonly #onError = (thrown: Error) => {
    this.#broken ??= postgresError(thrown, this.#address);
  };

  constructor({ client, address, names, released }: ConnectionOptions) {
    this.#client = client;
    this.#address = address;
    this.#names = names;
    this.#released = released;
    client.on('error', this.#onError);
  }

  /** Several statements in one go when there are no parameters. */
  async executeQuery<R>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): Promise<QueryResult<R>> {
    if (this.#broken !== null) throw this.#broken;
    try {
      const { command, rows, rowCount } = await this.#client.query(this.#statement(sql, parameters));
      if (sql.startsWith('begin ')) this.#inTransaction = true;
      // The server undoes a transaction in which a statement failed, whatever it is told at the end.
      if (sql === 'commit' && command === 'ROLLBACK') throw undone();
      return { rows: rows ?? [], ...(rowCount === null ? {} : { numAffectedRows: BigInt(rowCount ?? 0) }) };
    } catch (thrown) {
      throw this.#failed(thrown);
    }
  }

  // oxlint-disable-next-line require-yield -- the interface wants a generator; nothing here is read as a stream.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new SimloftError('internal', 'This store does not stream.');
  }

  /** Gives it back, or throws it away when it broke; call it once. */
  release(): void {
    this.#client.off('error', this.#onError);
    this.#released(this.#broken);
  }

  /**
   * Within a transaction it is prepared: those few look up and write single rows by their keys. A question from outside is planned
   * each time for what it asks, as its best plan depends on that.
   */
  #statement(text: string, parameters: readonly unknown[]) {
    if (parameters.length === 0) return { text };
    const values = parameters.map(toPostgres);
    const name = this.#inTransaction ? this.#names.nameOf(text) : undefined;
    return name === undefined ? { text, values } : { name, text, values };
  }

  #failed(thrown: unknown): SimloftError {
    const error = postgresError(thrown, this.#address);
    if (thrown !== error && breaksConnection(thrown)) this.#broken ??= error;
    return this.#broken ?? error;
  }
}

const undone = () =>
  new SimloftError('store_unavailable', 'PostgreSQL undid the transaction, because a statement in it had failed.');

function toPostgres(value: unknown): string | number | bigint | null {
  if (typeof value === 'string') return withoutNull(value);
  if (typeof value === 'number' || typeof value === 'bigint' || value === null) return value;
  throw new SimloftError('internal', `A value of type ${typeof value} cannot be stored.`);
}
