import { afterPrefix, fieldsAfter, splitFields, toInteger, toText } from '../fields.ts';

/** `+COPS: <mode>[,<format>,<oper>[,<act>]]` (TS 27.007 §7.3). */
export interface OperatorAnswer {
  /** 0 automatic, 1 manual, 2 deregistered, 4 manual then automatic. */
  readonly mode: number;
  /** 0 long name, 1 short name, 2 MCC and MNC; null when there is no operator. */
  readonly format: number | null;
  /** As it came, spaces trimmed; may be UCS2 in hex when that is the character set. Null when not registered. */
  readonly operator: string | null;
  readonly act: number | null;
}

export function readOperator(lines: readonly string[]): OperatorAnswer | null {
  const fields = fieldsAfter(lines, '+COPS:');
  const mode = toInteger(fields?.[0]);
  if (fields === null || mode === null) return null;
  const name = fields[2]?.text.trim() ?? '';
  return { mode, format: toInteger(fields[1]), operator: name === '' ? null : name, act: toInteger(fields[3]) };
}

/** One network of `AT+COPS=?`. */
export interface FoundOperator {
  /** 0 unknown, 1 available, 2 current, 3 forbidden. */
  readonly stat: number;
  readonly long: string | null;
  readonly short: string | null;
  /** MCC and MNC. */
  readonly numeric: string | null;
  readonly act: number | null;
}

/** One network; some firmware closes the bracket before the technology, some leaves the quotation marks out. */
const network = /\(\s*(\d)\s*,([^()]*?),\s*"?(\d{5,7})"?\s*\)?\s*(?:,\s*(\d{1,2})\s*)?\)/g;

/**
 * `+COPS: (2,"MTS RUS","MTS","25001",2),…,,(0-4),(0-2)`, on one line or one line a network. The lists at the end are no
 * networks. Null when there is no such answer.
 */
export function readOperatorScan(lines: readonly string[]): FoundOperator[] | null {
  const start = lines.findIndex((line) => afterPrefix(line, '+COPS:') !== null);
  if (start < 0) return null;
  return [...lines.slice(start).join('').matchAll(network)].map(([, stat, names = '', numeric = '', act]) => {
    const [long, short] = splitFields(names);
    return { stat: Number(stat), long: toText(long), short: toText(short), numeric, act: toInteger(act) };
  });
}
