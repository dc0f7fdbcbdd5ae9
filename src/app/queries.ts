import { type ErrorCode, errorTable, toSimloftError } from '../core/errors.ts';
import type {
  CallQuery,
  CallRecord,
  InboundMessage,
  InboundQuery,
  OutgoingMessage,
  Reading,
  Step,
} from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** A received message as people see it. */
export type ShownMessage = Omit<InboundMessage, 'text'> & {
  /** What can be shown: the text; where there is none why not, and the raw PDU. */
  readonly text: string;
};

export interface Health {
  /** The modem is initialised and the store can be written. */
  readonly ready: boolean;
  readonly reasons: readonly HealthReason[];
}

export interface HealthReason {
  readonly code: ErrorCode;
  /** What is wrong and how to mend it. */
  readonly text: string;
}

/** What can be asked of the gateway; the doors to the outside use nothing else to read. */
export interface Queries {
  /** Newest first; incomplete messages that still wait, hidden ones and repetitions by the network are left out. */
  messages(query: InboundQuery): Promise<ShownMessage[]>;
  /** A message that was to be sent; null when there is none of this id. */
  outgoing(id: number): Promise<OutgoingMessage | null>;
  /** A received message, whether it is shown or not; null when there is none of this id. */
  inbound(id: number): Promise<InboundMessage | null>;
  /** The way of a message through the roles, first step first; empty when there is none of this id. */
  steps(direction: Step['direction'], id: number): Promise<Step[]>;
  /** Newest first. */
  calls(query: CallQuery): Promise<CallRecord[]>;
  /** The newest value of `operator`, `signal`, `signal-type`, `balance` …; null before the first one. */
  reading(key: string): Promise<Reading | null>;
  health(): Promise<Health>;
}

export interface QueriesOptions {
  readonly store: Store;
  readonly modem: string;
  /** What else keeps the gateway from being ready. */
  readonly troubles?: () => readonly HealthReason[];
}

export function createQueries({ store, modem, troubles = () => [] }: QueriesOptions): Queries {
  return {
    async messages(query) {
      const rows = await store.inboundMessages(query);
      return Promise.all(rows.map((row) => shown(store, row)));
    },
    outgoing: (id) => store.outgoingMessage(id),
    inbound: (id) => store.inboundMessage(id),
    steps: (direction, id) => store.steps(direction, id),
    calls: (query) => store.calls(query),
    reading: (key) => store.reading(key),
    async health() {
      const own = [await storeReason(store), await modemReason(store, modem)].filter((reason) => reason !== null);
      const reasons = [...own, ...troubles()];
      return { ready: reasons.length === 0, reasons };
    },
  };
}

async function shown(store: Store, message: InboundMessage): Promise<ShownMessage> {
  if (message.text !== null) return { ...message, text: message.text };
  const why =
    message.decodeError === null
      ? `This message is no text but ${message.kind}.`
      : `This message could not be decoded: ${message.decodeError}`;
  const parts = await store.inboundParts(message.id);
  return { ...message, text: `[${why} Raw PDU: ${parts.map(({ pdu }) => pdu).join(' ')}]` };
}

async function storeReason(store: Store): Promise<HealthReason | null> {
  try {
    await store.check();
    return null;
  } catch (thrown) {
    const error = toSimloftError(thrown);
    return { code: error.code, text: error.message };
  }
}

async function modemReason(store: Store, modem: string): Promise<HealthReason | null> {
  try {
    const record = (await store.modems()).find((one) => one.modem === modem);
    if (record?.state === 'ready') return null;
    const text =
      record?.reasonText ??
      (record === undefined
        ? 'The modem has not been opened yet.'
        : `The modem on ${record.port} is not ready yet: ${record.state}.`);
    return { code: codeOf(record?.reasonCode), text };
  } catch {
    // The store's own reason says it already.
    return { code: 'modem_not_ready', text: 'The state of the modem cannot be read from the store.' };
  }
}

/** The store keeps codes as text; one of another version is not ours to tell. */
function codeOf(code: string | null | undefined): ErrorCode {
  return isErrorCode(code) ? code : 'modem_not_ready';
}

const isErrorCode = (code: string | null | undefined): code is ErrorCode =>
  code !== null && code !== undefined && Object.hasOwn(errorTable, code);
