import type { AsyncMessage, Channel } from 'rabbitmq-client';
import { type Clock, sleep } from '../../core/clock.ts';
import type { CommandHandler, CommandResult } from '../../core/commands.ts';
import { errorTable, SimloftError, toSimloftError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { Serving } from '../bus.ts';
import type { RabbitLink } from './link.ts';
import { commandQueueOf, exchangesOf, type Names } from './names.ts';
import { type Progress, readRequest } from './wire.ts';

export interface CommandServerOptions {
  readonly link: RabbitLink;
  readonly names: Names;
  readonly modem: string;
  readonly handler: CommandHandler;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How often a standby looks whether its turn has come, ms. */
const standbyMs = 1_000;
/** How often a command that runs gives a sign of life, ms. */
const signOfLifeMs = 4_000;
/** After so long without one its worker is lost, ms. */
export const quietAfterMs = 15_000;

/**
 * The commands of one modem. Its queue is exclusive: whoever holds it is the one worker of the modem, and when that process or
 * its connection dies the broker deletes the queue with what waits in it, and a standby declares it anew.
 * A command is taken at most once: it is never delivered again, as its queue is gone then.
 */
export class CommandServer implements Serving {
  readonly lost: Promise<void>;
  readonly #options: CommandServerOptions;
  readonly #lost = Promise.withResolvers<void>();
  readonly #first = Promise.withResolvers<void>();
  readonly #stopping = new AbortController();
  readonly #over = new AbortController();
  readonly #withdrawn = new Set<string>();
  readonly #loop: Promise<void>;
  #served = false;
  #channel: Channel | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: CommandServerOptions) {
    this.#options = options;
    this.lost = this.#lost.promise;
    this.#loop = this.#live();
  }

  /** Resolves when the queue is ours for the first time. @throws `at_aborted` when the signal ends the waiting. */
  async standBy(signal?: AbortSignal): Promise<void> {
    const giveUp = () => {
      void this.stop();
      this.#first.reject(new SimloftError('at_aborted', 'The standing by was ended.'));
    };
    if (signal?.aborted === true) giveUp();
    signal?.addEventListener('abort', giveUp);
    try {
      await this.#first.promise;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** Begins no more commands, tells the one that runs, and answers those that wait. */
  async stop(): Promise<void> {
    if (this.#over.signal.aborted) return this.#loop;
    this.#stopping.abort();
    await this.#running;
    await this.#answerTheRest().catch(() => {});
    this.#over.abort();
    await this.#channel?.close();
    await this.#loop;
  }

  async #live(): Promise<void> {
    const { link, log, modem, clock } = this.#options;
    const { signal } = this.#over;
    while (!signal.aborted) {
      try {
        const channel = await link.channel(signal);
        const gone = new Promise<void>((resolve) => channel.once('close', resolve));
        await this.#consume(channel);
        this.#served = true;
        this.#first.resolve();
        await gone;
      } catch (error) {
        if (signal.aborted || link.closed) break;
        if (isLocked(error) && this.#served) {
          log.warn({ modem }, `Another process serves the modem "${modem}" now; this one stands by.`);
          this.#lost.resolve();
          return;
        }
        if (!isLocked(error)) log.debug({ err: error, modem }, 'The queue of commands is made again.');
        await sleep(clock, this.#served ? 250 : standbyMs, signal).catch(() => {});
      }
    }
    this.#first.reject(link.unavailable());
    this.#first.promise.catch(() => {});
  }

  async #consume(channel: Channel): Promise<void> {
    const { names, modem } = this.#options;
    const { queue } = await channel.queueDeclare(commandQueueOf(names, modem));
    for (const exchange of exchangesOf(names)) await channel.exchangeDeclare(exchange);
    await channel.basicQos({ prefetchCount: 1 });
    this.#channel = channel;
    await channel.basicConsume({ queue }, (message) => {
      this.#running = this.#take(channel, message);
    });
    await channel.queueBind({ queue, exchange: names.commands, routingKey: modem });
  }

  /** Never rejects. */
  async #take(channel: Channel, message: AsyncMessage): Promise<void> {
    const { log } = this.#options;
    try {
      const request = readRequest(message.body, this.#options.clock.now());
      if (request.type === 'withdraw') this.#withdrawn.add(request.call);
      else if (!this.#withdrawn.delete(message.correlationId ?? ''))
        await this.#run(request.command, (progress) => answer(channel, message, progress));
    } catch (error) {
      log.error({ err: error }, 'A command could not be read.');
      await answer(channel, message, { type: 'result', result: failed(error) });
    }
    if (channel.active) channel.basicAck({ deliveryTag: message.deliveryTag });
  }

  async #run(command: Parameters<CommandHandler>[0], tell: (progress: Progress) => Promise<void>): Promise<void> {
    const { handler, clock, modem } = this.#options;
    const { signal } = this.#stopping;
    if (signal.aborted) return tell({ type: 'result', result: noWorker(modem) });
    await tell({ type: 'begun' });
    let timer = clock.after(signOfLifeMs, function again() {
      void tell({ type: 'begun' });
      timer = clock.after(signOfLifeMs, again);
    });
    const result = await handler(command, signal).catch(failed);
    timer.cancel();
    await tell({ type: 'result', result });
  }

  /** New commands find no queue from now on; each of those that wait already is answered as it is delivered. */
  async #answerTheRest(): Promise<void> {
    const { names, modem } = this.#options;
    const channel = this.#channel;
    if (channel === null || !channel.active) return;
    const { queue } = commandQueueOf(names, modem);
    await channel.queueUnbind({ queue, exchange: names.commands, routingKey: modem });
    for (;;) {
      await this.#running;
      const { messageCount } = await channel.queueDeclare({ queue, passive: true });
      if (messageCount === 0) break;
      await sleep(this.#options.clock, 10);
    }
    await this.#running;
    await channel.queueDelete({ queue });
  }
}

async function answer(channel: Channel, { replyTo, correlationId }: AsyncMessage, progress: Progress): Promise<void> {
  if (replyTo === undefined) return;
  // Where the caller cannot be reached it notices that nothing comes.
  const envelope = { exchange: '', routingKey: replyTo, ...(correlationId === undefined ? {} : { correlationId }) };
  await channel.basicPublish(envelope, progress).catch(() => {});
}

function failed(thrown: unknown): CommandResult {
  const { code, message } = toSimloftError(thrown);
  return { ok: false, code, message };
}

const noWorker = (modem: string): CommandResult => ({
  ok: false,
  code: 'no_worker',
  message: `${errorTable.no_worker.text} The worker of "${modem}" is stopping.`,
});

const isLocked = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'RESOURCE_LOCKED';
