import { fieldsAfter, listValues, toInteger } from '../fields.ts';

/**
 * The first number of an answer such as `+CFUN: 1`, `+CMGF: 0`, `+CSMS: 0,1,1,1`; null when the modem prints something else
 * (ZTE answers the query of CFUN and of CVHU with a list).
 */
export function readSetting(lines: readonly string[], prefix: string): number | null {
  return toInteger(fieldsAfter(lines, prefix)?.[0]);
}

/** What each parameter may be, of any test answer: `+CSCS: ("GSM","UCS2")` gives one list of two. */
export function readChoices(lines: readonly string[], prefix: string): string[][] | null {
  return fieldsAfter(lines, prefix)?.map(({ text }) => listValues(text)) ?? null;
}

/** `+CSCA: "+79…",145` (TS 27.005 §3.3.1): the service centre; '' when none is set. `+` is added for type 145. */
export function readServiceCentre(lines: readonly string[]): string | null {
  const fields = fieldsAfter(lines, '+CSCA:');
  const number = fields?.[0]?.text;
  if (number === undefined) return null;
  return /^\d/.test(number) && toInteger(fields?.[1]) === 145 ? `+${number}` : number;
}

/** ZTE: `+ZPAS: "UMTS","CS_PS"`, which some firmware calls `+BEARTYPE:`. The first field, as it came. */
export function readZteTechnology(lines: readonly string[]): { technology: string; domain: string | null } | null {
  const fields = fieldsAfter(lines, '+ZPAS:') ?? fieldsAfter(lines, '+BEARTYPE:');
  const technology = fields?.[0]?.text;
  return technology === undefined || technology === '' ? null : { technology, domain: fields?.[1]?.text ?? null };
}
