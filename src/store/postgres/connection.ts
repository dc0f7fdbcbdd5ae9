import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { SimloftError } from '../../core/errors.ts';
import type { Address } from './address.ts';
import { withoutNull } from './null-character.ts';
import type { PoolClient } from './pool.ts';
import { breaksConnection, postgresError } from './postgres-error.ts';

/** A connection in somebody's hands. Once it broke it says the same about every statement, and is not lent again. */
export class Connection implements DatabaseConnection {
  readonly #client: PoolClient;
  readonly #address: Address;
  readonly #released: (broken: SimloftError | null) => void;
  #broken: SimloftError | null = null;
  readonly #onError = (thrown: Error) => {
    this.#broken ??= postgresError(thrown, this.#address);
  };

  constructor(client: PoolClient, address: Address, released: (broken: SimloftError | null) => void) {
    this.#client = client;
    this.#address = address;
    this.#released = released;
    client.on('error', this.#onError);
  }

  /** Several statements in one go when there are no parameters. */
  async executeQuery<R>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): Promise<QueryResult<R>> {
    if (this.#broken !== null) throw this.#broken;
    try {
      const { command, rows, rowCount } = await this.#client.query(sql, parameters.map(toPostgres));
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
