import type { MessageState } from '../../core/message-state.ts';
import type { ListedMessage, MessagePlace, MessageQuery } from '../../store/message-records.ts';
import type { InboundMessage, InboundPart, OutgoingPart, Step } from '../../store/records.ts';
import type { StoreReads } from '../../store/store.ts';
import type { Principal } from '../access/principal.ts';
import { allowedOf, maySee, seenRecipients } from './sight.ts';

/** Where a message stands in the one list. */
export type Place = MessagePlace;

/** `in-17`, `out-5`: received and sent messages have ids of their own. */
export type MessageRef = Pick<MessagePlace, 'direction' | 'id'>;

export type ShownListed = ListedMessage & {
  /** Name of the contact whose address it is. */
  readonly contact: string | null;
  /** The raw PDUs of what could not be decoded or is no text; null otherwise. */
  readonly pdus: readonly string[] | null;
};

export interface MessageDetails {
  readonly shown: ShownListed;
  readonly parts: readonly (InboundPart | OutgoingPart)[];
  readonly steps: readonly Step[];
}

export interface MessageQuestion {
  readonly direction?: 'in' | 'out';
  /** A number or a name, in full. */
  readonly peer?: string;
  /** Id of a contact: all its addresses. */
  readonly contact?: number;
  readonly modem?: string;
  readonly state?: InboundMessage['state'] | MessageState;
  readonly unread?: boolean;
  readonly blocked?: boolean;
  readonly since?: number;
  readonly until?: number;
  readonly text?: string;
  readonly after?: MessagePlace;
  readonly limit: number;
}

export interface MessageAnswer {
  readonly items: readonly ShownListed[];
  readonly next: MessagePlace | null;
}

const receivedStates: ReadonlySet<string> = new Set<InboundMessage['state']>(['partial', 'complete', 'undecodable']);

/** What people and programs see of the messages, as far as the caller may. */
export async function listMessages(
  store: StoreReads,
  question: MessageQuestion,
  principal: Principal,
): Promise<MessageAnswer> {
  const { items, next } = await store.messages(await queryOf(store, question, principal));
  return { items: await shownOf(store, items), next };
}

/** Null when there is none, or the caller may not see it. */
export async function messageOf(
  store: StoreReads,
  ref: MessageRef,
  principal: Principal,
): Promise<ListedMessage | null> {
  const [found] = await store.messagesAt([ref]);
  return found !== undefined && maySee(principal, found) ? found : null;
}

export async function messageDetails(
  store: StoreReads,
  ref: MessageRef,
  principal: Principal,
): Promise<MessageDetails | null> {
  const found = await messageOf(store, ref, principal);
  if (found === null) return null;
  const [shown] = await shownOf(store, [found]);
  if (shown === undefined) return null;
  const { direction, id } = ref;
  const parts = direction === 'in' ? await store.inboundParts(id) : await store.outgoingParts(id);
  return { shown, parts, steps: await store.steps(direction, id) };
}

/** With the names of contacts, and with what is shown where there is no text. */
export async function shownOf(store: StoreReads, items: readonly ListedMessage[]): Promise<ShownListed[]> {
  const names = await store.contactNames(items.map(peerOf));
  const shown: ShownListed[] = [];
  for (const item of items) {
    const raw = item.direction === 'in' && item.message.text === null;
    const parts = raw ? await store.inboundParts(item.message.id) : [];
    const contact = names.get(peerOf(item).toLowerCase()) ?? null;
    shown.push({ ...item, contact, pdus: raw ? parts.map(({ pdu }) => pdu) : null });
  }
  return shown;
}

/** Who is at the other end. */
export const peerOf = (item: ListedMessage): string =>
  item.direction === 'in' ? item.message.sender : item.message.recipient;

async function queryOf(store: StoreReads, question: MessageQuestion, principal: Principal): Promise<MessageQuery> {
  const {
    direction,
    peer,
    contact,
    modem,
    state,
    unread,
    blocked = false,
    since,
    until,
    text,
    after,
    limit,
  } = question;
  const wanted = await peersOf(store, peer, contact);
  const senders = allowedOf(principal.limits.senders, wanted);
  const recipients = allowedOf(seenRecipients(principal), wanted);
  const modems = allowedOf(principal.limits.modems, modem === undefined ? undefined : [modem]);
  const inState = isReceivedState(state) ? state : undefined;
  const outState = state === undefined || isReceivedState(state) || !isSentState(state) ? undefined : state;
  const noneReceived = direction === 'out' || outState !== undefined;
  const noneSent = direction === 'in' || inState !== undefined || unread === true || blocked;
  return {
    received: noneReceived
      ? null
      : {
          blocked,
          ...(senders === undefined ? {} : { peers: senders }),
          ...(inState === undefined ? {} : { states: [inState] }),
          ...(unread === undefined ? {} : { unread }),
        },
    sent: noneSent
      ? null
      : {
          ...(recipients === undefined ? {} : { peers: recipients }),
          ...(outState === undefined ? {} : { states: [outState] }),
        },
    ...(modems === undefined ? {} : { modems }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(text === undefined || text === '' ? {} : { text }),
    ...(after === undefined ? {} : { after }),
    limit,
  };
}

/** Undefined for everybody; empty when the two exclude each other. */
async function peersOf(
  store: StoreReads,
  peer: string | undefined,
  contact: number | undefined,
): Promise<readonly string[] | undefined> {
  const own = peer === undefined ? undefined : [peer];
  if (contact === undefined) return own;
  return allowedOf((await store.contact(contact))?.addresses ?? [], own);
}

const isReceivedState = (state: string | undefined): state is InboundMessage['state'] =>
  state !== undefined && receivedStates.has(state);

const isSentState = (state: InboundMessage['state'] | MessageState): state is MessageState =>
  !receivedStates.has(state) && state !== 'pending' && state !== 'hidden';
