import type { LiveNotice } from '../core/live.ts';
import type { Logger } from '../core/logger.ts';

export type Listener = (notice: LiveNotice) => void;

/** Tells each listener; the failure of one is not another's. */
export function tellAll(listeners: Iterable<Listener>, notice: LiveNotice, log: Logger): void {
  for (const listener of listeners) {
    try {
      listener(notice);
    } catch (error) {
      log.error({ err: error, notice: notice.type }, 'A listener failed at a notice; the others got it.');
    }
  }
}
