import { SimloftError } from '../core/errors.ts';
import type { AtPriority } from './command.ts';

const order: readonly AtPriority[] = ['hang-up', 'read', 'send', 'ussd', 'poll'];

/** One at a time, the most urgent first, equals in the order of their coming. Nothing that has begun is interrupted. */
export class TurnQueue {
  readonly #waiting = new Map<AtPriority, (() => void)[]>(order.map((priority) => [priority, []]));
  #busy = false;

  /**
   * Runs `work` when its turn comes; at once, in the same tick, when nothing else runs.
   * @throws SimloftError `at_aborted` when `signal` is aborted before that; and whatever `work` throws.
   */
  enter<T>(priority: AtPriority, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted === true) return Promise.reject(aborted(signal));
    if (!this.#busy) return this.#hold(work);
    return new Promise<T>((resolve, reject) => {
      const queue = this.#waiting.get(priority) ?? [];
      const begin = () => {
        signal?.removeEventListener('abort', leave);
        this.#hold(work).then(resolve, reject);
      };
      const leave = () => {
        queue.splice(queue.indexOf(begin), 1);
        reject(aborted(signal));
      };
      signal?.addEventListener('abort', leave, { once: true });
      queue.push(begin);
    });
  }

  async #hold<T>(work: () => Promise<T>): Promise<T> {
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
      this.#next();
    }
  }

  #next(): void {
    for (const priority of order) {
      const begin = this.#waiting.get(priority)?.shift();
      if (begin !== undefined) {
        begin();
        return;
      }
    }
  }
}

function aborted(signal: AbortSignal | undefined): SimloftError {
  return new SimloftError('at_aborted', undefined, { cause: signal?.reason });
}
