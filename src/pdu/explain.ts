import { toSimloftError } from '../core/errors.ts';
import { decodePdu, type DecodeOptions } from './decode.ts';
import { explainTpdu } from './explain-tpdu.ts';
import type { ExplainedField } from './explained-field.ts';
import { fromHex, toHex } from './octets.ts';
import type { DecodedPdu, DecodeNote } from './tpdu.ts';

/** A PDU field by field. Of a broken one the fields in front of the fault are there, and the error. */
export interface ExplainedPdu {
  readonly rows: readonly ExplainedField[];
  readonly decoded: DecodedPdu | null;
  readonly error: { readonly path: string; readonly offset: number; readonly text: string } | null;
}

/** Explains a PDU field by field; never throws for what is in it. */
export function explainPdu(hex: string, options: DecodeOptions = {}): ExplainedPdu {
  const octets = fromHex(hex.trim());
  try {
    const decoded = decodePdu(hex, options);
    const rows = [...serviceCentreRows(decoded, options), ...tpduRows(decoded, octets, options)];
    return { rows: rows.map((row) => withNote(row, decoded.notes)), decoded, error: null };
  } catch (thrown) {
    const error = toSimloftError(thrown);
    if (error.code !== 'pdu_invalid') throw error;
    return {
      rows: rowsBefore(hex, options, error.details),
      decoded: null,
      error: faultOf(error.message, error.details),
    };
  }
}

function serviceCentreRows({ serviceCentre }: DecodedPdu, options: DecodeOptions): ExplainedField[] {
  if (options.serviceCentre === false) return [];
  const octets = serviceCentre?.hex ?? '00';
  const value = serviceCentre?.number ?? 'the one that the SIM holds';
  return [{ path: 'SCA', offset: 0, octets, name: 'service centre', value, note: null }];
}

function tpduRows({ serviceCentre, tpdu }: DecodedPdu, octets: Uint8Array, options: DecodeOptions): ExplainedField[] {
  const start = options.serviceCentre === false ? 0 : (serviceCentre?.hex.length ?? 2) / 2;
  const rows = explainTpdu(tpdu, octets, start);
  const last = rows.at(-1);
  const end = last === undefined ? start : last.offset + last.octets.length / 2;
  if (end >= octets.length) return rows;
  const value = `${octets.length - end} octets`;
  return [...rows, { path: 'PDU', offset: end, octets: toHex(octets, end), name: 'behind the end', value, note: null }];
}

function withNote(row: ExplainedField, notes: readonly DecodeNote[]): ExplainedField {
  const mine = notes.filter(({ path, offset }) => path === row.path || within(row, offset));
  return mine.length === 0 ? row : { ...row, note: mine.map(({ text }) => text).join(' ') };
}

function within({ offset, octets }: ExplainedField, at: number): boolean {
  return at >= offset && at < offset + octets.length / 2;
}

function faultOf(text: string, details: Readonly<Record<string, unknown>>): NonNullable<ExplainedPdu['error']> {
  const { path, offset } = details;
  return { path: typeof path === 'string' ? path : 'PDU', offset: typeof offset === 'number' ? offset : 0, text };
}

/**
 * What stands in front of the fault: the message is filled up with zeros until it can be read, and only the rows that
 * lie within the octets that are there are kept.
 */
function rowsBefore(
  hex: string,
  options: DecodeOptions,
  { offset }: Readonly<Record<string, unknown>>,
): ExplainedField[] {
  const there = typeof offset === 'number' ? offset : 0;
  const octets = fromHex(hex.trim()).subarray(0, there);
  const filled = toHex(octets) + '00'.repeat(longestMessage);
  if (there === 0) return [];
  try {
    const decoded = decodePdu(filled, options);
    const rows = [...serviceCentreRows(decoded, options), ...tpduRows(decoded, fromHex(filled), options)];
    return rows.filter((row) => row.offset + row.octets.length / 2 <= there && row.octets !== '');
  } catch (thrown) {
    if (toSimloftError(thrown).code !== 'pdu_invalid') throw thrown;
    return [];
  }
}

/** Octets that no SMS exceeds. */
const longestMessage = 256;
