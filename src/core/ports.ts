/** What of the serial ports of a machine is told to people. Codes are for pages in other languages; the texts say the same in English. */

/** Why a port is asked for a modem, or left alone. */
export const portReasons = [
  /** The port of a known modem that answers AT and announces messages. */
  'at-port',
  /** Of a maker of modems; what this port is for is not known. */
  'maybe-at-port',
  /** Meant for data: answers AT but may announce nothing. */
  'data-port',
  'not-usb',
  /** A serial bridge hides what is behind it. */
  'bridge',
  'unknown-device',
  /** Of a modem, for diagnosis, position or sound. */
  'other-port',
  /** Of a modem whose AT ports are known; this is none. */
  'unlisted-port',
] as const;
export type PortReason = (typeof portReasons)[number];

export interface SeenPort {
  readonly path: string;
  /** A name that stays when it is plugged in again; null when there is none. */
  readonly stablePath: string | null;
  /** Vendor and product: `19d2:2003`; null for a port that is not on USB. */
  readonly usb: string | null;
  /** What the device is called; null when nothing is known of it. */
  readonly name: string | null;
  readonly reason: PortReason;
  /** The gateway's own modem is at it just now. */
  readonly inUse: boolean;
  /** What came of asking; null when it was not asked. */
  readonly answers: boolean | null;
  readonly imei: string | null;
  /** The verdict in a sentence. */
  readonly text: string;
}

/** What stands in the way between a stick and its port. */
export const portRemarks = ['network-stick', 'cd-rom', 'no-driver', 'modem-manager'] as const;

export interface PortRemark {
  readonly code: (typeof portRemarks)[number];
  /** The stick, or the process, that it is about. */
  readonly name: string;
  /** What it is and what to do, in sentences. */
  readonly text: string;
}
