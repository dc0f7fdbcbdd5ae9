import type { Bus, EventHandler } from '../bus/bus.ts';
import type { Clock } from '../core/clock.ts';
import type { ModemEvent } from '../core/events.ts';
import type { LiveNotice } from '../core/live.ts';
import type { Logger } from '../core/logger.ts';
import { type Random, systemRandom } from '../core/random.ts';
import type { Store, StoreTransaction } from '../store/store.ts';
import { recordEnded, recordRinging } from './calls.ts';
import { forgetLink, recordLink } from './link.ts';
import { loseEarlierRuns, type Moment, partFailed, partSending, partSent, partUnknown } from './outgoing-events.ts';
import { recordStatus, recordUssd } from './readings.ts';
import { finishSweep, receivePdu } from './receive-pdu.ts';
import { matchEarlyReports } from './reports.ts';

export interface HandlerOptions {
  readonly store: Store;
  readonly bus: Pick<Bus, 'announce'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random?: Random;
}

/**
 * The handler of a worker's events. All that follows from one event is written in one transaction, and told only when that
 * has committed; the same event again changes nothing. When it throws, nothing was written and the event is to come again.
 */
export function createHandler({ store, bus, clock, log, random = systemRandom }: HandlerOptions): EventHandler {
  return async (event) => {
    const moment: Moment = { now: clock.now(), jitter: random.next() };
    const notices = await store.transaction((tx) => apply(tx, event, moment));
    log.debug({ event: event.type, modem: event.modem, changes: notices.length }, 'Handled an event.');
    for (const notice of notices) bus.announce(notice);
  };
}

async function apply(tx: StoreTransaction, event: ModemEvent, moment: Moment): Promise<LiveNotice[]> {
  switch (event.type) {
    case 'worker.started':
      return [...(await forgetLink(tx, event)), ...(await loseEarlierRuns(tx, event, moment))];
    case 'link.changed':
      return recordLink(tx, event);
    case 'pdu.received':
      return receivePdu(tx, event, moment.now);
    case 'sweep.finished':
      return finishSweep(tx, event);
    case 'part.sending':
      return partSending(tx, event, moment);
    case 'part.sent':
      return [...(await partSent(tx, event, moment)), ...(await matchEarlyReports(tx, event, moment.now))];
    case 'part.failed':
      return partFailed(tx, event, moment);
    case 'part.unknown':
      return partUnknown(tx, event, moment);
    case 'call.ringing':
      return recordRinging(tx, event, moment.now);
    case 'call.ended':
      return recordEnded(tx, event, moment.now);
    case 'ussd.received':
      return recordUssd(tx, event);
    case 'status.read':
      return recordStatus(tx, event);
  }
}
