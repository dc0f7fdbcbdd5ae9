import type { Bus, EventHandler } from '../bus/bus.ts';
import type { Clock } from '../core/clock.ts';
import type { EventOf, Leave, ModemEvent } from '../core/events.ts';
import type { LiveNotice } from '../core/live.ts';
import type { Logger } from '../core/logger.ts';
import { type Random, systemRandom } from '../core/random.ts';
import type { Store, StoreTransaction } from '../store/store.ts';
import { recordEnded, recordRinging } from './calls.ts';
import { changeAndTell } from './feed.ts';
import { forgetLink, recordLink } from './link.ts';
import { loseEarlierRuns, type Moment, partFailed, partSending, partSent, partUnknown } from './outgoing-events.ts';
import { traceOf } from './journey.ts';
import { recordStatus, recordUssd } from './readings.ts';
import { finishSweep, receivePdu } from './receive-pdu.ts';
import { matchEarlyReports } from './reports.ts';
import { meetRun } from './worker-runs.ts';

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
    const { leave, notices } = await changeAndTell({ store, bus, clock }, (tx) => apply(tx, event, moment), {
      key: event.modem,
    });
    const about = { event: event.type, modem: event.modem, trace: traceOfEvent(event) };
    log.debug({ ...about, changes: notices.length }, 'Handled an event.');
    return leave;
  };
}

interface Applied {
  readonly leave?: Leave;
  readonly notices: readonly LiveNotice[];
}

async function apply(tx: StoreTransaction, event: ModemEvent, moment: Moment): Promise<Applied> {
  switch (event.type) {
    case 'worker.started':
      return { notices: await beginRun(tx, event, moment) };
    case 'link.changed':
      return { notices: await changeLink(tx, event, moment) };
    case 'pdu.received':
      return { notices: await receivePdu(tx, event, moment.now) };
    case 'sweep.finished':
      return { notices: await finishSweep(tx, event) };
    case 'part.sending':
      return partSending(tx, event, moment);
    case 'part.sent':
      return {
        notices: [...(await partSent(tx, event, moment)), ...(await matchEarlyReports(tx, event, moment.now))],
      };
    case 'part.failed':
      return { notices: await partFailed(tx, event, moment) };
    case 'part.unknown':
      return { notices: await partUnknown(tx, event, moment) };
    case 'call.ringing':
      return { notices: await recordRinging(tx, event, moment.now) };
    case 'call.ended':
      return { notices: await recordEnded(tx, event, moment.now) };
    case 'ussd.received':
      return { notices: await recordUssd(tx, event) };
    case 'status.read':
      return { notices: await recordStatus(tx, event) };
  }
}

async function beginRun(tx: StoreTransaction, event: EventOf<'worker.started'>, moment: Moment): Promise<LiveNotice[]> {
  if ((await meetRun(tx, event)) !== 'new') return [];
  return [...(await forgetLink(tx, event)), ...(await loseEarlierRuns(tx, event, moment))];
}

/** Where several handlers run, it may come before its worker's start. */
async function changeLink(tx: StoreTransaction, event: EventOf<'link.changed'>, moment: Moment): Promise<LiveNotice[]> {
  const news = await meetRun(tx, event);
  const lost = news === 'new' ? await loseEarlierRuns(tx, event, moment) : [];
  return [...lost, ...(await recordLink(tx, event, news))];
}

const traceOfEvent = (event: ModemEvent): string => ('messageId' in event ? traceOf(event.messageId) : event.id);
