import type { ErrorCode } from './errors.ts';
import type { LinkState, ModemIdentity, ModemStatus } from './modem-status.ts';

/**
 * What a worker tells. Events are plain data and may arrive twice: a handler must be idempotent.
 * The worker forwards raw PDUs and holds no business rules.
 */
export type ModemEvent =
  | WorkerStarted
  | LinkChanged
  | PduReceived
  | SweepFinished
  | PartSending
  | PartSent
  | PartFailed
  | PartUnknown
  | CallRinging
  | CallEnded
  | UssdReceived
  | StatusRead;

export type EventOf<T extends ModemEvent['type']> = Extract<ModemEvent, { type: T }>;

/** What a handler says to an event that asks for leave: whether a worker may hand a part to its modem. */
export type Leave = 'granted' | 'refused';

interface EventBase {
  /** Unique; the same event delivered again carries the same id. */
  readonly id: string;
  /** The configured name of the modem, `modem` by default. */
  readonly modem: string;
  /** The run of the worker: a new one for each process. */
  readonly run: string;
  /** Epoch ms on the worker's clock. */
  readonly at: number;
}

/** A worker process begins: whatever an earlier run of this modem was sending has an unknown end. */
export interface WorkerStarted extends EventBase {
  readonly type: 'worker.started';
}

export interface LinkChanged extends EventBase {
  readonly type: 'link.changed';
  readonly state: LinkState;
  readonly port: string;
  /** Why it is not ready; null while all is well. */
  readonly reason: { readonly code: ErrorCode; readonly text: string } | null;
  /** Known from `initialising` on. */
  readonly identity: ModemIdentity | null;
}

/** A TPDU as the modem gave it: DELIVER, STATUS-REPORT, or something found on the SIM. */
export interface PduReceived extends EventBase {
  readonly type: 'pdu.received';
  /** Upper-case hex with the service-centre address in front (TS 27.005 §3.1 <pdu>). */
  readonly pdu: string;
  /** <length> of the header: octets of the TPDU without the SCA; null when the header had none. */
  readonly tpduLength: number | null;
  /** `stored`: lies in a slot and is deleted once this event is safe. `direct`: +CMT or +CDS, exists nowhere else. */
  readonly source: 'stored' | 'direct';
  readonly memory: string | null;
  readonly slot: number | null;
  /** TS 27.005 §3.1 <stat> in PDU mode: 0 unread, 1 read, 2 unsent, 3 sent; null when absent. */
  readonly stat: number | null;
  /** `indicated` by +CMTI / +CDSI / +CMT, found by a safety `sweep`, or in the `initial` sweep after the link came up. */
  readonly found: 'indicated' | 'sweep' | 'initial';
  /** ICCID, else IMSI, else null. */
  readonly sim: string | null;
}

/** All memories have been read once and everything found is safe. */
export interface SweepFinished extends EventBase {
  readonly type: 'sweep.finished';
  readonly sim: string | null;
  readonly initial: boolean;
  readonly found: number;
}

interface PartEvent extends EventBase {
  readonly messageId: number;
  /** 1-based number of the part in its message. */
  readonly seq: number;
  /** Attempt of the message, from 1. */
  readonly attempt: number;
}

/**
 * The worker asks for leave to hand a part to the modem. From now on until the next event of this part nobody can tell whether it
 * left. Leave is given once for each try, and only to the run that serves the modem now.
 */
export interface PartSending extends PartEvent {
  readonly type: 'part.sending';
  /** When a scheduler handed the message over, epoch ms on its clock. */
  readonly handedAt: number;
}

export interface PartSent extends PartEvent {
  readonly type: 'part.sent';
  /** TP-MR as the modem reported it, 0 to 255. */
  readonly messageReference: number;
}

/** The modem said no: the part did not leave. */
export interface PartFailed extends PartEvent {
  readonly type: 'part.failed';
  readonly failure: SendFailure;
}

/** The answer was lost, or says itself that the end is unknown (+CMS ERROR: 332). */
export interface PartUnknown extends PartEvent {
  readonly type: 'part.unknown';
  readonly reason: string;
}

export interface SendFailure {
  /**
   * `temporary`: try again later. `busy`: try again in seconds, does not count as an attempt. `permanent`: never.
   * `configuration`: SIM, account or set-up must be mended by a person. `unclear`: the code says nothing (500, ERROR).
   */
  readonly kind: 'temporary' | 'busy' | 'permanent' | 'configuration' | 'unclear';
  /** Whose code it is. `none`: refused before it reached the modem. */
  readonly source: 'CMS' | 'CME' | 'ERROR' | 'none';
  readonly code: number | null;
  /** A sentence for a person. */
  readonly text: string;
}

/** The phone rings. Sent again (same `call`) when the number becomes known later. */
export interface CallRinging extends EventBase {
  readonly type: 'call.ringing';
  readonly call: string;
  /** `+` and digits where international; null when withheld or not known. */
  readonly number: string | null;
  readonly withheld: boolean;
  readonly startedAt: number;
}

export interface CallEnded extends EventBase {
  readonly type: 'call.ended';
  readonly call: string;
  readonly number: string | null;
  readonly withheld: boolean;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly rings: number;
  readonly outcome: 'missed' | 'rejected' | 'answered';
}

export interface UssdReceived extends EventBase {
  readonly type: 'ussd.received';
  /** Id of the request that it answers; null when the network began. */
  readonly request: string | null;
  /** TS 27.007 §7.15 <m>. */
  readonly status: number;
  readonly text: string | null;
}

export interface StatusRead extends EventBase {
  readonly type: 'status.read';
  readonly status: ModemStatus;
}
