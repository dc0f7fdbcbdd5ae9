import type { MessageState } from '../core/message-state.ts';
import type { InboundMessage, OutgoingMessage } from './records.ts';

export type Direction = 'in' | 'out';

/** Where a message stands in the one list of all: newest first, at one moment those that were sent before those received. */
export interface MessagePlace {
  /** `storedAt` of a received message, `createdAt` of one to be sent. */
  readonly at: number;
  readonly direction: Direction;
  readonly id: number;
}

export type ListedMessage =
  | { readonly direction: 'in'; readonly message: InboundMessage }
  | { readonly direction: 'out'; readonly message: OutgoingMessage };

export interface MessageQuery {
  /** Null for none of those received. */
  readonly received: {
    /** Only from these, in full, whatever the case. */
    readonly peers?: readonly string[];
    readonly states?: readonly InboundMessage['state'][];
    readonly unread?: boolean;
    readonly blocked: boolean;
  } | null;
  /** Null for none of those sent. */
  readonly sent: { readonly peers?: readonly string[]; readonly states?: readonly MessageState[] } | null;
  readonly modems?: readonly string[];
  /** At this moment or later. */
  readonly since?: number;
  /** Before this moment. */
  readonly until?: number;
  /** Anywhere in the text, whatever the case. */
  readonly text?: string;
  /** Only what stands behind this place. */
  readonly after?: MessagePlace;
  readonly limit: number;
}

export interface MessagePage {
  readonly items: readonly ListedMessage[];
  /** Where the next page begins, null at the end. A page may hold fewer than asked for and still have a next one: no page looks at more than some ten thousand rows. */
  readonly next: MessagePlace | null;
}

/** What is between a person and an address. */
export interface Conversation {
  readonly peerId: number;
  /** The address, as it is shown. */
  readonly peer: string;
  readonly last: MessagePlace;
  /** How many messages, each counted up to `countedTo`. */
  readonly received: number;
  readonly sent: number;
  readonly unread: number;
}

/** Conversations are counted no further than this. */
export const countedTo = 100;

export interface ConversationQuery {
  readonly peers?: readonly string[];
  readonly modems?: readonly string[];
  /** Only those that stand behind this one. */
  readonly after?: { readonly at: number; readonly peerId: number };
  readonly limit: number;
}

export interface MessageReads {
  /** Whether a message or report with this key was here and was deleted. */
  isForgotten(key: string): Promise<boolean>;
  /** Received and sent messages in one list, newest first; neither pending nor hidden ones, nor repetitions by the network. */
  messages(query: MessageQuery): Promise<MessagePage>;
  /** All messages of some ids, in no order. */
  messagesAt(places: readonly Pick<MessagePlace, 'direction' | 'id'>[]): Promise<ListedMessage[]>;
  /** By peer, the one with the newest message first. */
  conversations(query: ConversationQuery): Promise<Conversation[]>;
}

export interface MessageWrites {
  /** Marks what was received up to a moment from a peer (in full, whatever the case) as read. Returns how many. */
  readConversation(peer: string, until: number, at: number): Promise<number>;
  /** With its parts, repetitions, steps and deliveries, and its sender where no other message names them; only its key stays, shortened. */
  deleteInbound(id: number): Promise<void>;
  /** The same, with its reports. */
  deleteOutgoing(id: number): Promise<void>;
}
