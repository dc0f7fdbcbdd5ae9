import type { PduCursor } from './cursor.ts';
import { decodeDataCoding } from './data-coding.ts';
import { takeAddress, takeDataCoding, takeTimestamp } from './read-fields.ts';
import type { StatusReport } from './tpdu.ts';
import { readUserData } from './user-data.ts';

/** Reads an SMS-STATUS-REPORT behind its first octet (TS 23.040 §9.2.2.3). */
export function readStatusReport(cursor: PduCursor, firstOctet: number): StatusReport {
  cursor.read.type = 'status-report';
  const userDataHeaderIndicator = (firstOctet & 0x40) !== 0;
  const messageReference = cursor.octet('MR');
  cursor.read.messageReference = messageReference;
  const recipientAddress = takeAddress(cursor, 'RA');
  const timestamp = takeTimestamp(cursor, 'SCTS');
  cursor.read.timestamp = timestamp;
  const dischargeTime = takeTimestamp(cursor, 'DT');
  cursor.read.dischargeTime = dischargeTime;
  const status = cursor.octet('ST');
  cursor.read.status = status;
  return {
    type: 'status-report',
    firstOctet,
    moreMessagesToSend: (firstOctet & 0x04) === 0,
    loopPrevention: (firstOctet & 0x08) !== 0,
    statusReportQualifier: (firstOctet & 0x20) !== 0,
    userDataHeaderIndicator,
    messageReference,
    recipientAddress,
    timestamp,
    dischargeTime,
    status,
    ...readOptional(cursor, userDataHeaderIndicator),
  };
}

type OptionalPart = Pick<StatusReport, 'parameterIndicator' | 'protocolIdentifier' | 'dataCoding' | 'userData'>;

const absent: OptionalPart = { parameterIndicator: null, protocolIdentifier: null, dataCoding: null, userData: null };

/** Bits of TP-PI (TS 23.040 §9.2.3.27). */
const indicates = { protocolIdentifier: 0x01, dataCoding: 0x02, userData: 0x04, reserved: 0x78, more: 0x80 } as const;

/** TP-PI and what it announces. With reserved bits set it is padding, or of a later standard: nothing is read then. */
function readOptional(cursor: PduCursor, hasHeader: boolean): OptionalPart {
  if (cursor.left === 0) return absent;
  const parameterIndicator = cursor.octets[cursor.at] ?? 0;
  if (parameterIndicator & indicates.reserved) return absent;
  const offset = cursor.at;
  skipIndicators(cursor);
  const announced = { ...absent, parameterIndicator };
  const needed = bitCount(parameterIndicator & 0x07);
  if (cursor.left < needed) {
    const text = 'The parameter indicator announces fields that are missing: what there is was read.';
    cursor.note('PI', offset, { code: 'optional_part_short', text });
  }
  const takes = (bit: number): boolean => (parameterIndicator & bit) !== 0 && cursor.left > 0;
  const protocolIdentifier = takes(indicates.protocolIdentifier) ? cursor.octet('PID') : null;
  const dataCoding = takes(indicates.dataCoding) ? takeDataCoding(cursor) : null;
  const coding = dataCoding ?? decodeDataCoding(0);
  const userData = takes(indicates.userData) ? readUserData(cursor, coding, hasHeader) : null;
  return { ...announced, protocolIdentifier, dataCoding, userData };
}

/** Each indicator whose top bit is set is followed by another one. */
function skipIndicators(cursor: PduCursor): void {
  let octet = cursor.octet('PI');
  while (octet & indicates.more && cursor.left > 0) octet = cursor.octet('PI');
}

function bitCount(bits: number): number {
  return (bits & 1) + ((bits >> 1) & 1) + ((bits >> 2) & 1);
}
