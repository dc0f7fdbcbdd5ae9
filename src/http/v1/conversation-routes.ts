import * as v from 'valibot';
import { ok, type Route, route } from '../api/route.ts';
import { integer } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { cursor, writeCursor } from './cursor.ts';
import { defined } from './defined.ts';
import { messageJson, messageSchema } from './message-json.ts';
import { page } from './page.ts';
import { peer } from './peer.ts';

const tag = 'Conversations';

const conversation = v.object({
  peer: v.string(),
  contact: v.nullable(v.string()),
  last: messageSchema,
  received: integer,
  sent: integer,
  unread: integer,
});

const readPlace = ([at, peerId]: readonly (string | number)[]) =>
  typeof at === 'number' && typeof peerId === 'number' ? { at, peerId } : null;

/** Messages by who is at the other end. */
export const conversationRoutes = ({ resources: { messages } }: HttpDeps): Route[] => [
  route({
    id: 'listConversations',
    method: 'GET',
    path: '/v1/conversations',
    tag,
    summary: 'Who wrote or was written to, by the newest message',
    description: 'Messages are counted up to 100: that number means so many or more.',
    scope: 'read',
    query: v.strictObject({
      peer: v.optional(peer),
      limit: page.limit,
      cursor: v.optional(cursor(readPlace)),
    }),
    answers: { 200: { description: 'A page of conversations', schema: page.of(conversation) } },
    async run({ query: { peer, limit, cursor }, principal }) {
      const found = await messages.conversations({ ...defined({ peer, after: cursor }), limit: limit + 1 }, principal);
      const items = found.slice(0, limit);
      const end = found.length > limit ? items.at(-1) : undefined;
      return ok({
        items: items.map(({ peer, last, received, sent, unread }) => {
          return { peer, contact: last.contact, last: messageJson(last), received, sent, unread };
        }),
        next: end === undefined ? null : writeCursor([end.place.at, end.peerId]),
      });
    },
  }),
  route({
    id: 'readConversation',
    method: 'POST',
    path: '/v1/conversations/{peer}/read',
    tag,
    summary: 'Mark all that has come from somebody as read',
    scope: 'read',
    params: v.strictObject({ peer }),
    answers: { 200: { description: 'How many were unread', schema: v.object({ read: integer }) } },
    errors: ['not_found'],
    run: async ({ params: { peer }, principal }) => ok({ read: await messages.readConversation(peer, principal) }),
  }),
];
