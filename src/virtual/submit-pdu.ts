import { digitsOfSemiOctets } from './address-pdu.ts';
import { hexOf, textOfUcs2 } from './octets.ts';
import { textOfSeptets, unpackSeptets } from './septets.ts';

/** What an SMS-SUBMIT (TS 23.040 §9.2.2.2) says. */
export interface Submit {
  readonly recipient: string;
  readonly text: string;
  readonly alphabet: 'gsm7' | 'ucs2' | 'data';
  readonly flash: boolean;
  readonly reportRequested: boolean;
  readonly validityMinutes: number | null;
  readonly concat: { readonly reference: number; readonly total: number; readonly number: number } | null;
}

/** Why a service centre would not take it. */
export class SubmitFault {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/**
 * Reads what was written after the prompt (service-centre address, then TPDU) as strictly as a suspicious service centre: each octet must be what
 * the standard says, padding included.
 */
export function readSubmit(octets: Uint8Array): Submit | SubmitFault {
  const reader = new Reader(octets);
  reader.take(reader.octet());
  const first = reader.octet();
  if ((first & 0x03) !== 0x01) return new SubmitFault('TP-MTI is not SUBMIT');
  reader.octet();
  const recipient = readRecipient(reader);
  if (recipient instanceof SubmitFault) return recipient;
  reader.octet();
  const dcs = reader.octet();
  const validityMinutes = readValidity(reader, (first >> 3) & 0x03);
  const alphabet = alphabetOf(dcs);
  if (alphabet === null) return new SubmitFault(`TP-DCS 0x${hexOf([dcs])} is reserved or compressed`);
  const content = readUserData(reader, alphabet, (first & 0x40) !== 0);
  if (content instanceof SubmitFault) return content;
  if (reader.overrun) return new SubmitFault('it ends too early');
  const flash = (dcs & 0xd3) === 0x10 || (dcs & 0xf3) === 0xf0;
  return { recipient, alphabet, flash, reportRequested: (first & 0x20) !== 0, validityMinutes, ...content };
}

class Reader {
  readonly #octets: Uint8Array;
  #at = 0;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
  }

  get overrun(): boolean {
    return this.#at > this.#octets.length;
  }

  octet(): number {
    return this.take(1)[0] ?? 0;
  }

  take(count: number): Uint8Array {
    const taken = this.#octets.subarray(this.#at, this.#at + count);
    this.#at += count;
    return taken;
  }

  rest(): Uint8Array {
    return this.take(Math.max(0, this.#octets.length - this.#at));
  }
}

/** TP-DA, §9.1.2.5. */
function readRecipient(reader: Reader): string | SubmitFault {
  const count = reader.octet();
  const type = reader.octet();
  const semiOctets = reader.take(Math.ceil(count / 2));
  if (count === 0 || count > 20) return new SubmitFault(`TP-DA has ${count} digits`);
  if ((type & 0x80) === 0) return new SubmitFault('the type of TP-DA lacks its highest bit');
  const digits = digitsOfSemiOctets(semiOctets, count);
  if (digits === null) return new SubmitFault('TP-DA holds what is no digit, or lacks its filler');
  if ((type & 0x70) === 0x50) return new SubmitFault('TP-DA is a name');
  return (type & 0x70) === 0x10 ? `+${digits}` : digits;
}

/** TP-VP, §9.2.3.12; only the relative form is turned into minutes. */
function readValidity(reader: Reader, format: number): number | null {
  if (format === 0) return null;
  if (format !== 2) {
    reader.take(7);
    return null;
  }
  const value = reader.octet();
  if (value <= 143) return (value + 1) * 5;
  if (value <= 167) return 12 * 60 + (value - 143) * 30;
  if (value <= 196) return (value - 166) * 24 * 60;
  return (value - 192) * 7 * 24 * 60;
}

/** TS 23.038 §4, without what is reserved. */
function alphabetOf(dcs: number): Submit['alphabet'] | null {
  if (dcs >= 0xf0) return (dcs & 0x08) !== 0 ? null : (dcs & 0x04) === 0 ? 'gsm7' : 'data';
  if (dcs >= 0x40 || (dcs & 0x20) !== 0) return null;
  switch (dcs & 0x0c) {
    case 0x00:
      return 'gsm7';
    case 0x04:
      return 'data';
    case 0x08:
      return 'ucs2';
    default:
      return null;
  }
}

type Content = Pick<Submit, 'text' | 'concat'>;

/** TP-UDL and TP-UD, §9.2.3.16, §9.2.3.24. */
function readUserData(reader: Reader, alphabet: Submit['alphabet'], hasHeader: boolean): Content | SubmitFault {
  const length = reader.octet();
  const data = reader.rest();
  const wanted = alphabet === 'gsm7' ? Math.ceil((length * 7) / 8) : length;
  if (data.length !== wanted)
    return new SubmitFault(`TP-UDL ${length} wants ${wanted} octets of user data, there are ${data.length}`);
  if (data.length > 140) return new SubmitFault('the user data is longer than 140 octets');
  const headerLength = hasHeader ? 1 + (data[0] ?? 0) : 0;
  if (headerLength > data.length) return new SubmitFault('the user data header is longer than the user data');
  const concat = hasHeader ? readHeader(data.subarray(1, headerLength)) : null;
  if (concat instanceof SubmitFault) return concat;
  const text = readText(data, { alphabet, length, headerLength });
  return text instanceof SubmitFault ? text : { text, concat };
}

function readHeader(header: Uint8Array): Submit['concat'] | SubmitFault {
  let concat: Submit['concat'] = null;
  for (let at = 0; at < header.length; ) {
    const [id = 0, length = 0] = header.subarray(at, at + 2);
    const value = header.subarray(at + 2, at + 2 + length);
    if (at + 2 + length > header.length) return new SubmitFault(`element 0x${hexOf([id])} of the header is cut off`);
    at += 2 + length;
    if (id !== 0x00 && id !== 0x08) continue;
    const wide = id === 0x08;
    if (length !== (wide ? 4 : 3)) return new SubmitFault('the concatenation element has a wrong length');
    const [a = 0, b = 0, c = 0, d = 0] = value;
    concat = wide ? { reference: (a << 8) | b, total: c, number: d } : { reference: a, total: b, number: c };
    if (concat.number === 0 || concat.number > concat.total)
      return new SubmitFault(`part ${concat.number} of ${concat.total} cannot be`);
  }
  return concat;
}

function readText(
  data: Uint8Array,
  {
    alphabet,
    length,
    headerLength,
  }: { readonly alphabet: Submit['alphabet']; readonly length: number; readonly headerLength: number },
): string | SubmitFault {
  const body = data.subarray(headerLength);
  if (alphabet === 'data') return hexOf(body);
  if (alphabet === 'ucs2') {
    const text = textOfUcs2(body);
    if (body.length % 2 !== 0) return new SubmitFault('UCS-2 with an odd number of octets');
    return text.isWellFormed() ? text : new SubmitFault('a surrogate pair is split');
  }
  const headerSeptets = Math.ceil((headerLength * 8) / 7);
  const firstBit = headerSeptets * 7;
  const septets = unpackSeptets(data, length - headerSeptets, firstBit);
  if (!zeroBits(data, headerLength * 8, firstBit))
    return new SubmitFault('the fill bits after the header are not zero');
  if (!zeroBits(data, length * 7, data.length * 8))
    return new SubmitFault('the bits after the last septet are not zero');
  return textOfSeptets(septets) ?? new SubmitFault('an escape septet without its partner');
}

function zeroBits(data: Uint8Array, from: number, to: number): boolean {
  for (let bit = from; bit < to; bit += 1) if ((((data[bit >> 3] ?? 0) >> (bit % 8)) & 1) !== 0) return false;
  return true;
}
