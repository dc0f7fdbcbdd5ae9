/** The three commands that report registration: circuit switched (TS 27.007 §7.2), GPRS (§10.1.20), EPS (§10.1.22). */
export type RegistrationDomain = 'CREG' | 'CGREG' | 'CEREG';

/**
 * An unsolicited result code, read as far as it can be. `line` is always the line as it came, with payload lines apart.
 * Hostile content: numbers, names and texts come from the network.
 */
export type Urc = { readonly line: string } & UrcKind;

type UrcKind =
  /** A message was stored (TS 27.005 §3.4.1). `index` may be -1 on some sticks: list instead of reading. */
  | { readonly type: 'CMTI'; readonly memory: string; readonly index: number }
  /** A status report was stored. */
  | { readonly type: 'CDSI'; readonly memory: string; readonly index: number }
  /** A message, a status report or a cell broadcast routed directly; `pdu` is hex with the SMSC address in front. */
  | { readonly type: 'CMT' | 'CDS' | 'CBM'; readonly pdu: string; readonly length: number | null }
  /** `RING` or `+CRING: VOICE`; `call` is the word after CRING in upper case, null for RING. */
  | { readonly type: 'RING'; readonly call: string | null }
  /** The caller (TS 27.007 §7.6). `number` is '' when withheld; a `+` is added for type 145. `validity` 0 valid, 1 withheld, 2 not available. */
  | {
      readonly type: 'CLIP';
      readonly number: string;
      readonly toa: number | null;
      readonly validity: number | null;
      readonly alpha: string | null;
    }
  /** Call waiting (§7.12). */
  | {
      readonly type: 'CCWA';
      readonly number: string;
      readonly toa: number | null;
      readonly validity: number | null;
      readonly alpha: string | null;
    }
  /** USSD (§7.15); `text` is as it came, not decoded; null when there was none. */
  | { readonly type: 'CUSD'; readonly status: number; readonly text: string | null; readonly dcs: number | null }
  | {
      readonly type: 'registration';
      readonly domain: RegistrationDomain;
      readonly stat: number;
      readonly lac: number | null;
      readonly ci: number | null;
      readonly act: number | null;
    }
  /** ZTE: the radio technology, `UMTS`, `EDGE`, `No Service`… */
  | { readonly type: 'ZPASR'; readonly technology: string }
  /** ZTE: the operator. */
  | {
      readonly type: 'ZDONR';
      readonly operator: string;
      readonly mcc: string | null;
      readonly mnc: string | null;
      readonly service: string | null;
      readonly roaming: boolean | null;
    }
  /** ZTE's nag that floods until `AT+CPMS?` is asked. */
  | { readonly type: 'ZUSIMR'; readonly value: string }
  /** A message memory is full; '' when the line does not name it. */
  | { readonly type: 'memory-full'; readonly memory: string }
  /** Whatever says that the modem has (re)started: `RDY`, `^SYSSTART`, `+CFUN: 1`, `PB DONE`, `Call Ready`… */
  | { readonly type: 'boot'; readonly sign: string }
  /** `+CPIN: …` unasked; SIMCom and Quectel tell the SIM's state so. */
  | { readonly type: 'sim'; readonly state: string }
  /** A call has ended: `NO CARRIER`, `BUSY`, `HANGUP: 1`, `^CEND:…`, `VOICE CALL: END…`. */
  | { readonly type: 'call-end'; readonly reason: string }
  /** `MISSED_CALL: 03:12PM +7916…`; '' when the number is not given. */
  | { readonly type: 'missed-call'; readonly number: string }
  /** Unasked `+CSQ:` or `^RSSI:`; rssi 0..31, 99 unknown (TS 27.007 §8.5). */
  | { readonly type: 'signal'; readonly rssi: number }
  /** Unasked `+CLCC:`. */
  | { readonly type: 'CLCC' }
  /** Vendors' noise that is known and of no use here (`^BOOT`, `+ZPSTM`, `+CIEV`…). */
  | { readonly type: 'noise'; readonly prefix: string }
  /** Nobody knows this line. `prefix` is what stands before the colon, for counting. */
  | { readonly type: 'unknown'; readonly prefix: string };
