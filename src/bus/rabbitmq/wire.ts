import type { CommandResult, ModemCommand } from '../../core/commands.ts';
import type { Leave, ModemEvent } from '../../core/events.ts';
import { callOutcomes, type LiveNotice } from '../../core/live.ts';
import { messageStates } from '../../core/message-state.ts';

import { byType, readCommand, readResult } from './command-shapes.ts';
import { eventShapes } from './event-shapes.ts';
import { integer, list, number, type Read, record, text, word } from './shape.ts';

/** What a worker tells of a command that somebody waits for; `begun` again and again while it runs. */
export type Progress = { readonly type: 'begun' } | { readonly type: 'result'; readonly result: CommandResult };

/** What lies on the queue of a modem. */
export type Request =
  | { readonly type: 'command'; readonly command: ModemCommand }
  | { readonly type: 'withdraw'; readonly call: string };

const readAnyEvent: Read<ModemEvent> = byType<ModemEvent>(eventShapes);

/** @throws SimloftError `bus_message_invalid` */
export const readEvent = (body: unknown): ModemEvent => readAnyEvent(body, 'event');

export const readLeave = (body: unknown): Leave => record({ leave: word('granted', 'refused') })(body, 'answer').leave;

const progress: Read<Progress> = byType<Progress>({
  begun: record({ type: word('begun') }),
  result: record({ type: word('result'), result: readResult }),
});

export const readProgress = (body: unknown): Progress => progress(body, 'answer');

const envelope = byType<
  { type: 'command'; lifeMs: number; command: ModemCommand } | { type: 'withdraw'; call: string }
>({
  command: record({ type: word('command'), lifeMs: number, command: readCommand }),
  withdraw: record({ type: word('withdraw'), call: text }),
});

/**
 * Its time is counted from now on this machine's clock: clocks differ (a small computer without a battery may be years behind),
 * and the broker has dropped what waited longer than it may live.
 */
export function readRequest(body: unknown, now: number): Request {
  const request = envelope(body, 'request');
  if (request.type === 'withdraw') return request;
  return { type: 'command', command: { ...request.command, expiresAt: now + request.lifeMs } };
}

const ofMessage = { id: integer, modem: text };

const notice: Read<LiveNotice> = byType<LiveNotice>({
  'message.received': record({ type: word('message.received'), ...ofMessage }),
  'message.extended': record({ type: word('message.extended'), ...ofMessage }),
  'message.changed': record({ type: word('message.changed'), ...ofMessage, state: word(...messageStates) }),
  'message.queued': record({ type: word('message.queued'), ...ofMessage }),
  'call.changed': record({ type: word('call.changed'), ...ofMessage, outcome: word(...callOutcomes) }),
  'reading.changed': record({ type: word('reading.changed'), key: text, modem: text }),
  'modem.changed': record({ type: word('modem.changed'), modem: text, state: text }),
  wire: record({
    type: word('wire'),
    modem: text,
    lines: list(record({ at: number, direction: word('in', 'out'), text })),
  }),
});

export const readNotice = (body: unknown): LiveNotice => notice(body, 'notice');
