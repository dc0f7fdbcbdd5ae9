import { fieldsAfter, toInteger } from '../fields.ts';

export interface Signal {
  /** 0..31, 99 unknown; 100..191 and 199 (unknown) in the range of TD-SCDMA. TS 27.007 §8.5. */
  readonly rssi: number;
  /** 0..7, 99 unknown. */
  readonly ber: number | null;
}

export function readSignal(lines: readonly string[]): Signal | null {
  const fields = fieldsAfter(lines, '+CSQ:');
  const rssi = toInteger(fields?.[0]);
  return rssi === null ? null : { rssi, ber: toInteger(fields?.[1]) };
}

/** The strength in dBm: 0 is -113 or less, 31 is -51 or more. Null when the modem does not know it. */
export function signalDbm(rssi: number): number | null {
  if (rssi >= 0 && rssi <= 31) return -113 + 2 * rssi;
  return rssi >= 100 && rssi <= 191 ? rssi - 216 : null;
}

/** `+CESQ: rxlev,ber,rscp,ecno,rsrq,rsrp` (§8.69) and whatever else is a row of numbers. */
export function readNumbers(lines: readonly string[], prefix: string): number[] | null {
  return fieldsAfter(lines, prefix)?.flatMap((field) => toInteger(field) ?? []) ?? null;
}
