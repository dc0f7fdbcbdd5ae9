import { countSeptets, decodeSeptets, defaultIndex, encodeSeptets, indexTables } from '../../src/pdu/gsm-text.ts';
import { type Languages, tablesOfHeader, tablesOfLanguages } from '../../src/pdu/national.ts';
import { toHex } from '../../src/pdu/octets.ts';
import {
  fillBitsAfter,
  packSeptets,
  packUssdSeptets,
  septetRoom,
  unpackSeptets,
  unpackUssdSeptets,
} from '../../src/pdu/septets.ts';
import { transliterate } from '../../src/pdu/transliterate.ts';
import { decodeHeader } from '../../src/pdu/user-data-header.ts';
import { decodeUcs2, encodeUcs2, isWholeUcs2 } from '../../src/pdu/utf16.ts';
import { fields, number, octets, text } from './input.ts';
import type { Fields, Outcome, Vector } from './vector.ts';

export function answerPack({ op, input }: Vector): Outcome {
  const fillBits = number(input, 'pad_bits') ?? 0;
  if (op === 'pack' || op === 'pack-ussd') {
    const pack = op === 'pack' ? packSeptets : packUssdSeptets;
    const packed = pack(octets(input, 'septets'), fillBits);
    return { out: { hex: toHex(packed), octets: packed.length } };
  }
  const packed = octets(input, 'hex');
  const count = number(input, 'septet_count') ?? septetRoom(packed.length, fillBits);
  const ussd = op === 'unpack-ussd';
  const septets = ussd ? unpackUssdSeptets(packed, fillBits) : unpackSeptets(packed, { fillBits, count });
  return { out: { septets: toHex(septets) } };
}

export function answerText({ op, input }: Vector): Outcome {
  switch (op) {
    case 'decode':
      return { out: { text: decodeSeptets(octets(input, 'septets'), tablesOfLanguages(languagesOf(input))) } };
    case 'decode-packed':
      return decodePacked(input);
    case 'decode-packed-ussd':
      return { out: { text: decodeSeptets(unpackUssdSeptets(octets(input, 'hex'))) } };
    case 'decode-ud':
      return decodeUserData(input);
    case 'representable':
      return { out: { gsm7: countSeptets(text(input, 'text')) !== null, ascii: isAscii(text(input, 'text')) } };
    case 'count-septets':
      return { out: { septets_count: countSeptets(text(input, 'text')) } };
    case 'roundtrip':
      return { out: { text: decodeSeptets(write(input)) } };
    default:
      return encoded(op, write(input));
  }
}

/** Without a count there may be as many septets as have room. */
function decodePacked(input: Fields): Outcome {
  const packed = octets(input, 'hex');
  const count = number(input, 'septet_count') ?? septetRoom(packed.length);
  return { out: { text: decodeSeptets(unpackSeptets(packed, { count })) } };
}

/** The length in septets stands in front where no field tells it. */
function decodeUserData(input: Fields): Outcome {
  const given = octets(input, 'hex');
  const stated = number(input, 'udl');
  const length = stated ?? given[0] ?? 0;
  const userData = stated === null ? given.subarray(1) : given;
  const { elements, octetsUsed } = input['udhi'] === true ? decodeHeader(userData) : { elements: [], octetsUsed: 0 };
  const fillBits = fillBitsAfter(octetsUsed);
  const count = length - (octetsUsed * 8 + fillBits) / 7;
  const septets = unpackSeptets(userData, { start: octetsUsed, fillBits, count });
  return { out: { text: decodeSeptets(septets, tablesOfHeader(elements)) } };
}

function write(input: Fields): Uint8Array {
  const languages = languagesOf(input);
  const own = languages.locking !== undefined || languages.single !== undefined;
  const index = own ? indexTables(tablesOfLanguages(languages)) : defaultIndex;
  const given = text(input, 'text');
  const septets = encodeSeptets(input['translit'] === true ? transliterate(given) : given, index);
  if (septets === null) throw new TypeError('the GSM alphabet lacks a character');
  return septets;
}

function encoded(op: string, septets: Uint8Array): Outcome {
  if (op === 'encode') return { out: { septets: toHex(septets) } };
  if (op === 'encode-packed') return { out: { hex: toHex(packSeptets(septets)) } };
  if (op === 'encode-packed-ussd') return { out: { hex: toHex(packUssdSeptets(septets)) } };
  if (op === 'encode-ud') return { out: { hex: toHex(Uint8Array.of(septets.length, ...packSeptets(septets))) } };
  return { skip: `there is nothing for ${op}` };
}

function isAscii(value: string): boolean {
  return encodeUcs2(value).every((octet, index) => (index % 2 === 0 ? octet === 0 : octet < 0x80));
}

export function languagesOf(input: Fields): Languages {
  const lang = fields(input, 'lang') ?? {};
  const locking = number(lang, 'locking');
  const single = number(lang, 'single');
  return { ...(locking === null ? {} : { locking }), ...(single === null ? {} : { single }) };
}

export function answerUcs2({ op, input }: Vector): Outcome {
  if (op === 'encode') return { out: { hex: toHex(encodeUcs2(text(input, 'text'))) } };
  const given = octets(input, 'hex');
  if (!isWholeUcs2(given)) return { error: 'the last character is torn' };
  return { out: { text: decodeUcs2(given) } };
}
