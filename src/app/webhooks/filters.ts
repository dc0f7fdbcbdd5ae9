import { closest } from '../../core/closest.ts';
import { SimloftError } from '../../core/errors.ts';
import { callOutcomes, type FeedType } from '../../core/live.ts';
import { messageStates } from '../../core/message-state.ts';
import type { LinkState } from '../../core/modem-status.ts';
import type { ToldEvent, WebhookFilters } from '../../store/webhook-records.ts';
import type { Subject } from './subject.ts';

const linkStates: Readonly<Record<LinkState, true>> = {
  closed: true,
  opening: true,
  synchronising: true,
  identifying: true,
  initialising: true,
  ready: true,
  failed: true,
};

/** How each kind of event may end. */
const details: Readonly<Record<FeedType, readonly string[]>> = {
  'message.received': [],
  'message.extended': [],
  'message.changed': messageStates,
  'call.changed': callOutcomes,
  'modem.changed': Object.keys(linkStates),
};

/** All that can be named among the events of a target: `call.changed`, `call.changed:missed`. */
const eventNames: readonly string[] = Object.entries(details).flatMap(([type, ends]) => [
  type,
  ...ends.map((end) => `${type}:${end}`),
]);

/** @throws SimloftError `request_invalid` for an event that there is none of. */
export function requireEvents(events: readonly string[]): void {
  for (const event of events) {
    if (eventNames.includes(event)) continue;
    const near = closest(event, eventNames);
    const hint = near === null ? `There are: ${Object.keys(details).join(', ')}.` : `Did you mean "${near}"?`;
    throw new SimloftError('request_invalid', `There is no event "${event}". ${hint}`, {
      details: { field: 'filters.events', value: event, allowed: eventNames },
    });
  }
}

/** Whether a target is told of an event. */
export function isWanted(
  { events, senders, text, modems }: WebhookFilters,
  { type, detail, modem }: ToldEvent,
  subject: Subject,
): boolean {
  const named = events.length === 0 || events.includes(type) || events.includes(`${type}:${detail ?? ''}`);
  const known = modems.length === 0 || modems.includes(modem);
  const from = senders.length === 0 || senders.some((part) => holds(subject.peer, part));
  const about = text === null || holds(subject.text, text);
  return named && known && from && about;
}

const holds = (whole: string | null, part: string): boolean =>
  whole !== null && whole.toLowerCase().includes(part.toLowerCase());
