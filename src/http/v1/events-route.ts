import * as v from 'valibot';
import { may, type Principal } from '../../app/access/principal.ts';
import type { LiveEvent, LiveItem, LiveReading } from '../../app/live/live-event.ts';
import { maySeeEvent } from '../../app/live/sight.ts';
import { SimloftError } from '../../core/errors.ts';
import { feedTypes } from '../../core/live.ts';
import { check } from '../api/check.ts';
import { type Route, route } from '../api/route.ts';
import { instant, textOf, textRead, wholeNumber } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { eventStream, streamHeaders } from './event-stream.ts';
import { frameOf } from './live-json.ts';
import { peer } from './peer.ts';

const types = [...feedTypes, 'reading.changed'] as const;
type Type = (typeof types)[number];
const isType = (name: string): name is Type => types.some((known) => known === name);

const eventId = wholeNumber(0, Number.MAX_SAFE_INTEGER, 'the id of an event: a whole number');
const header = 'last-event-id';
const headers = v.object({ [header]: v.optional(eventId) });

const query = v.strictObject({
  types: v.optional(
    textRead(
      `some of ${types.join(', ')}, separated by commas`,
      { type: 'string', examples: ['message.received'] },
      (text) => {
        const names = text.split(',').map((name) => name.trim());
        return names.every(isType) ? new Set<Type>(names) : null;
      },
    ),
  ),
  modem: v.optional(textOf(1, 40, 'the name of a modem')),
  peer: v.optional(peer),
  since: v.optional(instant),
  last_event_id: v.optional(eventId),
});

/** `retry`: how long a listener waits before it comes again, ms. The id lets it go on from here should it lose the connection at once. */
const opening = (id: number): string => `retry: 2000\nid: ${id}\n\n`;

/** What happens, as it happens. */
export function eventRoutes({ resources: { live } }: HttpDeps): Route[] {
  const framed = sharedFrames();
  return [
    route({
      id: 'streamEvents',
      method: 'GET',
      path: '/v1/events',
      tag: 'Live',
      summary: 'What happens, as it happens: a stream of server-sent events',
      description: [
        'Each event has its `id`, its `event` (a type) and as `data` the message, call or modem as it is now, as the routes of each show it;',
        'one that was deleted meanwhile is `{"id":"in-17","deleted":true}`. A browser that lost the connection goes on by itself, also after the gateway was started again:',
        'it names the last id in `Last-Event-ID`, and nothing is missed. An event `reset` says that what happened after that id cannot be told any more: read anew what you show.',
        '`reading.changed` has no id and is told to who listens now. Who does not take what is told is cut after a while, and goes on likewise. A comment comes every 15 seconds.',
        'Calls are told to keys with the scope `calls`.',
      ].join(' '),
      scope: 'read',
      query,
      headers: {
        'Last-Event-ID': 'Goes on after the event of this id; `last_event_id` for clients that cannot set a header.',
      },
      answers: { 200: { description: 'The stream; it has no end', contentType: 'text/event-stream' } },
      errors: ['too_many_listeners'],
      async run({
        query: { types: wanted, modem, peer: other, since, last_event_id: named },
        headers: given,
        principal,
        signal,
      }) {
        if (wanted?.has('call.changed') === true && !may(principal, 'calls')) throw noCalls(principal);
        const after = readLast(given[header]) ?? named ?? (await live.placeOf(since));
        const isFor = (item: LiveEvent | LiveReading): boolean =>
          (wanted === undefined || wanted.has(item.type)) &&
          (modem === undefined || item.modem === modem) &&
          (other === undefined || peerOf(item) === other.toLowerCase()) &&
          !isPrivate(item) &&
          maySeeEvent(principal, item);
        const readings = other === undefined && (wanted === undefined || wanted.has('reading.changed'));
        const stream = eventStream<LiveItem>({
          items: live.follow(after, { readings, signal }),
          frameOf: (item) => (item.type === 'reset' || isFor(item) ? framed(item, principal) : null),
          opening: opening(after),
          clock: live.clock,
        });
        return { status: 200, raw: stream, headers: streamHeaders };
      },
    }),
  ];
}

/** The answer of the network to a USSD request is for who asked. */
const isPrivate = (item: LiveEvent | LiveReading): boolean =>
  item.type === 'reading.changed' && item.reading.key === 'ussd';

/** A browser sends an empty one where there was none. */
const readLast = (given: string | string[] | undefined): number | undefined =>
  given === undefined || given === '' ? undefined : check(headers, { [header]: given }, 'header')[header];

/** The other end of a message or call, in lower case. */
function peerOf(item: LiveEvent | LiveReading): string | null {
  if (item.type === 'reading.changed') return null;
  const { subject } = item;
  if (subject.kind === 'call') return subject.call.caller.toLowerCase();
  if (subject.kind !== 'message') return null;
  const { shown } = subject;
  return (shown.direction === 'in' ? shown.message.sender : shown.message.recipient).toLowerCase();
}

/** Each event is written once for all who see the same of it, however many listen. */
function sharedFrames(): (item: LiveItem, principal: Principal) => Buffer {
  const views = { admin: new WeakMap<LiveItem, Buffer>(), others: new WeakMap<LiveItem, Buffer>() };
  return (item, principal) => {
    const view = views[may(principal, 'admin') ? 'admin' : 'others'];
    const frame = view.get(item) ?? frameOf(item, principal);
    view.set(item, frame);
    return frame;
  };
}

const noCalls = ({ name }: Principal): SimloftError =>
  new SimloftError(
    'scope_missing',
    `"${name}" may not see calls: it needs the scope "calls". Leave call.changed out of "types", or take another key.`,
    { details: { scope: 'calls' } },
  );
