import * as v from 'valibot';
import { may } from '../../app/access/principal.ts';
import { type ExplainedPart, explainParts } from '../../app/messages/explain-parts.ts';
import type { MessageRef, Place } from '../../app/messages/read-messages.ts';
import { messageStates } from '../../core/message-state.ts';
import { ok, type Route, route } from '../api/route.ts';
import { flag, instant, integer, rowId, textOf, textRead } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { cursor, writeCursor } from './cursor.ts';
import { defined } from './defined.ts';
import { detailsJson, detailsSchema, listedSchema, messageJson, messageSchema, withCode } from './message-json.ts';
import { page } from './page.ts';
import { peer } from './peer.ts';

const tag = 'Messages';

/** `in-17`, `out-5`. */
export const messageRef = textRead(
  'the id of a message such as in-17 or out-5',
  { type: 'string', pattern: '^(in|out)-[1-9][0-9]*$' },
  (text): MessageRef | null => {
    const [, direction, id] = /^(in|out)-([1-9]\d{0,15})$/.exec(text) ?? [];
    if (direction !== 'in' && direction !== 'out') return null;
    return { direction, id: Number(id) };
  },
);
const params = v.strictObject({ id: messageRef });

/** `out` and `in` as they stand in a cursor. */
export const readPlace = ([at, direction, id]: readonly (string | number)[]): Place | null =>
  typeof at === 'number' && (direction === 'in' || direction === 'out') && typeof id === 'number'
    ? { at, direction, id }
    : null;

const states = ['complete', 'partial', 'undecodable', ...messageStates] as const;

const filters = v.strictObject({
  direction: v.optional(v.picklist(['in', 'out'], 'in or out')),
  peer: v.optional(peer),
  contact: v.optional(rowId('the id of a contact')),
  modem: v.optional(textOf(1, 40, 'the name of a modem')),
  state: v.optional(v.picklist(states, `one of ${states.join(', ')}`)),
  unread: v.optional(flag),
  blocked: v.optional(flag),
  since: v.optional(instant),
  until: v.optional(instant),
  text: v.optional(textOf(0, 200, 'a part of the text, at most 200 characters')),
  limit: page.limit,
  cursor: v.optional(cursor(readPlace)),
  codes: v.optional(flag),
});

const explainedSchema = v.object({
  seq: integer,
  pdu: v.string(),
  rows: v.array(
    v.object({
      path: v.string(),
      offset: integer,
      octets: v.string(),
      name: v.string(),
      value: v.string(),
      note: v.nullable(v.string()),
    }),
  ),
  error: v.nullable(v.object({ path: v.string(), offset: integer, text: v.string() })),
});

const explainedJson = ({ seq, pdu, explained: { rows, error } }: ExplainedPart) => ({
  seq,
  pdu,
  rows: [...rows],
  error,
});

/** One list of what was received and what was sent, and what can be done with each message. */
export function messageRoutes({ resources: { messages } }: HttpDeps): Route[] {
  const after = async (ref: MessageRef, status = 200) => {
    const [message] = await messages.some([ref]);
    return ok(message === undefined ? null : messageJson(message), status);
  };
  const done = (words: string) => ({ 200: { description: words, schema: messageSchema } });
  return [
    route({
      id: 'listMessages',
      method: 'GET',
      path: '/v1/messages',
      tag,
      summary: 'Received and sent messages, newest first',
      description:
        'A page may hold fewer messages than `limit` and still have a `next`: a search looks through some ten thousand messages for each page. Go on until `next` is null. Messages of blocked senders are shown only with `blocked=true`. With `codes=true` each received message has the one-time `code` that is in it, or null.',
      scope: 'read',
      query: filters,
      answers: { 200: { description: 'A page of messages', schema: page.of(listedSchema) } },
      async run({ query: { cursor, codes = false, ...question }, principal }) {
        const { items, next } = await messages.list(
          { ...defined(question), limit: question.limit, ...(cursor === undefined ? {} : { after: cursor }) },
          principal,
        );
        return ok({
          items: codes ? await Promise.all(items.map(withCode)) : items.map(messageJson),
          next: next === null ? null : writeCursor([next.at, next.direction, next.id]),
        });
      },
    }),
    route({
      id: 'getMessage',
      method: 'GET',
      path: '/v1/messages/{id}',
      tag,
      summary: 'A message with its parts and its way through the gateway',
      description: 'The raw PDU of each part is shown to the scope `admin`.',
      scope: 'read',
      params,
      answers: { 200: { description: 'The message', schema: detailsSchema } },
      errors: ['not_found'],
      async run({ params: { id }, principal }) {
        return ok(detailsJson(await messages.details(id, principal), may(principal, 'admin')));
      },
    }),
    route({
      id: 'explainMessage',
      method: 'GET',
      path: '/v1/messages/{id}/pdus',
      tag,
      summary: 'The raw PDUs of a message, field by field',
      description:
        'Of one that cannot be decoded what stands before the fault, and the fault. Names of fields are those of TS 23.040.',
      scope: 'admin',
      params,
      answers: {
        200: { description: 'The parts whose PDUs are kept', schema: v.object({ items: v.array(explainedSchema) }) },
      },
      errors: ['not_found'],
      async run({ params: { id }, principal }) {
        return ok({ items: explainParts(await messages.details(id, principal)).map(explainedJson) });
      },
    }),
    route({
      id: 'deleteMessage',
      method: 'DELETE',
      path: '/v1/messages/{id}',
      tag,
      summary: 'Delete a message with all that there is of it',
      description:
        'It cannot be brought back, and is no news again when the SIM still has it. A message that waits is not sent. Backups, whoever was told of it, and the log of a PostgreSQL server may still hold it: see the guide on privacy.',
      scope: 'admin',
      params,
      answers: { 204: { description: 'It is gone' } },
      errors: ['not_found', 'message_gone'],
      async run({ params: { id }, principal }) {
        await messages.remove(id, principal);
        return { status: 204 };
      },
    }),
    route({
      id: 'cancelMessage',
      method: 'POST',
      path: '/v1/messages/{id}/cancel',
      tag,
      summary: 'Cancel a message that waits',
      scope: 'send',
      params,
      answers: done('The message, canceled'),
      errors: ['not_found', 'message_gone'],
      async run({ params: { id }, principal }) {
        await messages.cancel(id, principal);
        return after(id);
      },
    }),
    route({
      id: 'resendMessage',
      method: 'POST',
      path: '/v1/messages/{id}/resend',
      tag,
      summary: 'Send a message again that did not arrive',
      scope: 'send',
      params,
      answers: { 202: { description: 'The new message', schema: messageSchema } },
      errors: ['not_found', 'message_gone', 'quota_used'],
      async run({ params: { id }, principal }) {
        return after({ direction: 'out', id: await messages.resend(id, principal) }, 202);
      },
    }),
    ...[true, false].map((read) =>
      route({
        id: read ? 'readMessage' : 'unreadMessage',
        method: 'POST',
        path: `/v1/messages/{id}/${read ? 'read' : 'unread'}`,
        tag,
        summary: read ? 'Mark a message as read' : 'Mark a message as unread',
        scope: 'read',
        params,
        answers: done('The message'),
        errors: ['not_found'],
        async run({ params: { id }, principal }) {
          await messages.mark(id, { read, principal });
          return after(id);
        },
      }),
    ),
  ];
}
