import { decodeDataCoding } from '../../src/pdu/data-coding.ts';
import { decodePdu } from '../../src/pdu/decode.ts';
import { messageKind } from '../../src/pdu/message-kind.ts';
import { textOfOctets } from '../../src/pdu/octet-text.ts';
import { octetHex, toHex } from '../../src/pdu/octets.ts';
import { statusReportKind } from '../../src/pdu/status.ts';
import type { Address, DataCoding, DecodedPdu, Tpdu, UserData, ValidityPeriod } from '../../src/pdu/tpdu.ts';
import { bodyHex, bodySeptets } from '../../src/pdu/user-data.ts';
import { concatenation, encodeHeader, ports } from '../../src/pdu/user-data-header.ts';
import { decodeValidity, encodeValidity, type ValidityFormat, validityFormat } from '../../src/pdu/validity-period.ts';
import { fields, number, octets, text } from './input.ts';
import { validityRequest } from './pdu-validity.ts';
import type { Fields, Outcome, Vector } from './vector.ts';

export function answerMessage({ op, input }: Vector): Outcome {
  switch (op) {
    case 'decode':
      return { out: messageFields(decodePdu(text(input, 'hex'), optionsOf(input))) };
    case 'dcs':
    case 'dcs-class':
    case 'dcs-compressed':
      return { out: codingFields(decodeDataCoding(number(input, 'dcs') ?? 0)) };
    case 'first-octet':
      return { out: firstOctetFields(text(input, 'hex'), input) };
    case 'vp-encode':
      return { out: { hex: toHex(encodeValidity(validityRequest(fields(input, 'vp') ?? {}))) } };
    case 'vp-decode':
      return decodePeriod(input);
    default:
      return { skip: `there is nothing for ${op}` };
  }
}

function optionsOf(input: Fields): Parameters<typeof decodePdu>[1] {
  return { serviceCentre: input['form'] !== 'tpdu', tpduLength: number(input, 'tpdu_length') };
}

export function messageFields({ serviceCentre, tpdu }: DecodedPdu): Fields {
  return { type: tpdu.type, smsc: serviceCentre?.number ?? '', first_octet: tpdu.firstOctet, ...typeFields(tpdu) };
}

/** TP-PID and TP-DCS that are left out are 0 (TS 23.040 §9.2.3.27). */
function typeFields(tpdu: Tpdu): Fields {
  const coding = codingFields(tpdu.dataCoding ?? decodeDataCoding(0));
  const userData = tpdu.userData === null ? { multipart: false } : userDataFields(tpdu.userData);
  const shared = { ...coding, ...userData, pid: tpdu.protocolIdentifier ?? 0 };
  switch (tpdu.type) {
    case 'deliver':
      return {
        ...shared,
        ...senderFields(tpdu.originatingAddress),
        timestamp: tpdu.timestamp.text,
        replace: tpdu.protocolIdentifier >= 0x41 && tpdu.protocolIdentifier <= 0x47,
        kind: messageKind(tpdu),
      };
    case 'submit':
      return {
        ...shared,
        ...senderFields(tpdu.destinationAddress),
        mr: tpdu.messageReference,
        vp: periodFields(tpdu.validityPeriod),
      };
    case 'status-report':
      return {
        ...shared,
        ...senderFields(tpdu.recipientAddress),
        mr: tpdu.messageReference,
        timestamp: tpdu.timestamp.text,
        discharge: tpdu.dischargeTime.text,
        status: tpdu.status,
        delivered: statusReportKind(tpdu.status) === 'delivered',
      };
  }
}

function senderFields({ number: shown, typeOfAddress }: Address): Fields {
  return { number: shown, toa: typeOfAddress };
}

function codingFields(coding: DataCoding): Fields {
  const { alphabet, messageClass, messageWaiting } = coding;
  return {
    dcs: coding.octet,
    alphabet,
    encoding: alphabet,
    compressed: coding.compressed,
    class: messageClass,
    has_class: messageClass !== null,
    mwi_active: messageWaiting?.active ?? false,
    mwi_discard: messageWaiting?.discard ?? false,
  };
}

function userDataFields(userData: UserData): Fields {
  const place = concatenation(userData);
  const port = ports(userData);
  return {
    udl: userData.length,
    udhl: Math.max(0, encodeHeader(userData.header).length - 1),
    udh: userData.header.map(({ iei, data }) => ({ iei, hex: toHex(data) })),
    text: userData.text ?? (userData.data === null ? null : textOfOctets(userData.data)),
    data_hex: bodyHex(userData),
    ud_septets: toHex(bodySeptets(userData)),
    ...(place === null ? {} : { concat: concatFields(place) }),
    ...(port === null ? {} : { ports: { dst: port.destination, src: port.source } }),
    multipart: place !== null && place.total > 1,
  };
}

export function concatFields(place: NonNullable<ReturnType<typeof concatenation>>): Fields {
  return { ref: place.reference, max: place.total, seq: place.seq, bits: place.bits };
}

function firstOctetFields(hex: string, { direction }: Fields): Fields {
  // Only the flags of the first octet are asked for, so a message without any text stands behind it.
  const first = Number.parseInt(hex, 16);
  const reference = direction === 'MO' || (first & 3) === 1 || (first & 3) === 2 ? '00' : '';
  const { tpdu } = decodePdu(`${hex}${reference}0081${'00'.repeat(16)}`, { serviceCentre: false });
  const flags = { udhi: tpdu.userDataHeaderIndicator };
  if (tpdu.type === 'submit') {
    const { replyPath: rp, statusReportRequest: srr, rejectDuplicates: rd } = tpdu;
    return { ...flags, rp, srr, rd, vpf: validityFormat(first) };
  }
  if (tpdu.type === 'status-report') return { ...flags, mms: !tpdu.moreMessagesToSend };
  return { ...flags, rp: tpdu.replyPath, sri: tpdu.statusReportIndication, mms: !tpdu.moreMessagesToSend };
}

function decodePeriod(input: Fields): Outcome {
  const given = octets(input, 'hex');
  const format = formatOf(text(input, 'format'));
  const period = decodeValidity(given, format);
  return { out: { vp: periodFields(period), octets_used: format === 'none' ? 0 : format === 'relative' ? 1 : 7 } };
}

function formatOf(name: string): ValidityFormat {
  return name === 'relative' || name === 'absolute' || name === 'enhanced' ? name : 'none';
}

function periodFields(period: ValidityPeriod | null): Fields {
  if (period === null) return { format: 'none' };
  if (period.format === 'absolute') return { format: 'absolute', timestamp: period.timestamp.text };
  if (period.format === 'relative') return { format: 'relative', octet: period.octet, seconds: period.seconds };
  return {
    format: 'enhanced',
    seconds: period.seconds ?? 0,
    efi: period.indicator & 7,
    fi: octetHex(period.indicator),
  };
}
