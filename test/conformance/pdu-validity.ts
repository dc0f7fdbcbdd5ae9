import { relativeSeconds, type ValidityRequest } from '../../src/pdu/validity-period.ts';
import { number, text } from './input.ts';
import type { Fields } from './vector.ts';

/** A validity period in the vectors' words as the product wants it. */
export function validityRequest(period: Fields): ValidityRequest {
  const octet = number(period, 'octet');
  const seconds = number(period, 'seconds') ?? (octet === null ? 0 : relativeSeconds(octet));
  switch (text(period, 'format')) {
    case 'absolute': {
      const clock = text(period, 'timestamp');
      const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(clock) ?? [];
      const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
      return { format: 'absolute', at: Date.parse(clock), offsetMinutes: sign === '-' ? -size : size };
    }
    case 'enhanced':
      return { format: 'enhanced', kind: kindOf(number(period, 'efi')), seconds };
    default:
      return { format: 'relative', seconds };
  }
}

/** Where the vector names no kind, seconds are written as seconds. */
function kindOf(indicator: number | null): 0 | 1 | 2 | 3 {
  if (indicator === 0 || indicator === 1 || indicator === 3) return indicator;
  if (indicator === null || indicator === 2) return 2;
  throw new TypeError(`the enhanced format ${indicator} is reserved`);
}
