import type { Alphabet, DataCoding, MessageClass, MessageWaiting } from './tpdu.ts';

const waitingKinds = ['voicemail', 'fax', 'email', 'other'] as const;
const classes = [0, 1, 2, 3] as const;

/** The meaning of all 256 values: a decoder asks for one with every message. */
const codings: readonly DataCoding[] = Array.from({ length: 256 }, (_, octet) => readGroup(octet));

/** TP-DCS by its octet (TS 23.038 §4). What is reserved is read as the GSM 7-bit default alphabet. */
export function decodeDataCoding(octet: number): DataCoding {
  return codings[octet & 0xff] ?? readGroup(0);
}

function readGroup(octet: number): DataCoding {
  const group = octet >> 4;
  if (group < 0x8) return general(octet);
  if (group < 0xc) return coding(octet, { reserved: true });
  if (group < 0xf) return coding(octet, { messageWaiting: waiting(octet), alphabet: group === 0xe ? 'ucs2' : 'gsm7' });
  return coding(octet, { alphabet: octet & 0x04 ? '8bit' : 'gsm7', messageClass: messageClass(octet) });
}

/** Groups 00xx and, with automatic deletion, 01xx. */
function general(octet: number): DataCoding {
  const bits = (octet >> 2) & 3;
  const alphabet: Alphabet = bits === 1 ? '8bit' : bits === 2 ? 'ucs2' : 'gsm7';
  return coding(octet, {
    alphabet,
    compressed: (octet & 0x20) !== 0,
    messageClass: octet & 0x10 ? messageClass(octet) : null,
    autoDelete: (octet & 0x40) !== 0,
    reserved: bits === 3,
  });
}

function waiting(octet: number): MessageWaiting {
  const kind = waitingKinds[octet & 3] ?? 'other';
  return { active: (octet & 0x08) !== 0, kind, discard: octet >> 4 === 0xc };
}

function messageClass(octet: number): MessageClass {
  return classes[octet & 3] ?? 0;
}

function coding(octet: number, parts: Partial<DataCoding>): DataCoding {
  const plain = { alphabet: 'gsm7', messageClass: null, compressed: false, messageWaiting: null } as const;
  return Object.freeze({ octet, ...plain, autoDelete: false, reserved: false, ...parts });
}
