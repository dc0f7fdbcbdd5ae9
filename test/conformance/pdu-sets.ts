import { decodeDataCoding } from '../../src/pdu/data-coding.ts';
import { decodePdu } from '../../src/pdu/decode.ts';
import { type Content, encodeUserData } from '../../src/pdu/encode-tpdu.ts';
import { type TextPart, joinText } from '../../src/pdu/join.ts';
import { setKey } from '../../src/pdu/identity.ts';
import { fromHex, toHex } from '../../src/pdu/octets.ts';
import { splitOctets } from '../../src/pdu/octet-parts.ts';
import { previewText } from '../../src/pdu/preview.ts';
import { placePart } from '../../src/pdu/reassembly.ts';
import { segmentText } from '../../src/pdu/segment.ts';
import { capacity, mostParts } from '../../src/pdu/text-plan.ts';
import { defaultIndex } from '../../src/pdu/gsm-text.ts';
import type { Address, InformationElement, Submit, Tpdu, Deliver } from '../../src/pdu/tpdu.ts';
import {
  concatenation,
  concatenationElement,
  decodeHeader,
  encodeHeader,
  ports,
  portsElement,
} from '../../src/pdu/user-data-header.ts';
import { bodyHex, bodyOctets } from '../../src/pdu/user-data.ts';
import { isWholeUcs2 } from '../../src/pdu/utf16.ts';
import { isFields } from './deep.ts';
import { fields, list, number, octets, text } from './input.ts';
import { concatFields } from './pdu-messages.ts';
import type { Fields, Outcome, Vector } from './vector.ts';

export function answerSet({ op, input }: Vector): Outcome {
  switch (op) {
    case 'join':
      return join(input);
    case 'join-segments':
      return joinSegments(input);
    case 'is-complete':
      return { out: { complete: isComplete(list(input, 'udhs').map(elements)) } };
    case 'concat-info':
    case 'ports':
    case 'udh-encode':
      return { out: headerFields(elementsOf(input)) };
    case 'udh-decode':
    case 'udh-split':
      return decodeElements(input);
    case 'capacity':
      return { out: { units: capacity(alphabetOf(input), encodeHeader(elements(input['udh'])).length) } };
    default:
      return cut(op, input);
  }
}

type Message = Deliver | Submit;

function isMessage(tpdu: Tpdu): tpdu is Message {
  return tpdu.type !== 'status-report';
}

/** The parts at hand in their order, each once. */
function join(input: Fields): Outcome {
  const options = { serviceCentre: input['form'] !== 'tpdu' };
  const messages = list(input, 'pdus')
    .map((pdu) => decodePdu(String(pdu), options).tpdu)
    .filter(isMessage);
  if (new Set(messages.map(setOf)).size !== 1 || anotherSet(messages))
    return { error: 'these are parts of different sets' };
  const parts = new Map(messages.map((message) => [concatenation(message.userData)?.seq ?? 1, message]));
  const ordered = [...parts].sort(([a], [b]) => a - b).map(([, message]) => message);
  const [first] = ordered;
  if (first === undefined) return { error: 'there are no parts' };
  const address = addressOf(first);
  const data = ordered.map(({ userData }) => bodyHex(userData)).join('');
  const complete = isComplete(messages.map(({ userData }) => userData.header));
  return { out: { number: address.number, text: joinText(ordered), data_hex: data, complete } };
}

function addressOf(message: Message): Address {
  return message.type === 'deliver' ? message.originatingAddress : message.destinationAddress;
}

function setOf(message: Message): string | null {
  return setKey({ originatingAddress: addressOf(message), userData: message.userData });
}

/** Whether a part has the number of another one and other content. */
function anotherSet(messages: readonly Message[]): boolean {
  const parts = messages.filter((message) => message.type === 'deliver');
  return parts.some((part, index) => placePart(parts.slice(0, index), part) === 'new-set');
}

function joinSegments(input: Fields): Outcome {
  const parts = list(input, 'segments').filter(isFields).map(partOf);
  const ucs2 = parts.filter(({ dataCoding }) => dataCoding.alphabet === 'ucs2');
  const joined = Uint8Array.from(ucs2.flatMap(({ userData }) => [...bodyOctets(userData)]));
  if (!isWholeUcs2(joined)) return { error: 'the last character is torn' };
  return {
    out: {
      text: joinText(parts),
      data_hex: parts.map(({ userData }) => bodyHex(userData)).join(''),
    },
  };
}

function partOf(segment: Fields): TextPart {
  const header = elements(segment['udh']);
  const packed = 'ud_septets' in segment;
  const content: Content = packed
    ? { alphabet: 'gsm7', septets: octets(segment, 'ud_septets') }
    : { alphabet: 'octets', octets: octets(segment, 'ud_hex') };
  const coded = encodeUserData(header, content);
  const dataCoding = decodeDataCoding(number(segment, 'dcs') ?? 0);
  const headerOctets = encodeHeader(header).length;
  return { dataCoding, userData: { header, headerOctets, length: coded.length, hex: toHex(coded.octets) } };
}

/** Whether all parts of one set are there; a message that is none of a set is complete by itself. */
function isComplete(headers: readonly (readonly InformationElement[])[]): boolean {
  const places = headers.map((header) => concatenation({ header }));
  const [first] = places;
  if (first === null || first === undefined) return headers.length === 1;
  const alike = places.every((place) => place?.reference === first.reference && place.total === first.total);
  return alike && new Set(places.map((place) => place?.seq)).size === first.total;
}

/** `[{iei, hex}]` as elements. */
export function elements(value: unknown): InformationElement[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.filter(isFields).map((item) => ({ iei: number(item, 'iei') ?? 0, data: octets(item, 'hex') }));
}

function elementsOf(input: Fields): InformationElement[] {
  const place = fields(input, 'concat');
  const port = fields(input, 'ports');
  return [
    ...elements(input['udh']),
    ...(place === null ? [] : [concatenationElement(placeOf(place))]),
    ...(port === null ? [] : [portsElement(portOf(port))]),
  ];
}

export function placeOf(place: Fields): Parameters<typeof concatenationElement>[0] {
  const [reference, total, seq] = [number(place, 'ref') ?? 0, number(place, 'max') ?? 1, number(place, 'seq') ?? 1];
  return { reference, total, seq, bits: place['bits'] === 16 ? 16 : 8 };
}

function portOf(port: Fields): Parameters<typeof portsElement>[0] {
  const [destination, source] = [number(port, 'dst') ?? 0, number(port, 'src') ?? 0];
  return { destination, source, bits: port['bits'] === 8 ? 8 : 16 };
}

function headerFields(header: readonly InformationElement[]): Fields {
  const place = concatenation({ header });
  const port = ports({ header });
  return {
    hex: toHex(encodeHeader(header)),
    udh: header.map(({ iei, data }) => ({ iei, hex: toHex(data) })),
    is_concat: place !== null,
    ...(place === null ? {} : { concat: concatFields(place) }),
    ...(port === null ? {} : { ports: { dst: port.destination, src: port.source, bits: port.bits } }),
  };
}

/** Some vectors name the elements without the length octet in front. */
function decodeElements(input: Fields): Outcome {
  const given = octets(input, 'hex');
  const { elements: found, octetsUsed } = decodeHeader(given);
  return { out: { ...headerFields(found), octets_used: octetsUsed, rest: toHex(given, octetsUsed) } };
}

function alphabetOf(input: Fields): 'gsm7' | '8bit' | 'ucs2' {
  return decodeDataCoding(number(input, 'dcs') ?? 0).alphabet;
}

function cut(op: string, input: Fields): Outcome {
  if (op === 'segment') return segment(input);
  const given = givenText(input);
  if (op === 'divide') return { out: { parts_count: piecesOf(given, input).length } };
  const encoding = input['encoding'];
  const alphabet = encoding === 'ucs2' || encoding === 'gsm7' ? encoding : 'auto';
  const preview = previewText(given, { alphabet, concatBits: input['concat_bits'] === 16 ? 16 : 8 });
  const { segments, units } = preview;
  if (segments.length > mostParts) return { error: `${segments.length} parts are too many` };
  const lengths = segments.map((one) => one.units);
  const parts = segments.map((one) => one.text);
  return { out: { parts, parts_count: parts.length, units, alphabet: preview.alphabet, part_lengths: lengths } };
}

/** Pieces of the size of a part of a set, also where one message would hold the text. */
function piecesOf(given: string, { encoding }: Fields): readonly unknown[] {
  const ucs2 = encoding === 'ucs2';
  const each = ucs2 ? 67 : 153;
  return segmentText(given, { index: ucs2 ? null : defaultIndex, single: each, each });
}

function givenText(input: Fields): string {
  const [piece, times] = list(input, 'text_repeat');
  return typeof piece === 'string' && typeof times === 'number' ? piece.repeat(times) : text(input, 'text');
}

function segment(input: Fields): Outcome {
  const given = fromHex(text(input, 'data_hex') || text(input, 'ucs2_hex'));
  const reference = number(input, 'concat_ref') ?? 0;
  const parts = splitOctets({ octets: given, concatReference: reference });
  return {
    out: { segments: parts.map(({ header, octets: data }) => ({ concat: concatOf(header), data_hex: toHex(data) })) },
  };
}

function concatOf(header: readonly InformationElement[]): Fields | null {
  const place = concatenation({ header });
  return place === null ? null : concatFields(place);
}
