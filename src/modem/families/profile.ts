/** How a USSD code is written into AT+CUSD (TS 27.007 §7.15); the standard leaves more to vendors than it seems. */
export type UssdCoding =
  /** `"*100#",15` */
  | 'plain'
  /** `"*100#"` */
  | 'plain-without-dcs'
  /** `*100#,15` */
  | 'bare'
  /** GSM 7-bit packed, as hex: `"AA180C3602",15` */
  | 'packed'
  /** UTF-16 as hex: `"002A…",72` */
  | 'ucs2';

/** What is peculiar to a family of modems, as data: the code that uses it is the same for all of them. */
export interface Profile {
  /** Shown as {@link ModemIdentity.family}. */
  readonly name: string;
  /** Found in the answers to CGMI and CGMM; null for the profile that fits everything. */
  readonly recognise: RegExp | null;
  /** Sent once the family is known and again after the PIN: stops the noise that the family is known for. */
  readonly quieting: readonly string[];
  /** Sent after CFUN=1; refusals are ignored. */
  readonly radioOn: readonly string[];
  /** Ways to ask for the ICCID, the likeliest first. The file on the card itself (CRSM) is always tried last. */
  readonly iccid: readonly string[];
  /** Asks for the tries that the PIN has left; null where no way is known. */
  readonly pinTries: string | null;
  /** TE character set (TS 27.007 §5.5); it touches names and USSD, never PDUs. */
  readonly charset: string;
  /** Where messages are kept when the settings leave it open, the likeliest first. */
  readonly memories: readonly string[];
  /** AT+CNMI, tried in this order (TS 27.005 §3.4.1: mode, mt, bm, ds, bfr). */
  readonly indications: readonly (readonly number[])[];
  /** Codings of a USSD request, tried in this order when one is refused. */
  readonly ussd: readonly UssdCoding[];
  /** A vendor's command that tells the radio technology; null where COPS and CREG must do. */
  readonly technology: 'zte' | null;
  /** ATD gets its OK only when the other side answers. */
  readonly dialAnswersLate: boolean;
  /** Takes the radio off the air and back, one by one. */
  readonly radioReset: readonly string[];
  /** Restarts the modem; the port may vanish before an answer comes. */
  readonly restart: readonly string[];
}
