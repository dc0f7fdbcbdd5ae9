import type { ExplainedPdu } from '../pdu/explain.ts';
import { messageKind } from '../pdu/message-kind.ts';
import { toHex } from '../pdu/octets.ts';
import { statusReportKind } from '../pdu/status.ts';
import type { DataCoding, DecodedPdu, Tpdu, UserData } from '../pdu/tpdu.ts';
import { concatenation, ports } from '../pdu/user-data-header.ts';

/** What `decode --json` prints of one PDU: flat, in words that do not need the standard at hand. */
export function summaryOf(pdu: string, { decoded, error }: ExplainedPdu): Readonly<Record<string, unknown>> {
  if (decoded === null) return { pdu, ok: false, error };
  return { pdu, ok: true, smsc: decoded.serviceCentre?.number ?? null, ...fieldsOf(decoded), notes: decoded.notes };
}

function fieldsOf({ tpdu }: DecodedPdu): Readonly<Record<string, unknown>> {
  switch (tpdu.type) {
    case 'deliver':
      return {
        type: tpdu.type,
        kind: messageKind(tpdu),
        number: tpdu.originatingAddress.number,
        toa: tpdu.originatingAddress.typeOfAddress,
        timestamp: tpdu.timestamp.text,
        timestamp_raw: tpdu.timestamp.raw,
        pid: tpdu.protocolIdentifier,
        ...codingOf(tpdu.dataCoding),
        ...contentOf(tpdu.userData),
      };
    case 'submit':
      return {
        type: tpdu.type,
        number: tpdu.destinationAddress.number,
        toa: tpdu.destinationAddress.typeOfAddress,
        mr: tpdu.messageReference,
        report_wanted: tpdu.statusReportRequest,
        vp: validityOf(tpdu),
        pid: tpdu.protocolIdentifier,
        ...codingOf(tpdu.dataCoding),
        ...contentOf(tpdu.userData),
      };
    case 'status-report':
      return {
        type: tpdu.type,
        number: tpdu.recipientAddress.number,
        mr: tpdu.messageReference,
        timestamp: tpdu.timestamp.text,
        discharge: tpdu.dischargeTime.text,
        status: tpdu.status,
        outcome: statusReportKind(tpdu.status),
      };
  }
}

function validityOf({ validityPeriod }: Extract<Tpdu, { type: 'submit' }>): unknown {
  if (validityPeriod?.format !== 'absolute') return validityPeriod;
  return { format: 'absolute', timestamp: validityPeriod.timestamp.text };
}

function codingOf({ octet, alphabet, messageClass }: DataCoding) {
  return { dcs: octet, encoding: alphabet, class: messageClass };
}

function contentOf(userData: UserData) {
  const header = userData.header.map(({ iei, data }) => ({ iei, hex: toHex(data) }));
  const set = concatenation(userData);
  const concat = set === null ? null : { ref: set.reference, bits: set.bits, max: set.total, seq: set.seq };
  const data = userData.text === null && userData.data !== null ? toHex(userData.data) : null;
  return { text: userData.text, data_hex: data, udh: header, concat, ports: ports(userData) };
}
