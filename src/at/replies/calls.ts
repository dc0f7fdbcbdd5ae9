import { afterPrefix, splitFields, toInteger } from '../fields.ts';

/** One call of `+CLCC:` (TS 27.007 §7.18). */
export interface ListedCall {
  readonly id: number;
  /** Whether it comes from outside. */
  readonly incoming: boolean;
  /** 0 active, 1 held, 2 dialling, 3 alerting, 4 incoming, 5 waiting. */
  readonly stat: number;
  /** 0 voice, 1 data, 2 fax, 9 unknown. */
  readonly mode: number;
  /** '' when withheld. */
  readonly number: string;
  readonly toa: number | null;
}

/** The calls that the modem knows; none when there is no call. Lines that cannot be read are left out. */
export function readCalls(lines: readonly string[]): ListedCall[] {
  return lines.flatMap((line) => {
    const rest = afterPrefix(line, '+CLCC:');
    const fields = rest === null ? [] : splitFields(rest);
    const [id, dir, stat, mode] = fields.map(toInteger);
    if (!isNumber(id) || !isNumber(dir) || !isNumber(stat) || !isNumber(mode)) return [];
    return [{ id, incoming: dir === 1, stat, mode, number: fields[5]?.text ?? '', toa: toInteger(fields[6]) }];
  });
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number';
}
