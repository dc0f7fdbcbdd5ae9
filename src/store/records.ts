import type { CallOutcome } from '../core/live.ts';
import type { MessageState } from '../core/message-state.ts';
import type { ModemIdentity } from '../core/modem-status.ts';

/** The rows of the store as plain data. Times are epoch ms, flags are booleans, ids are positive and never used again. */

/** A received message, whole, incomplete or undecodable. */
export interface InboundMessage {
  readonly id: number;
  readonly modem: string;
  /** ICCID or IMSI of the SIM that received it; null where it could not be read. */
  readonly sim: string | null;
  /** Originating address as shown: `+79161234567`, `Balance`; `''` when there is none or it could not be read. */
  readonly sender: string;
  /** Null while nothing of it can be read. */
  readonly text: string | null;
  /**
   * `pending`: parts are missing and it is not shown yet. `partial`: shown with gaps, may still become `complete`.
   * `undecodable`: kept raw. `hidden`: stored but not for people (silent type 0).
   */
  readonly state: 'pending' | 'partial' | 'complete' | 'undecodable' | 'hidden';
  /** What it is besides a text: `text`, `flash`, `wap-push`, `binary`, `voicemail` … */
  readonly kind: string;
  /** When it became visible as it is now (complete, or shown with gaps); null while pending. Strictly growing per store. */
  readonly storedAt: number | null;
  /** When the first part reached the gateway. */
  readonly receivedAt: number;
  readonly smsc: SmscTime | null;
  /** Slot of the first part that was read (`message_id` of the request's API); 0 for direct delivery. */
  readonly slot: number;
  readonly memory: string | null;
  /** The message that this one repeats; null for an original. */
  readonly duplicateOf: number | null;
  /** Lay on the SIM at the very first start. */
  readonly imported: boolean;
  /** Key of the concatenated set (address, reference with its width, total); null for a single message. */
  readonly setKey: string | null;
  readonly partsTotal: number;
  /** Why it could not be decoded, with field path and offset; null when it could. */
  readonly decodeError: string | null;
  /** When a person has read it; null before. */
  readonly readAt: number | null;
  /** From a sender on the list of those who are denied, or not on the list of those who alone are allowed: kept, and nobody is told. */
  readonly blocked: boolean;
  /** When text and PDUs were removed, because a code was in them; null while they are there. */
  readonly textRemovedAt: number | null;
}

export type NewInboundMessage = Omit<InboundMessage, 'id' | 'textRemovedAt'>;

/** A time stamp of the service centre (TP-SCTS) as it is written: wall clock and zone. */
export interface SmscTime {
  /** The instant, epoch ms. */
  readonly at: number;
  /** Minutes east of UTC. */
  readonly offsetMinutes: number;
}

/** One PDU that was received; the raw one is always kept. */
export interface InboundPart {
  readonly id: number;
  readonly messageId: number;
  /** 1-based; 1 for a single message. */
  readonly seq: number;
  /** What the PDU is: hash over SIM, originating address, SCTS, PID, DCS, UDH and user data. */
  readonly key: string;
  readonly pdu: string;
  readonly tpduLength: number | null;
  readonly memory: string | null;
  readonly slot: number | null;
  readonly receivedAt: number;
  /** TP-SCTS as epoch ms; null when invalid. */
  readonly smscAt: number | null;
}

export type NewInboundPart = Omit<InboundPart, 'id'>;

export interface OutgoingMessage {
  readonly id: number;
  readonly modem: string;
  readonly recipient: string;
  readonly text: string;
  readonly state: MessageState;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Attempts begun so far; `busy` answers are not counted. */
  readonly attempt: number;
  /** Busy answers in a row. */
  readonly busyCount: number;
  /** When it is due; set at creation, so that a lost wake-up only delays it. */
  readonly nextAttemptAt: number;
  /** Epoch ms after which it is not sent any more. */
  readonly expiresAt: number;
  readonly deliveryReport: boolean;
  readonly flash: boolean;
  /** TP-VP in ms; null for the centre's own. */
  readonly validFor: number | null;
  /** What to do with a part whose end is unknown. */
  readonly ifUnknown: 'stop' | 'resend';
  /** Last failure in words; null while all is well. */
  readonly error: string | null;
  readonly errorCode: string | null;
  readonly sentAt: number | null;
  readonly deliveredAt: number | null;
  /** Key of the request that made it, unique; null when the client gave none. */
  readonly idempotencyKey: string | null;
  /** The message that this one sends again; null for others. */
  readonly resendOf: number | null;
  /** When text and PDUs were removed, because a code was in them; null while they are there. */
  readonly textRemovedAt: number | null;
}

export type NewOutgoingMessage = Omit<OutgoingMessage, 'id' | 'textRemovedAt'>;

export interface OutgoingPart {
  readonly messageId: number;
  readonly seq: number;
  readonly pdu: string;
  readonly tpduLength: number;
  readonly state: MessageState;
  readonly attempt: number;
  /** Worker run that is (or was last) sending it. */
  readonly run: string | null;
  /** TP-MR, 0 to 255, once sent. */
  readonly messageReference: number | null;
  readonly sentAt: number | null;
  /** TP-ST of the last report; null before one came. */
  readonly reportStatus: number | null;
}

/** A STATUS-REPORT; kept also while no part fits it yet. */
export interface StatusReport {
  readonly id: number;
  readonly modem: string;
  readonly key: string;
  readonly pdu: string;
  readonly messageReference: number;
  readonly recipient: string;
  /** TP-ST, TS 23.040 §9.2.3.15. */
  readonly status: number;
  readonly dischargedAt: number | null;
  readonly receivedAt: number;
  readonly messageId: number | null;
  readonly seq: number | null;
}

export type NewStatusReport = Omit<StatusReport, 'id'>;

export interface CallRecord {
  readonly id: number;
  /** The worker's id of the call; unique. */
  readonly call: string;
  readonly modem: string;
  /** `''` when withheld or unknown. */
  readonly caller: string;
  readonly withheld: boolean;
  readonly startedAt: number;
  /** When the row was written; what `dttm` is compared with. */
  readonly storedAt: number;
  readonly endedAt: number | null;
  readonly rings: number;
  readonly outcome: CallOutcome;
  /** By a caller who is denied: kept, and nobody is told. */
  readonly blocked: boolean;
}

export type NewCallRecord = Omit<CallRecord, 'id'>;

/** The newest value of something that is polled. */
export interface Reading {
  readonly modem: string;
  /** `operator`, `signal`, `signal-type`, `balance`, `registration`, `sim`, `storage` … */
  readonly key: string;
  /** JSON. */
  readonly data: unknown;
  readonly updatedAt: number;
}

export interface ModemRecord {
  readonly modem: string;
  readonly port: string;
  readonly state: string;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly identity: ModemIdentity | null;
  readonly updatedAt: number;
}

/** Which worker serves a modem: one run at a time may send. */
export interface WorkerRun {
  readonly modem: string;
  /** The run that serves it now. */
  readonly run: string;
  /** The one before; what it still tells is late. */
  readonly previous: string | null;
}

/** What happened to a message somewhere, for who wants to know its whole way. */
export interface Step {
  readonly direction: 'in' | 'out';
  readonly messageId: number;
  /** On the clock of who took the step. */
  readonly at: number;
  /** `worker`, `handler`, `scheduler`, `api`. */
  readonly role: string;
  /** A few words; never the text or the number. */
  readonly what: string;
  /** The id that all log lines of this step carry. */
  readonly trace: string;
}

/** A received message of one part on its way into the store. */
export interface Received {
  readonly message: Omit<NewInboundMessage, 'storedAt'>;
  readonly part: Omit<NewInboundPart, 'messageId'>;
  /** At least one. */
  readonly steps: readonly Omit<Step, 'direction' | 'messageId'>[];
  /** For its stamp, epoch ms. */
  readonly now: number;
}

/** A scheduler takes due messages of a modem into its hands. */
export interface Claim {
  readonly modem: string;
  readonly owner: string;
  readonly now: number;
  /** When the claim ends, should its owner be gone by then. */
  readonly until: number;
  readonly limit: number;
}

export interface InboundQuery {
  /** Matches anywhere in the sender, whatever the case. */
  readonly sender?: string;
  /** Only of these senders, in full, whatever the case. */
  readonly senders?: readonly string[];
  /** Only what these modems have received. */
  readonly modems?: readonly string[];
  /** Strictly later than this `storedAt`. */
  readonly storedAfter?: number;
  readonly limit: number;
  /** Show duplicates too; false by default. */
  readonly duplicates?: boolean;
}

export interface CallQuery {
  /** Only those that stand behind this one, newest first. */
  readonly before?: { readonly at: number; readonly id: number };
  /** Strictly before this `storedAt`. */
  readonly storedBefore?: number;
  readonly outcomes?: readonly CallOutcome[];
  readonly blocked?: boolean;
  readonly storedAfter?: number;
  /** Only from these numbers. */
  readonly callers?: readonly string[];
  readonly modems?: readonly string[];
  readonly limit: number;
}
