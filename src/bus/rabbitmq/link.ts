import { type Channel, Connection } from 'rabbitmq-client';
import { type Clock, sleep } from '../../core/clock.ts';
import { SimloftError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';

export interface LinkOptions {
  /** `amqp://user:password@host:port/vhost`, or `amqps://`. */
  readonly url: string;
  /** Shown in the broker's list of connections. */
  readonly name: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A frozen broker or a cut line is noticed within two to three of these, s. */
const heartbeatS = 4;
/** A broker that does not answer a goodbye, or a channel that somebody still uses, is not waited for, ms. */
const longestGoodbyeMs = 2_000;

/**
 * The connection to the broker. It comes back by itself, with a back-off of at most 2 s: whoever needs it waits or is told.
 */
export class RabbitLink {
  readonly connection: Connection;
  /** `host:port`, for people; never the password. */
  readonly place: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** Who waits until it is connected, or closed. */
  readonly #waiting = new Set<() => void>();
  #trouble: string | null = null;
  #closed = false;

  constructor({ url, name, clock, log }: LinkOptions) {
    this.place = placeOf(url);
    this.#clock = clock;
    this.#log = log;
    this.connection = new Connection({
      url,
      connectionName: name,
      noDelay: true,
      heartbeat: heartbeatS,
      connectionTimeout: 5_000,
      acquireTimeout: 20_000,
      retryLow: 250,
      retryHigh: 2_000,
    });
    this.connection.on('error', (error: unknown) => this.#failed(error));
    this.connection.on('connection', () => {
      if (this.#trouble !== null) log.info({ broker: this.place }, `RabbitMQ at ${this.place} answers again.`);
      this.#trouble = null;
      this.#wake();
    });
    this.connection.on('connection.blocked', (reason: unknown) =>
      log.warn({ broker: this.place, reason }, 'RabbitMQ takes no messages: it is short of memory or disk.'),
    );
  }

  /** Why the broker cannot be reached, in a sentence; null while it can. */
  get trouble(): string | null {
    return this.connection.ready ? null : (this.#trouble ?? `RabbitMQ at ${this.place} has not answered yet.`);
  }

  get closed(): boolean {
    return this.#closed;
  }

  unavailable(cause?: unknown): SimloftError {
    const text = this.#closed
      ? 'The bus is closed: the gateway is stopping.'
      : (this.trouble ?? `RabbitMQ at ${this.place} did not answer in time.`);
    return new SimloftError('bus_unavailable', text, cause === undefined ? {} : { cause });
  }

  /** Resolves when connected, whenever that is. @throws `bus_unavailable` when closed or when `signal` ends the waiting. */
  async connected(signal?: AbortSignal): Promise<void> {
    while (!this.connection.ready) {
      if (this.#closed || signal?.aborted === true) throw this.unavailable();
      const changed = Promise.withResolvers<void>();
      this.#waiting.add(changed.resolve);
      signal?.addEventListener('abort', () => changed.resolve(), { once: true });
      await changed.promise;
      this.#waiting.delete(changed.resolve);
    }
  }

  /** A channel of one's own, to be closed by whoever took it. @throws `bus_unavailable` */
  async channel(signal?: AbortSignal): Promise<Channel> {
    await this.connected(signal);
    try {
      return await this.connection.acquire();
    } catch (cause) {
      throw this.unavailable(cause);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    if (this.connection.ready) {
      const inTime = new AbortController();
      const patience = sleep(this.#clock, longestGoodbyeMs, inTime.signal).catch(() => {});
      await Promise.race([this.connection.close().catch(() => {}), patience]);
      inTime.abort();
    }
    this.connection.unsafeDestroy();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  #failed(error: unknown): void {
    // The client names the method that was refused, or undefined when it was the greeting.
    const reason = (error instanceof Error ? error.message : String(error)).replace(/^undefined: /, '');
    this.#trouble = `RabbitMQ at ${this.place} cannot be reached (${reason}). ${cureOf(error)}`;
    if (!this.#closed) this.#log.warn({ broker: this.place }, this.#trouble);
  }
}

function placeOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port === '' ? (protocol === 'amqps:' ? '5671' : '5672') : port}`;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

function cureOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'ACCESS_REFUSED':
      return 'It refuses the user or the password: check AMQP_URL.';
    case 'NOT_ALLOWED':
      return 'The virtual host does not exist or is closed to this user: check the end of AMQP_URL.';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'There is no such host: check AMQP_URL.';
    default:
      return 'It is tried again; check that it runs and that AMQP_URL is right.';
  }
}
