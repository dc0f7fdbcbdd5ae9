import { afterPrefix, bracketGroups, fieldsAfter, splitFields, toInteger, toText } from '../fields.ts';

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

/** `+COPS: (2,"MTS RUS","MTS","25001",2),…,,(0-4),(0-2)`: the networks; the lists at the end are no networks. */
export function readOperatorScan(lines: readonly string[]): FoundOperator[] | null {
  for (const line of lines) {
    const rest = afterPrefix(line, '+COPS:');
    if (rest !== null) return bracketGroups(rest).flatMap(readNetwork);
  }
  return null;
}

function readNetwork(group: string): FoundOperator[] {
  const [stat, long, short, numeric, act] = splitFields(group);
  const known = toInteger(stat);
  if (known === null || numeric === undefined || !/^\d{5,6}$/.test(numeric.text)) return [];
  return [{ stat: known, long: toText(long), short: toText(short), numeric: numeric.text, act: toInteger(act) }];
}
