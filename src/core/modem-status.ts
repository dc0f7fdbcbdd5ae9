/** Plain data about a modem: who it is and how it is. */

export interface ModemIdentity {
  /** Quirk profile in use: `zte`, `generic` … */
  readonly family: string;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  /** 15 digits, TS 23.003 §6.2.1. */
  readonly imei: string | null;
  /** Up to 15 digits, TS 23.003 §2.2. */
  readonly imsi: string | null;
  /** 19 or 20 digits, ITU-T E.118. */
  readonly iccid: string | null;
}

/**
 * The life of a link to a modem. `ready` means: initialised, SIM usable, messages can come in.
 * `failed` means: it will be tried again, after a back-off or when something changes; the reason says why.
 */
export type LinkState = 'closed' | 'opening' | 'synchronising' | 'identifying' | 'initialising' | 'ready' | 'failed';

/** TS 27.007 §7.2 <stat>, in words. */
export type Registration =
  | 'idle'
  | 'home'
  | 'searching'
  | 'denied'
  | 'unknown'
  | 'roaming'
  | 'sms-only-home'
  | 'sms-only-roaming'
  | 'emergency-only';

/** TS 27.007 §8.3 <code>, in words. */
export type SimState =
  | 'ready'
  | 'pin'
  | 'puk'
  | 'pin2'
  | 'puk2'
  | 'operator-lock'
  | 'missing'
  | 'busy'
  | 'failed'
  | 'unknown';

export interface MemoryUse {
  /** `SM`, `ME`, `SR` … TS 27.005 §3.1 <mem1>. */
  readonly memory: string;
  readonly used: number;
  readonly total: number;
}

/** What was read in one poll; a key that was not asked for is absent. */
export interface ModemStatus {
  readonly operator?: {
    readonly name: string | null;
    /** MCC and MNC, 5 or 6 digits. */
    readonly numeric: string | null;
  };
  readonly registration?: Registration;
  readonly signal?: {
    /** TS 27.007 §8.5: 0 to 31; null when unknown (99). */
    readonly rssi: number | null;
    /** dBm; null when unknown. */
    readonly dbm: number | null;
  };
  /** `GSM`, `GPRS`, `EDGE`, `UMTS`, `HSDPA`, `HSUPA`, `HSPA`, `LTE` …; null without service. */
  readonly technology?: string | null;
  readonly sim?: SimState;
  readonly storage?: readonly MemoryUse[];
}

export type StatusTopic = 'operator' | 'registration' | 'signal' | 'technology' | 'sim' | 'storage';
