import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { Random } from '../core/random.ts';

export type ProfileName = 'zte-mf180' | 'generic' | 'clean';

/** How the bytes of the modem are cut on their way: `whole` (as it writes them), one by one, at random places, USB packets, or all that is ready at once. */
export type Chunking = 'whole' | 'bytes' | 'random' | 'usb64' | 'merged';

export interface VirtualModemOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** `zte-mf180` (default) is noisy and slow; `clean` answers at once, for tests; `generic` is a plain module. */
  readonly profile?: ProfileName;
  readonly logger?: Logger;
  /** Paces both directions like a serial line, 10 bits a byte; absent: as fast as can be. */
  readonly baud?: number;
  readonly chunking?: Chunking;
  /** Time to answer any command, ms, instead of that of the profile. */
  readonly latencyMs?: number;
  /** From Ctrl-Z to `+CMGS`, ms, instead of that of the profile. */
  readonly submitMs?: number;
  /** The SIM asks for this PIN. */
  readonly pin?: string;
  readonly puk?: string;
  /** Places for messages on the SIM (20) and in the device (50). */
  readonly slots?: number;
  readonly meSlots?: number;
  /** Noise between everything (`+ZPASR`, `+ZUSIMR`…), instead of that of the profile. */
  readonly noise?: boolean;
  /** `AT+CNMI=` values (without blanks) that are refused although `CNMI=?` offers them; an entry ending in `*` is a prefix. */
  readonly refusedCnmi?: readonly string[];
  /** Flash messages come as `+CMT`, not stored, whatever CNMI says; instead of that of the profile. */
  readonly flashAsCmt?: boolean;
  /** Starts as if just plugged in (SIM busy, not registered yet) instead of up and running. */
  readonly coldStart?: boolean;
  readonly imei?: string;
  readonly imsi?: string;
  readonly iccid?: string;
  /** What an earlier modem held: see {@link VirtualModemSnapshot}. */
  readonly snapshot?: VirtualModemSnapshot;
}

export type MemoryName = 'SM' | 'ME' | 'SR';

/** Status of a stored message, TS 27.005 §3.1: 0 unread, 1 read, 2 unsent, 3 sent. */
export type StoredStatus = 0 | 1 | 2 | 3;

export interface StoredMessage {
  readonly index: number;
  readonly status: StoredStatus;
  /** Upper-case hex with the service-centre address in front. */
  readonly pdu: string;
}

/** What a card and a device keep without power, and what the network has got: plain data, JSON-safe. */
export interface VirtualModemSnapshot {
  readonly memories: Readonly<Record<MemoryName, readonly StoredMessage[]>>;
  readonly submitted: readonly Submitted[];
}

/** One SUBMIT that reached the network. */
export interface Submitted {
  /** Digits as dialled, with `+` when international. */
  readonly recipient: string;
  /** Text of this part; hex for 8-bit data. */
  readonly text: string;
  readonly alphabet: 'gsm7' | 'ucs2' | 'data';
  /** 1-based; absent when the message is whole. */
  readonly part?: number;
  readonly parts?: number;
  /** Concatenation reference. */
  readonly reference?: number;
  readonly flash: boolean;
  readonly reportRequested: boolean;
  /** TP-VP in its relative form, minutes; null when absent. */
  readonly validityMinutes: number | null;
  /** TP-MR that the modem told in `+CMGS`. */
  readonly messageReference: number;
  /** Upper-case hex as written after the prompt. */
  readonly pdu: string;
  /** Epoch ms. */
  readonly at: number;
}

export interface DeliverRequest {
  /** `+79…` international, digits only: national or short code, else a name of at most 11 characters. */
  readonly from: string;
  readonly text: string;
  /** Default: GSM 7-bit when every character is in the default alphabet or its extension, else UCS-2. */
  readonly alphabet?: 'gsm7' | 'ucs2';
  /** 8-bit data instead of a text (then `text` is ''). */
  readonly data?: Uint8Array;
  /** Class 0. */
  readonly flash?: boolean;
  /** TP-DCS as it stands, when none of the above makes it. */
  readonly dcs?: number;
  /** TP-PID. */
  readonly pid?: number;
  /** Order in which the parts come, 1-based; a number may come twice or not at all. */
  readonly order?: readonly number[];
  /** Concatenation reference; random when absent. */
  readonly reference?: number;
  readonly referenceBits?: 8 | 16;
  /** TP-SCTS as ISO 8601 with an offset, `2025-01-21T12:34:36+03:00`; now at +03:00 when absent. */
  readonly scts?: string;
  /** Between the parts, ms, instead of that of the profile. */
  readonly gapMs?: number;
}

export interface RingRequest {
  /** null: withheld. */
  readonly from: string | null;
  /** The caller gives up after so many rings (5). */
  readonly rings?: number;
  /** 5000. */
  readonly intervalMs?: number;
  /** The caller gives up after so many ms, whatever the rings. */
  readonly hangUpMs?: number;
  /** When `+CLIP` comes after its RING: 0 with it (default), or so many ms later; null: never. */
  readonly clipAfterMs?: number | null;
  /** How a withheld number looks: `+CLIP: "",128,,,,1`, `+CLIP: ,128`, or no `+CLIP` at all. */
  readonly withheld?: 'validity' | 'bare' | 'absent';
  /** Whether the modem says that the caller has gone; instead of that of the profile. */
  readonly noCarrier?: boolean;
}

export interface CallRecord {
  readonly direction: 'in' | 'out';
  readonly number: string | null;
  readonly rings: number;
  readonly end: 'caller-gone' | 'rejected' | 'answered' | 'hung-up' | 'refused' | null;
  readonly at: number;
}

export interface UssdReply {
  /** What the network says; null: nothing ever. */
  readonly text: string | null;
  /** TS 27.007 §7.15 `<m>`: 0 done (default), 1 an answer is wanted, 2 ended by the network, 4 not supported, 5 network time-out. */
  readonly status?: 0 | 1 | 2 | 3 | 4 | 5;
  readonly delayMs?: number;
  /** Answers to a menu: what the person sends → what comes next. */
  readonly menu?: Readonly<Record<string, UssdReply>>;
  /** The event comes before OK. */
  readonly beforeOk?: boolean;
  /** A "please wait" with `<m>` 0 comes first. */
  readonly pleaseWait?: string;
  /** The real answer comes as an SMS from this sender. */
  readonly sms?: { readonly from: string; readonly text: string };
}

/** TS 23.040 §9.2.3.15: 0 delivered, 0x20–0x3F still trying, 0x40–0x7F given up. */
export interface ReportPlan {
  readonly delayMs?: number;
  /** One report each, in order; `[0]` when absent, `[]`: no report ever. */
  readonly statuses?: readonly number[];
}

export interface NetworkFailure {
  /** CMS error code; `'ERROR'` for a bare ERROR; `'nothing'`: OK without `+CMGS`. */
  readonly code: number | 'ERROR' | 'nothing';
  /** How many sends fail (1). */
  readonly times?: number;
  /** The network has got the message all the same. */
  readonly sentAnyway?: boolean;
  readonly afterMs?: number;
}

/** The other side of the air. */
export interface VirtualNetwork {
  /** Gives the service centre a message; it delivers each part, again and again until the modem has acknowledged it. */
  deliver(request: DeliverRequest): void;
  /** The same with a TPDU as it stands, hex, service-centre address in front. */
  deliverPdu(hex: string): void;
  /** Parts that the service centre still holds. */
  readonly pending: number;
  /** Parts that the modem has acknowledged, redeliveries counted once. */
  readonly delivered: number;
  readonly submitted: readonly Submitted[];
  /** Sends a status report of something submitted (by its message reference) now, beside the planned ones. */
  report(messageReference: number, status: number): void;
  /** Plans the reports of what is submitted from now on. */
  setReports(plan: ReportPlan): void;
  failNext(failure: NetworkFailure): void;
  /** The network gets the next message, and the modem never says so. */
  loseNextAnswer(): void;
  /** The next message is stored by the modem, and the network does not learn it: it comes again. */
  loseNextAck(): void;
  ring(request: RingRequest): void;
  /** The caller gives up, or the called one hangs up. */
  hangUp(): void;
  readonly ringing: boolean;
  readonly calls: readonly CallRecord[];
  /** What becomes of calls that the modem makes: rings until given up (default), answered, busy, no answer. */
  setDialOutcome(outcome: 'rings' | 'answers' | 'busy' | 'no-carrier'): void;
  setUssd(code: string, reply: UssdReply): void;
  /** USSD that the network begins. */
  pushUssd(reply: UssdReply): void;
  /** `<rssi>` of TS 27.007 §8.5: 0–31, 99 unknown. */
  setSignal(rssi: number): void;
  /** `<stat>` of TS 27.007 §7.2, as the antenna would have it. */
  readonly registration: number;
  setRegistration(stat: number): void;
  setOperator(operator: { readonly name: string; readonly mccMnc: string }): void;
  /** As in `+ZPAS`: `GSM`, `GPRS`, `EDGE`, `UMTS`, `HSDPA`… */
  setTechnology(technology: string): void;
}

/** What goes wrong, on demand. */
export interface VirtualFaults {
  /** The cable is pulled: the stream ends with an error, opening fails. */
  unplug(): void;
  /** It is back, as after power-up. */
  replug(): void;
  /** Takes bytes and says nothing (or speaks again). */
  silence(on: boolean): void;
  readonly silent: boolean;
  /** Noise flows on, no command is answered. */
  hangWithNoise(on: boolean): void;
  /** Restarts behind the program's back: echo on, settings lost, SIM busy; the port stays. */
  reboot(): void;
  /** Bytes out of nowhere. */
  garbage(bytes: Uint8Array): void;
  /** Fills every free place of a memory with old messages that somebody has read. */
  fill(memory: MemoryName): void;
  dropNextCmti(): void;
  /** The next final result code comes so many ms late. */
  lateFinal(ms: number): void;
  /** As an earlier program left it: the prompt is open, half a PDU is typed. */
  stuckPrompt(): void;
  /** The SIM answers busy (CME 14, CMS 314) for so long. */
  simBusy(ms: number): void;
  /** The next `count` deletions fail with CMS 320. */
  failDeletions(count: number): void;
  /** The next so many bytes that come in are lost, as in a sleeping module. */
  loseInput(bytes: number): void;
  /** Appends the next indication to a final result code without a line end. */
  glueNextIndication(): void;
  /** An extra OK follows the next one. */
  doubleNextOk(): void;
  /** CNMI falls back to its default, as some firmware does. */
  forgetCnmi(): void;
}

export interface VirtualSim {
  readonly iccid: string;
  readonly imsi: string;
  /** As in `+CPIN`: `READY`, `SIM PIN`, `SIM PUK`, `NOT INSERTED`. */
  readonly state: string;
  readonly pinTriesLeft: number;
  /** How many PINs were tried that were wrong. */
  readonly wrongPins: number;
  remove(): void;
  insert(): void;
}
