import type { MessageState } from './message-state.ts';

/** What happened, told at once to whoever listens. It names the row; the row is the truth. */
export type LiveNotice =
  | { readonly type: 'message.received'; readonly id: number; readonly modem: string }
  /** A received message that was shown with gaps has got some of what was missing. */
  | { readonly type: 'message.extended'; readonly id: number; readonly modem: string }
  /** A message to be sent is in another state. */
  | { readonly type: 'message.changed'; readonly id: number; readonly modem: string; readonly state: MessageState }
  /** A message is to be sent, as soon as may be. */
  | { readonly type: 'message.queued'; readonly id: number; readonly modem: string }
  | { readonly type: 'call.changed'; readonly id: number; readonly modem: string; readonly outcome: CallOutcome }
  | { readonly type: 'reading.changed'; readonly key: string; readonly modem: string }
  | { readonly type: 'modem.changed'; readonly modem: string; readonly state: string }
  /** What was said to a modem and by it, masked; only while somebody has asked for it. */
  | { readonly type: 'wire'; readonly modem: string; readonly lines: readonly WireLine[] };

/** A line of the dialogue with a modem. */
export interface WireLine {
  /** Epoch ms. */
  readonly at: number;
  /** `out`: said to the modem. */
  readonly direction: 'in' | 'out';
  readonly text: string;
}

export const callOutcomes = ['ringing', 'missed', 'rejected', 'answered'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** Kinds of notices that are kept, so that who was away learns of them. */
export const feedTypes = [
  'message.received',
  'message.extended',
  'message.changed',
  'call.changed',
  'modem.changed',
] as const;
export type FeedType = (typeof feedTypes)[number];

export const isFeedType = (type: string): type is FeedType => feedTypes.some((known) => known === type);
