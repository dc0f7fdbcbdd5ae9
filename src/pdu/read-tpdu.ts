import { type PduCursor, shownOctet } from './cursor.ts';
import { takeAddress, takeDataCoding, takeTimestamp, takeValidity } from './read-fields.ts';
import { readStatusReport } from './read-status-report.ts';
import type { Deliver, Submit, Tpdu } from './tpdu.ts';
import { readUserData } from './user-data.ts';

/** Reads the TPDU at the cursor; TP-MTI, bits 1 and 0 of its first octet, tells its type (TS 23.040 §9.2.3.1). */
export function readTpdu(cursor: PduCursor, direction: 'from-network' | 'to-network' | null): Tpdu {
  const offset = cursor.at;
  const firstOctet = cursor.octet('MTI');
  const type = firstOctet & 3;
  if (type === 1) return readSubmit(cursor, firstOctet);
  if (direction === 'to-network') {
    const message = `The type of message in ${shownOctet(firstOctet)} is not SMS-SUBMIT, the only one that is sent.`;
    throw cursor.invalid('MTI', offset, message);
  }
  if (type === 2) return readStatusReport(cursor, firstOctet);
  if (type === 3) {
    const text = `The type of message in ${shownOctet(firstOctet)} is reserved: it was read as SMS-DELIVER.`;
    cursor.note('MTI', offset, { code: 'type_reserved', text });
  }
  return readDeliver(cursor, firstOctet);
}

function readDeliver(cursor: PduCursor, firstOctet: number): Deliver {
  cursor.read.type = 'deliver';
  const userDataHeaderIndicator = (firstOctet & 0x40) !== 0;
  const originatingAddress = takeAddress(cursor, 'OA');
  const protocolIdentifier = cursor.octet('PID');
  cursor.read.protocolIdentifier = protocolIdentifier;
  const dataCoding = takeDataCoding(cursor);
  const timestamp = takeTimestamp(cursor, 'SCTS');
  cursor.read.timestamp = timestamp;
  const userData = readUserData(cursor, dataCoding, userDataHeaderIndicator);
  return {
    type: 'deliver',
    firstOctet,
    moreMessagesToSend: (firstOctet & 0x04) === 0,
    loopPrevention: (firstOctet & 0x08) !== 0,
    statusReportIndication: (firstOctet & 0x20) !== 0,
    userDataHeaderIndicator,
    replyPath: (firstOctet & 0x80) !== 0,
    originatingAddress,
    protocolIdentifier,
    dataCoding,
    timestamp,
    userData,
  };
}

function readSubmit(cursor: PduCursor, firstOctet: number): Submit {
  cursor.read.type = 'submit';
  const userDataHeaderIndicator = (firstOctet & 0x40) !== 0;
  const messageReference = cursor.octet('MR');
  cursor.read.messageReference = messageReference;
  const destinationAddress = takeAddress(cursor, 'DA');
  const protocolIdentifier = cursor.octet('PID');
  cursor.read.protocolIdentifier = protocolIdentifier;
  const dataCoding = takeDataCoding(cursor);
  const validityPeriod = takeValidity(cursor, firstOctet);
  const userData = readUserData(cursor, dataCoding, userDataHeaderIndicator);
  return {
    type: 'submit',
    firstOctet,
    rejectDuplicates: (firstOctet & 0x04) !== 0,
    statusReportRequest: (firstOctet & 0x20) !== 0,
    userDataHeaderIndicator,
    replyPath: (firstOctet & 0x80) !== 0,
    messageReference,
    destinationAddress,
    protocolIdentifier,
    dataCoding,
    validityPeriod,
    userData,
  };
}
