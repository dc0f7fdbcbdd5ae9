import { SimloftError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { Address } from './address.ts';
import { Connection } from './connection.ts';
import { Line } from './line.ts';
import { newPool, type Pool, type PoolOptions } from './pool.ts';
import { postgresError } from './postgres-error.ts';
import { StatementNames } from './statement-names.ts';

export interface ConnectionsOptions extends Omit<PoolOptions, 'url'> {
  readonly address: Address;
  readonly log: Logger;
  /** Told when the server cannot be reached: whoever waits for it would wait in vain. */
  readonly onUnreachable?: (reason: SimloftError) => void;
}

/**
 * The connections to one server. A connection that broke is thrown away together with the idle ones, which may be as dead
 * without having noticed; the next statement makes a new one, so that nothing has to be started again with the server.
 */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #places: Line<null>;
  readonly #names = new StatementNames();
  #pool: Pool;
  #lost = false;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
    this.#places = new Line((_, ahead) => ahead.length < options.size);
    this.#pool = this.#newPool();
  }

  /** A connection that is ours until it is released. */
  async acquire(): Promise<Connection> {
    const leave = await this.#places.enter(null);
    const pool = this.#pool;
    try {
      const client = await pool.connect();
      const released = (broken: SimloftError | null) => {
        client.release(broken !== null);
        if (broken !== null) this.#renew(pool, broken);
        leave();
      };
      return new Connection({ client, address: this.#options.address, names: this.#names, released });
    } catch (thrown) {
      const error = postgresError(thrown, this.#options.address);
      // With too many connections there are still those that we have.
      if (error.details['sqlState'] !== '53300') this.#unreachable(error);
      leave();
      throw error;
    }
  }

  /** Resolves when everything that was asked has been answered. */
  async close(): Promise<void> {
    await this.#places.close(new SimloftError('store_unavailable', 'The store is closed: the gateway is stopping.'));
    if (!this.#pool.ending) await this.#pool.end();
  }

  #newPool(): Pool {
    const { address } = this.#options;
    const pool = newPool({ ...this.#options, url: address.url });
    pool.on('connect', () => this.#found());
    pool.on('error', (error) => this.#lose(postgresError(error, address)));
    return pool;
  }

  #renew(from: Pool, reason: SimloftError): void {
    this.#lose(reason);
    if (from !== this.#pool || from.ending) return;
    this.#pool = this.#newPool();
    from.end().catch(() => {});
  }

  #unreachable(reason: SimloftError): void {
    this.#lose(reason);
    this.#places.failWaiting(reason);
    this.#options.onUnreachable?.(reason);
  }

  #lose(reason: SimloftError): void {
    if (!this.#lost) this.#options.log.warn({ code: reason.code, ...reason.details }, reason.message);
    this.#lost = true;
  }

  #found(): void {
    const { log, address } = this.#options;
    if (this.#lost) log.info({}, `PostgreSQL at ${address.where} answers again.`);
    this.#lost = false;
  }
}
