import { afterPrefix, type Field, splitFields, toHexInteger, toInteger } from '../fields.ts';
import type { RegistrationDomain } from '../urc.ts';

/** TS 27.007 §7.2: stat 1 home, 5 roaming, 2 searching, 3 denied, 6 and 7 SMS only…; act 0 GSM, 2 UTRAN, 7 E-UTRAN… */
export interface Registration {
  readonly domain: RegistrationDomain;
  readonly stat: number;
  /** Location or tracking area code. */
  readonly lac: number | null;
  /** Cell identity. */
  readonly ci: number | null;
  readonly act: number | null;
  /** The setting in front, which only the answer to a query has; null in an unsolicited result. */
  readonly mode: number | null;
}

const linePattern = /^\+(C[GE]?REG):/i;

/**
 * Reads `+CREG:`, `+CGREG:`, `+CEREG:`, answer or unsolicited, which have no mark to tell them apart: the second field of
 * an answer is a bare `stat` of one or two digits, that of an unsolicited result is a quoted or a longer hexadecimal area code,
 * and a line of one field is unsolicited. Null when it is neither.
 */
export function readRegistration(line: string): Registration | null {
  const domain = domainOf(line);
  if (domain === null) return null;
  const fields = splitFields(afterPrefix(line, `+${domain}:`) ?? '');
  const mode = isAnswer(fields) ? toInteger(fields[0]) : null;
  const [stat, lac, ...rest] = mode === null ? fields : fields.slice(1);
  const known = toInteger(stat);
  if (known === null || known < 0) return null;
  const { ci, act } = cellAndTechnology(rest);
  return { domain, mode, stat: known, lac: toHexInteger(lac), ci, act };
}

/** The answer to `AT+CREG?`, `AT+CGREG?`, `AT+CEREG?`. */
export function readRegistrationAnswer(lines: readonly string[]): Registration | null {
  for (const line of lines) {
    const registration = readRegistration(line);
    if (registration !== null) return registration;
  }
  return null;
}

/** Whether the line has the form of an answer and not that of an unsolicited result. */
export function isRegistrationAnswer(line: string): boolean {
  const domain = domainOf(line);
  return domain !== null && isAnswer(splitFields(afterPrefix(line, `+${domain}:`) ?? ''));
}

function domainOf(line: string): RegistrationDomain | null {
  const name = linePattern.exec(line)?.[1]?.toUpperCase();
  return name === 'CREG' || name === 'CGREG' || name === 'CEREG' ? name : null;
}

function isAnswer([first, second]: readonly Field[]): boolean {
  return (
    first !== undefined &&
    second !== undefined &&
    !second.quoted &&
    /^\d$/.test(first.text) &&
    /^\d{1,2}$/.test(second.text)
  );
}

/** Some firmware puts a routing or reserved octet between the area and the cell; the technology is a small number at the end. */
function cellAndTechnology(rest: readonly Field[]): { ci: number | null; act: number | null } {
  const [first, second, third] = rest;
  const routed =
    rest.length === 3 && second !== undefined && second.text.length > 2 && /^\d{1,2}$/.test(third?.text ?? '');
  const [cell, act] = routed ? [second, third] : [first, second];
  return { ci: toHexInteger(cell), act: toInteger(act) };
}
