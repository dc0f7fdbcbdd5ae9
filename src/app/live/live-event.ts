import type { FoundCode } from '../../codes/find-code.ts';
import type { FeedType } from '../../core/live.ts';
import type { Reading } from '../../store/records.ts';
import type { ShownCall } from '../calls-resource.ts';
import type { ShownListed } from '../messages/read-messages.ts';
import type { ShownModem } from '../modems/modems.ts';

/** What an event is about, as it is now. */
export type LiveSubject =
  | {
      readonly kind: 'message';
      readonly shown: ShownListed;
      /** The one-time code of a received text, looked for once however many ask; null where there is none. */
      readonly code: () => FoundCode | null;
    }
  | { readonly kind: 'call'; readonly call: ShownCall }
  | { readonly kind: 'modem'; readonly modem: ShownModem }
  /** Deleted since. */
  | { readonly kind: 'gone' };

/** Something that happened, with its row; one object for all who follow in this process. */
export interface LiveEvent {
  /** Its id in the feed: whoever has seen it goes on from here. */
  readonly id: number;
  readonly type: FeedType;
  readonly modem: string;
  /** Id of the message or call; null for a modem. */
  readonly row: number | null;
  readonly subject: LiveSubject;
}

/** A new value of something that is polled. It is not kept: who was away reads the newest value. */
export interface LiveReading {
  readonly type: 'reading.changed';
  readonly modem: string;
  readonly reading: Reading;
}

/**
 * What happened cannot be told from where somebody wanted to go on: it was forgotten meanwhile, or the place is of another store
 * (`ahead`: nothing as late has happened here). It goes on after `id`; what one has seen until then is to be read anew.
 */
export interface LiveReset {
  readonly type: 'reset';
  readonly id: number;
  readonly reason: 'forgotten' | 'ahead';
}

export type LiveItem = LiveEvent | LiveReading | LiveReset;
