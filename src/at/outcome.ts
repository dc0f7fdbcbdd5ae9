/** A line of an answer together with the line of hex (or text) that belongs to it, as `+CMGL:`, `+CMGR:` and `+CDS:` have it. */
export interface AtRecord {
  readonly header: string;
  /** Null when no payload line came before the next record or the final result code. */
  readonly payload: string | null;
}

/**
 * Why a command failed, by its final result code: V.250 §5.7.1, TS 27.007 §9.2 (CME), TS 27.005 §3.2.5 (CMS).
 * `UNSUPPORTED` is Huawei's `COMMAND NOT SUPPORT`, `TOO MANY PARAMETERS` and other vendors' ways to say ERROR.
 */
export type AtFailureKind =
  | 'ERROR'
  | 'CME'
  | 'CMS'
  | 'UNSUPPORTED'
  | 'ABORTED'
  | 'NO CARRIER'
  | 'BUSY'
  | 'NO ANSWER'
  | 'NO DIALTONE';

export interface AtFailure {
  readonly kind: AtFailureKind;
  /** The number after `+CME ERROR:` or `+CMS ERROR:` (texts of CMEE=2 are turned into their numbers); null when none is known. */
  readonly code: number | null;
  /** The line as the modem wrote it. */
  readonly text: string;
}

/**
 * The modem's own answer to a command. `final` is the line that ended it: `OK`, or `CONNECT…` after a dial.
 * A command that got no answer rejects instead (`at_timeout`, `port_closed`, `at_aborted`).
 */
export type AtOutcome =
  | {
      readonly ok: true;
      readonly final: string;
      readonly lines: readonly string[];
      readonly records: readonly AtRecord[];
    }
  | {
      readonly ok: false;
      readonly error: AtFailure;
      readonly lines: readonly string[];
      readonly records: readonly AtRecord[];
    };

export interface SubmitRequest {
  /** Octets of the TPDU, without the SMSC address in front: the number in `AT+CMGS=<n>`. */
  readonly tpduLength: number;
  /** The SMSC address and the TPDU, hex. */
  readonly pdu: string;
  /** Runs while the modem brings its prompt; the PDU is written only after it has resolved. For the durable note "about to be sent". */
  readonly beforePdu?: () => Promise<void>;
  /** From Ctrl-Z to the final result code; default 180,000 ms. */
  readonly timeoutMs?: number;
}

/** What is known after `AT+CMGS` (TS 27.005 §4.3). */
export type SubmitOutcome =
  /** `+CMGS: <mr>` was seen. */
  | { readonly type: 'sent'; readonly messageReference: number; readonly line: string }
  /** The modem said no, before or after the PDU; `afterPdu` tells which. */
  | { readonly type: 'refused'; readonly error: AtFailure; readonly afterPdu: boolean }
  /** The PDU is on its way and no answer came: it may have been sent. */
  | { readonly type: 'unknown'; readonly reason: 'timeout' | 'port-closed' | 'no-reference' }
  /** Certainly not sent; the same request may be tried again. `error` is what `beforePdu` threw. */
  | {
      readonly type: 'not-sent';
      readonly reason: 'no-prompt' | 'before-pdu' | 'port-closed';
      readonly error?: unknown;
    };
