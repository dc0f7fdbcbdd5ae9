import { SimloftError } from '../core/errors.ts';
import { concatOctets, octetAt, toHex } from './octets.ts';
import { readDecimal, writeDecimal } from './semi-octets.ts';
import { encodeTimestamp, readTimestamp } from './timestamp.ts';
import type { ValidityPeriod } from './tpdu.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

/** TP-VPF, bits 4 and 3 of the first octet of an SMS-SUBMIT (TS 23.040 §9.2.3.3). */
const formats = ['none', 'enhanced', 'relative', 'absolute'] as const;
export type ValidityFormat = (typeof formats)[number];

export function validityFormat(firstOctet: number): ValidityFormat {
  return formats[(firstOctet >> 3) & 3] ?? 'none';
}

/** TP-VPF as the bits of the first octet. */
export function validityFormatBits(format: ValidityFormat): number {
  return formats.indexOf(format) << 3;
}

/** Octets that TP-VP takes. */
export function validityOctets(format: ValidityFormat): 0 | 1 | 7 {
  return format === 'none' ? 0 : format === 'relative' ? 1 : 7;
}

/** Seconds that a relative TP-VP stands for: 5 minutes to 63 weeks (TS 23.040 §9.2.3.12.1). */
export function relativeSeconds(octet: number): number {
  if (octet <= 143) return (octet + 1) * 5 * minute;
  if (octet <= 167) return 12 * hour + (octet - 143) * 30 * minute;
  if (octet <= 196) return (octet - 166) * day;
  return (octet - 192) * week;
}

/**
 * The shortest relative TP-VP that is not shorter than the seconds.
 * @throws SimloftError `pdu_unencodable` beyond 63 weeks
 */
export function relativeOctet(seconds: number): number {
  if (seconds > 63 * week) throw tooLong(63 * week);
  if (seconds <= 12 * hour) return Math.max(0, Math.ceil(seconds / (5 * minute)) - 1);
  if (seconds <= day) return 143 + Math.ceil((seconds - 12 * hour) / (30 * minute));
  if (seconds <= 30 * day) return 166 + Math.ceil(seconds / day);
  return 192 + Math.max(5, Math.ceil(seconds / week));
}

/** Reads TP-VP at `start`; the octets must be there. */
export function readValidity(octets: Uint8Array, start: number, format: ValidityFormat): ValidityPeriod | null {
  if (format === 'none') return null;
  if (format === 'absolute') return { format, timestamp: readTimestamp(octets, start) };
  if (format === 'enhanced') return readEnhanced(octets, start);
  const octet = octetAt(octets, start);
  return { format, octet, seconds: relativeSeconds(octet) };
}

function readEnhanced(octets: Uint8Array, start: number): ValidityPeriod {
  const indicator = octetAt(octets, start);
  // With the extension bit another functionality indicator stands between the first one and the value.
  const value = start + (indicator & 0x80 ? 2 : 1);
  const raw = toHex(octets, start, start + 7);
  const singleShot = (indicator & 0x40) !== 0;
  return { format: 'enhanced', raw, indicator, singleShot, seconds: enhancedSeconds(octets, value, indicator & 7) };
}

/** TS 23.040 §9.2.3.12.3: 1 a relative octet, 2 seconds, 3 a clock of hours, minutes and seconds. */
function enhancedSeconds(octets: Uint8Array, start: number, kind: number): number | null {
  const first = octetAt(octets, start);
  if (kind === 1) return relativeSeconds(first);
  if (kind === 2) return first;
  if (kind !== 3) return null;
  const hours = readDecimal(first);
  const minutes = readDecimal(octetAt(octets, start + 1));
  const seconds = readDecimal(octetAt(octets, start + 2));
  return hours === null || minutes === null || seconds === null ? null : hours * hour + minutes * minute + seconds;
}

/** Octets that the value of each enhanced format takes. */
const enhancedLength = [0, 1, 1, 3] as const;

/**
 * A TP-VP that stands alone, read strictly; null for `none`.
 * @throws SimloftError `pdu_invalid` when it is cut off, has a reserved format, or digits or padding that cannot be.
 */
export function decodeValidity(octets: Uint8Array, format: ValidityFormat): ValidityPeriod | null {
  const needed = validityOctets(format);
  if (octets.length < needed) throw invalid(`needs ${needed} octets and has ${octets.length}`, octets.length);
  if (format === 'enhanced') checkEnhanced(octets);
  const period = readValidity(octets, 0, format);
  if (period?.format === 'absolute' && !period.timestamp.valid) throw invalid('is no moment of the calendar', 0);
  return period;
}

function checkEnhanced(octets: Uint8Array): void {
  const indicator = octetAt(octets, 0);
  const length = enhancedLength[indicator & 7];
  if (length === undefined || indicator & 0x38) throw invalid('has a reserved format', 0);
  const value = indicator & 0x80 ? 2 : 1;
  for (let at = value + length; at < 7; at += 1) {
    if (octets[at] !== 0) throw invalid(`must be 0 in octet ${at}`, at);
  }
  const kind = indicator & 7;
  if (kind !== 0 && enhancedSeconds(octets, value, kind) === null) throw invalid('has a digit above 9', value);
}

function invalid(what: string, offset: number): SimloftError {
  return new SimloftError('pdu_invalid', `The validity period ${what}.`, { details: { path: 'VP', offset, read: {} } });
}

/** What to write as TP-VP. An enhanced one has the kind 0 none, 1 relative, 2 seconds or 3 clock. */
export type ValidityRequest =
  | { readonly format: 'relative'; readonly seconds: number }
  | { readonly format: 'absolute'; readonly at: number; readonly offsetMinutes: number }
  | { readonly format: 'enhanced'; readonly kind: 0 | 1 | 2 | 3; readonly seconds: number };

/**
 * Writes TP-VP in any of its formats (TS 23.040 §9.2.3.12). Periods are rounded up.
 * @throws SimloftError `pdu_unencodable` when the format cannot name so long a period
 */
export function encodeValidity(request: ValidityRequest): Uint8Array<ArrayBuffer> {
  if (request.format === 'relative') return Uint8Array.of(relativeOctet(request.seconds));
  if (request.format === 'absolute') return encodeTimestamp(request.at, request.offsetMinutes);
  const value = concatOctets([request.kind], enhancedValue(request.kind, request.seconds));
  return concatOctets(value, new Uint8Array(7 - value.length));
}

function enhancedValue(kind: 0 | 1 | 2 | 3, seconds: number): readonly number[] {
  if (kind === 0) return [];
  if (kind === 1) return [relativeOctet(seconds)];
  const whole = Math.ceil(seconds);
  const longest = kind === 2 ? 255 : 99 * hour + 59 * minute + 59;
  if (whole > longest) throw tooLong(longest);
  if (kind === 2) return [whole];
  return [Math.floor(whole / hour), Math.floor(whole / minute) % 60, whole % 60].map(writeDecimal);
}

function tooLong(longest: number): SimloftError {
  const text = `A message cannot be kept that long: in this format at most ${longest} seconds are possible.`;
  return new SimloftError('pdu_unencodable', text, { details: { field: 'validity', longestSeconds: longest } });
}
