import { afterPrefix, type Field, fieldsAfter, splitFields, toInteger, toText } from '../fields.ts';
import type { AtRecord } from '../outcome.ts';

/** A message as a memory of the modem holds it, in PDU mode. */
export interface StoredMessage {
  /** Null in the answer to CMGR, which does not tell. */
  readonly index: number | null;
  /** 0 received unread, 1 received read, 2 stored unsent, 3 stored sent; null when the modem leaves it out (status reports of ZTE). */
  readonly stat: number | null;
  /** The phone book's name as it came, not decoded. */
  readonly alpha: string | null;
  /** Octets of the TPDU as the modem counts them; not always right. */
  readonly length: number | null;
  /** Hex, the SMSC address in front. */
  readonly pdu: string;
}

/** `+CMGL: <index>,<stat>,[<alpha>],<length>` with its PDU (TS 27.005 §4.1). Null when the line cannot be read. */
export function readListedMessage(record: AtRecord): StoredMessage | null {
  const rest = afterPrefix(record.header, '+CMGL:');
  if (rest === null || record.payload === null) return null;
  const [index, ...fields] = splitFields(rest);
  const number = toInteger(index);
  return number === null ? null : { index: number, ...statAndLength(fields), pdu: record.payload };
}

/**
 * The answer to `AT+CMGR` (TS 27.005 §4.2). Null for an empty slot, which modems show as nothing but OK or as a record
 * without a PDU; others answer with an error.
 */
export function readMessage(records: readonly AtRecord[]): StoredMessage | null {
  for (const record of records) {
    const rest = afterPrefix(record.header, '+CMGR:');
    if (rest !== null && record.payload !== null && record.payload !== '')
      return { index: null, ...statAndLength(splitFields(rest)), pdu: record.payload };
  }
  return null;
}

/** The words of text mode, which some firmware prints in PDU mode too. */
const statWords: Readonly<Record<string, number>> = { 'REC UNREAD': 0, 'REC READ': 1, 'STO UNSENT': 2, 'STO SENT': 3 };

/** The alpha field may be missing together with its comma, so the length is the last field. */
function statAndLength(fields: readonly Field[]): Pick<StoredMessage, 'stat' | 'alpha' | 'length'> {
  const [stat, ...rest] = fields;
  const length = rest.at(-1);
  return {
    stat: toInteger(stat) ?? statWords[stat?.text ?? ''] ?? null,
    alpha: rest.length > 1 ? toText(rest[0]) : null,
    length: toInteger(length),
  };
}

/** The message reference of `+CMGS: <mr>` or `+CMSS: <mr>` (0..255; TS 27.005 §4.3, §3.5.2), which some firmware follows with more fields. */
export function readMessageReference(lines: readonly string[]): number | null {
  return toInteger((fieldsAfter(lines, '+CMGS:') ?? fieldsAfter(lines, '+CMSS:'))?.[0]);
}
