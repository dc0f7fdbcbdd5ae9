import {
  decodeAddress,
  decodeServiceCentre,
  decodeTypedAddress,
  encodeAddress,
  encodeServiceCentre,
  isDialable,
  readAddress,
  readServiceCentre,
} from '../../src/pdu/address.ts';
import { readClockText } from '../../src/pdu/clock-text.ts';
import { toHex } from '../../src/pdu/octets.ts';
import { readDigits, writeDigits } from '../../src/pdu/semi-octets.ts';
import { decodeTimestamp, encodeTimestamp, readZone } from '../../src/pdu/timestamp.ts';
import type { Address } from '../../src/pdu/tpdu.ts';
import { number, octets, text } from './input.ts';
import type { Fields, Outcome, Vector } from './vector.ts';

export function answerAddress({ op, input }: Vector): Outcome {
  switch (op) {
    case 'decode':
      return decode(input);
    case 'decode-toa':
      return { out: addressFields(decodeTypedAddress(octets(input, 'hex'))) };
    case 'encode':
      return written(encode(input));
    case 'encode-toa':
      return written(encode({ ...input, role: 'tp' }).subarray(1));
    case 'bcd-decode':
      return { out: { digits: readDigits(octets(input, 'hex'), 0, octets(input, 'hex').length * 2) } };
    case 'semioctet-encode':
      return written(writeDigits(text(input, 'digits')));
    case 'is-numeric':
      return { out: { valid: /^\d+$/.test(text(input, 'number')) && isDialable(text(input, 'number')) } };
    case 'valid-dial-number':
      return { out: { valid: isDialable(text(input, 'number')) } };
    case 'split-smsc':
      return splitServiceCentre(octets(input, 'hex'));
    default:
      return { skip: `there is nothing for ${op}` };
  }
}

function decode(input: Fields): Outcome {
  const given = octets(input, 'hex');
  if (input['role'] === 'tp') {
    const address = decodeAddress(given);
    return { out: { ...addressFields(address), octets_used: readAddress(given, 0, given.length).next } };
  }
  const address = decodeServiceCentre(given);
  const used = readServiceCentre(given, 0, given.length)?.next ?? 1;
  return { out: { ...(address === null ? { number: '', digits: '' } : addressFields(address)), octets_used: used } };
}

export function addressFields(address: Address): Fields {
  const { number: shown, typeOfAddress: toa, alphanumeric } = address;
  return { number: shown, digits: shown.replace('+', ''), toa, ...(alphanumeric ? { alpha: shown } : {}) };
}

function encode(input: Fields): Uint8Array {
  const given = 'digits' in input ? text(input, 'digits') : text(input, 'number');
  const toa = number(input, 'toa') ?? undefined;
  return input['role'] === 'smsc' ? encodeServiceCentre(given, toa) : encodeAddress(given, toa);
}

function written(encoded: Uint8Array | null): Outcome {
  return encoded === null ? { error: 'there is another character' } : { out: { hex: toHex(encoded) } };
}

function splitServiceCentre(given: Uint8Array): Outcome {
  const address = decodeServiceCentre(given);
  const next = readServiceCentre(given, 0, given.length)?.next ?? 1;
  const found = address === null ? { number: '', digits: '' } : addressFields(address);
  return { out: { ...found, tpdu: toHex(given, next) } };
}

export function answerTimestamp({ op, input }: Vector): Outcome {
  switch (op) {
    case 'decode':
      return { out: { timestamp: decodeTimestamp(octets(input, 'hex')).text } };
    case 'encode':
      return { out: { hex: toHex(encodeClock(text(input, 'timestamp'))) } };
    case 'zone-decode':
      return { out: { offset_minutes: readZone(octets(input, 'hex')[0] ?? 0) } };
    default:
      return parseClock(input);
  }
}

/** Writes `2007-04-12T23:25:42-08:00` as the seven octets. */
export function encodeClock(value: string): Uint8Array {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(value) ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return encodeTimestamp(Date.parse(value), sign === '-' ? -size : size);
}

function parseClock(input: Fields): Outcome {
  const clock = readClockText(text(input, 'clock').replace(/^[^:]*: ?/, ''));
  if (clock === null) return { error: 'this is no clock' };
  if (clock.offsetMinutes !== null) {
    return { out: { timestamp: clock.text, offset_minutes: clock.offsetMinutes, dst_minutes: clock.daylightMinutes } };
  }
  // Network time is only good for something with its zone.
  return input['cmd'] === '^NWTIME' ? { error: 'the zone is missing' } : { out: { timestamp_local: clock.text } };
}
