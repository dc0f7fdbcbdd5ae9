import { SimloftError } from '../../core/errors.ts';
import type { Conversation, ConversationQuery } from '../../store/message-records.ts';
import type { Principal } from '../access/principal.ts';
import {
  cancelMessage,
  deleteMessage,
  markMessage,
  type MessageChangeOptions,
  notFound,
  resendMessage,
} from './change-messages.ts';
import {
  listMessages,
  type MessageAnswer,
  type MessageDetails,
  messageDetails,
  type MessageQuestion,
  type MessageRef,
  type Place,
  shownOf,
  type ShownListed,
} from './read-messages.ts';
import { type ManyRequest, type Outcome, sendToMany } from './send-to-many.ts';
import { allowedOf, seenRecipients } from './sight.ts';

export interface ShownConversation extends Omit<Conversation, 'last'> {
  readonly last: ShownListed;
  /** Where it stands among the others. */
  readonly place: Place;
}

export interface ConversationQuestion extends Omit<ConversationQuery, 'peers' | 'modems'> {
  readonly peer?: string;
}

/** What of the messages a caller can ask for and change; what one may not see is not there. */
export interface Messages {
  list(question: MessageQuestion, principal: Principal): Promise<MessageAnswer>;
  /** @throws SimloftError `not_found` */
  details(ref: MessageRef, principal: Principal): Promise<MessageDetails>;
  /** Messages by their refs, in that order; those that are not there are left out. */
  some(refs: readonly MessageRef[]): Promise<ShownListed[]>;
  /** @throws SimloftError as {@link sendToMany} */
  send(request: ManyRequest, principal: Principal): Promise<Outcome[]>;
  /** @throws SimloftError `not_found`, `message_gone` */
  cancel(ref: MessageRef, principal: Principal): Promise<void>;
  /** Returns the id of the new message. @throws SimloftError `not_found`, `message_gone` */
  resend(ref: MessageRef, principal: Principal): Promise<number>;
  /** @throws SimloftError `not_found` */
  mark(ref: MessageRef, mark: { readonly read: boolean; readonly principal: Principal }): Promise<void>;
  /** @throws SimloftError `not_found`, `message_gone` */
  remove(ref: MessageRef, principal: Principal): Promise<void>;
  conversations(question: ConversationQuestion, principal: Principal): Promise<ShownConversation[]>;
  /** Marks all that has come from a peer as read. Returns how many. */
  readConversation(peer: string, principal: Principal): Promise<number>;
}

export function createMessages(options: MessageChangeOptions): Messages {
  const { store, clock, sendExpiryMs } = options;
  const expiry = sendExpiryMs === undefined ? {} : { expiresInMs: sendExpiryMs };
  return {
    list: (question, principal) => listMessages(store, question, principal),
    async details(ref, principal) {
      const found = await messageDetails(store, ref, principal);
      if (found === null) throw notFound(ref);
      return found;
    },
    async some(refs) {
      const found = await shownOf(store, await store.messagesAt(refs));
      return refs.flatMap(
        ({ direction, id }) => found.find((one) => one.direction === direction && one.message.id === id) ?? [],
      );
    },
    send: (request, principal) => sendToMany(options, { ...expiry, ...request }, principal),
    cancel: (ref, principal) => cancelMessage(options, ref, principal),
    resend: (ref, principal) => resendMessage(options, ref, principal),
    mark: (ref, mark) => markMessage(options, ref, mark),
    remove: (ref, principal) => deleteMessage(options, ref, principal),
    async conversations({ peer, ...rest }, principal) {
      const { senders, modems } = principal.limits;
      const allowed = senders === null ? seenRecipients(principal) : senders;
      const peers = allowedOf(allowed, peer === undefined ? undefined : [peer]);
      const found = await store.conversations({
        ...rest,
        ...(peers === undefined ? {} : { peers }),
        ...(modems === null ? {} : { modems }),
      });
      const lasts = await this.some(found.map(({ last }) => last));
      return found.flatMap((one) => {
        const last = lasts.find(
          ({ direction, message }) => direction === one.last.direction && message.id === one.last.id,
        );
        return last === undefined ? [] : [{ ...one, last, place: one.last }];
      });
    },
    async readConversation(peer, principal) {
      if (allowedOf(principal.limits.senders, [peer])?.length === 0)
        throw new SimloftError('not_found', `There is no conversation with ${JSON.stringify(peer)}.`);
      const now = clock.now();
      // The stamps of messages may be ahead of the clock, of several at once by a few ms.
      return store.transaction((tx) => tx.readConversation(peer, now + 1_000, now));
    },
  };
}
