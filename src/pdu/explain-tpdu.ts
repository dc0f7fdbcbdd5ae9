import type { ExplainedField } from './explained-field.ts';
import { fromHex, octetHex, toHex } from './octets.ts';
import { statusReportKind } from './status.ts';
import type { Address, DataCoding, Deliver, StatusReport, Submit, Timestamp, Tpdu, UserData } from './tpdu.ts';
import { concatenation, iei, ports } from './user-data-header.ts';

/** One field in its order: how many octets it takes and what it says. */
interface Field {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly value: string;
}

/** The rows of a TPDU that begins at octet `start`. */
export function explainTpdu(tpdu: Tpdu, octets: Uint8Array, start: number): ExplainedField[] {
  let offset = start;
  return fieldsOf(tpdu).map(({ path, name, size, value }) => {
    const row = { path, offset, octets: toHex(octets, offset, offset + size), name, value, note: null };
    offset += size;
    return row;
  });
}

function fieldsOf(tpdu: Tpdu): Field[] {
  if (tpdu.type === 'deliver') return deliverFields(tpdu);
  return tpdu.type === 'submit' ? submitFields(tpdu) : reportFields(tpdu);
}

function deliverFields(deliver: Deliver): Field[] {
  const flags = named({
    'more messages wait': deliver.moreMessagesToSend,
    'loop prevention': deliver.loopPrevention,
    'report to the sender': deliver.statusReportIndication,
    'has a header': deliver.userDataHeaderIndicator,
    'reply path': deliver.replyPath,
  });
  return [
    field('MTI', 'message type and flags', 1, `SMS-DELIVER${flags}`),
    addressField('OA', 'sender', deliver.originatingAddress),
    field('PID', 'protocol identifier', 1, octetHex(deliver.protocolIdentifier)),
    codingField(deliver.dataCoding),
    timeField('SCTS', 'service centre time', deliver.timestamp),
    ...userDataFields(deliver.userData, deliver.dataCoding.alphabet, deliver.userDataHeaderIndicator),
  ];
}

function submitFields(submit: Submit): Field[] {
  const flags = named({
    'reject duplicates': submit.rejectDuplicates,
    'report wanted': submit.statusReportRequest,
    'has a header': submit.userDataHeaderIndicator,
    'reply path': submit.replyPath,
  });
  return [
    field('MTI', 'message type and flags', 1, `SMS-SUBMIT${flags}`),
    field('MR', 'message reference', 1, String(submit.messageReference)),
    addressField('DA', 'recipient', submit.destinationAddress),
    field('PID', 'protocol identifier', 1, octetHex(submit.protocolIdentifier)),
    codingField(submit.dataCoding),
    ...periodFields(submit),
    ...userDataFields(submit.userData, submit.dataCoding.alphabet, submit.userDataHeaderIndicator),
  ];
}

function reportFields(report: StatusReport): Field[] {
  const flags = named({
    'more messages wait': report.moreMessagesToSend,
    'loop prevention': report.loopPrevention,
    'answers a command': report.statusReportQualifier,
    'has a header': report.userDataHeaderIndicator,
  });
  const { parameterIndicator, protocolIdentifier, dataCoding, userData } = report;
  return [
    field('MTI', 'message type and flags', 1, `SMS-STATUS-REPORT${flags}`),
    field('MR', 'message reference', 1, String(report.messageReference)),
    addressField('RA', 'recipient', report.recipientAddress),
    timeField('SCTS', 'service centre time', report.timestamp),
    timeField('DT', 'discharge time', report.dischargeTime),
    field('ST', 'status', 1, `${statusReportKind(report.status)} (${octetHex(report.status)})`),
    ...(parameterIndicator === null ? [] : [field('PI', 'parameter indicator', 1, octetHex(parameterIndicator))]),
    ...(protocolIdentifier === null ? [] : [field('PID', 'protocol identifier', 1, octetHex(protocolIdentifier))]),
    ...(dataCoding === null ? [] : [codingField(dataCoding)]),
    ...(userData === null
      ? []
      : userDataFields(userData, dataCoding?.alphabet ?? 'gsm7', report.userDataHeaderIndicator)),
  ];
}

function field(path: string, name: string, size: number, value: string): Field {
  return { path, name, size, value };
}

/** The flags that are set, each behind a comma. */
function named(flags: Readonly<Record<string, boolean>>): string {
  return Object.entries(flags)
    .filter(([, set]) => set)
    .map(([name]) => `, ${name}`)
    .join('');
}

const numberTypes = [
  'unknown',
  'international',
  'national',
  'network',
  'subscriber',
  'name',
  'abbreviated',
  'reserved',
];

function addressField(path: string, name: string, address: Address): Field {
  const type = numberTypes[address.typeOfNumber] ?? '';
  return field(path, name, address.hex.length / 2, `${address.number} (${type})`);
}

function codingField(coding: DataCoding): Field {
  const { alphabet, messageClass, messageWaiting } = coding;
  const parts = [
    alphabet,
    ...(messageClass === null ? [] : [`class ${messageClass}`]),
    ...(coding.compressed ? ['compressed'] : []),
    ...(coding.autoDelete ? ['delete after reading'] : []),
    ...(messageWaiting === null ? [] : [`${messageWaiting.kind} ${messageWaiting.active ? 'waits' : 'no more waits'}`]),
  ];
  return field('DCS', 'data coding', 1, parts.join(', '));
}

function timeField(path: string, name: string, timestamp: Timestamp): Field {
  return field(path, name, 7, timestamp.text ?? 'no moment');
}

function periodFields({ validityPeriod: period }: Submit): Field[] {
  if (period === null) return [];
  const name = `validity period, ${period.format}`;
  if (period.format === 'absolute') return [field('VP', name, 7, period.timestamp.text ?? 'no moment')];
  const value = period.seconds === null ? 'none' : `${period.seconds} s`;
  return [field('VP', name, period.format === 'relative' ? 1 : 7, value)];
}

function userDataFields(userData: UserData, alphabet: string, hasHeader: boolean): Field[] {
  const octets = fromHex(userData.hex);
  const unit = alphabet === 'gsm7' ? 'septets' : 'octets';
  const headerSize = hasHeader ? Math.min(octets.length, (octets[0] ?? -1) + 1) : 0;
  const header = headerSize === 0 ? [] : [field('UD.UDH', 'user data header', headerSize, headerText(userData))];
  const bodySize = octets.length - headerSize;
  const name = userData.text === null ? 'data' : 'text';
  const value = userData.text ?? toHex(octets, headerSize);
  return [field('UDL', 'length', 1, `${userData.length} ${unit}`), ...header, field('UD', name, bodySize, value)];
}

function headerText(userData: UserData): string {
  return userData.header.map((element) => elementText({ header: [element] })).join('; ');
}

function elementText({ header }: Pick<UserData, 'header'>): string {
  const place = concatenation({ header });
  if (place !== null) return `part ${place.seq} of ${place.total}, reference ${place.reference} (${place.bits} bits)`;
  const port = ports({ header });
  if (port !== null) return `port ${port.destination}, from port ${port.source}`;
  const [element] = header;
  const data = toHex(element?.data ?? new Uint8Array(0));
  if (element?.iei === iei.singleShift) return `single shift table ${data}`;
  if (element?.iei === iei.lockingShift) return `locking shift table ${data}`;
  return `element ${octetHex(element?.iei ?? 0)}: ${data}`;
}
