import { fieldsAfter, listNumbers, toInteger } from '../fields.ts';

/** `+CNMI: 2,1,0,2,0` (TS 27.005 §3.4.1): mode, mt, bm, ds, bfr, as many as are told. */
export function readIndications(lines: readonly string[]): number[] | null {
  return fieldsAfter(lines, '+CNMI:')?.flatMap((field) => toInteger(field) ?? []) ?? null;
}

/** `+CNMI: (0-3),(0-3),(0,2),(0,1,2),(0,1)`: what each of the five may be. Modems claim both more and less than they do. */
export function readIndicationChoices(lines: readonly string[]): number[][] | null {
  return fieldsAfter(lines, '+CNMI:')?.map(({ text }) => listNumbers(text)) ?? null;
}
