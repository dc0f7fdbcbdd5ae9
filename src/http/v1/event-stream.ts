import { Readable } from 'node:stream';
import type { Clock } from '../../core/clock.ts';

export interface EventStreamOptions<Item> {
  readonly items: AsyncIterable<Item>;
  /** The octets of an item; null for one that is not for this listener. */
  readonly frameOf: (item: Item) => Buffer | null;
  /** What stands before all others. */
  readonly opening: string;
  readonly clock: Clock;
}

/** Proxies and clients end what is silent for longer, ms. */
const beatMs = 15_000;
/** Who has taken nothing for so many beats is gone, or will be. */
const mostMissed = 4;
/** What may wait for a listener before its items do, octets. */
const bufferOctets = 64 * 1024;

export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

const beat = Buffer.from(':\n\n');

/**
 * Server-sent events (WHATWG HTML §9.2) from items: as fast as the listener takes them, with a comment each 15 s. It ends when the
 * items end or the listener takes nothing for a minute.
 */
export function eventStream<Item>({ items, frameOf, opening, clock }: EventStreamOptions<Item>): Readable {
  let goOn: (() => void) | null = null;
  const resume = () => {
    goOn?.();
    goOn = null;
  };
  let missed = 0;
  let timer = clock.after(beatMs, tick);
  const stream = new Readable({
    highWaterMark: bufferOctets,
    read: resume,
    destroy(error, done) {
      timer.cancel();
      resume();
      done(error);
    },
  });
  function tick(): void {
    missed = goOn === null ? 0 : missed + 1;
    if (missed >= mostMissed) {
      stream.destroy();
      return;
    }
    if (goOn === null) stream.push(beat);
    timer = clock.after(beatMs, tick);
  }
  const run = async (): Promise<void> => {
    for await (const item of items) {
      const frame = frameOf(item);
      if (frame === null) continue;
      if (stream.destroyed) return;
      if (!stream.push(frame)) {
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
      }
    }
  };
  stream.push(opening);
  run()
    // What failed is asked for again with the next connection.
    .catch(() => {})
    .finally(() => {
      timer.cancel();
      if (!stream.destroyed) stream.push(null);
    });
  return stream;
}
